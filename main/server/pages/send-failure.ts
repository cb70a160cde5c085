import { HttpFault } from '../http/fault.ts';
import { StoreError, StoreUnavailableError } from '../store/store-error.ts';
import { brokenMessage, endedMessage, refusedForm, unavailableMessage } from './markup/messages.ts';
import { type Exchange, sendPage } from './send.ts';

/**
 * Answers a request whose page could not be made; within an answer, the connection is closed.
 * Never throws.
 * @param onFault told of what is no fault of the visitor's
 */
export function sendFailure(
  exchange: Exchange,
  error: unknown,
  onFault: (cause: unknown) => void,
): void {
  const { response, messages } = exchange;
  try {
    // A visitor who left in the middle of a download is no fault.
    if (response.destroyed || response.headersSent) {
      response.destroy();
      return;
    }
    if (error instanceof HttpFault) sendPage(exchange, refusedForm(messages, error.status));
    else if (error instanceof StoreUnavailableError)
      sendPage(exchange, unavailableMessage(messages));
    // It went between our look at it and now.
    else if (error instanceof StoreError || isMissingFile(error)) {
      sendPage(exchange, endedMessage(messages, 'deleted'));
    } else {
      onFault(error);
      sendPage(exchange, brokenMessage(messages));
    }
  } catch (cause) {
    onFault(cause);
    response.destroy();
  }
}

function isMissingFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

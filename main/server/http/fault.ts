/**
 * A request that is answered with a status other than success. The closed list of what this
 * service answers; the sentence goes out as text/plain and never holds content or a token.
 */
export type FaultStatus =
  | 400
  | 401
  | 403
  | 404
  | 405
  | 408
  | 409
  | 410
  | 411
  | 412
  | 413
  | 414
  | 415
  | 416
  | 417
  | 422
  | 429
  | 500
  | 503
  | 507;

export class HttpFault extends Error {
  override readonly name = 'HttpFault';
  readonly status: FaultStatus;
  readonly sentence: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(
    status: FaultStatus,
    sentence: string,
    headers: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(`${status}`, options);
    this.status = status;
    this.sentence = sentence;
    this.headers = headers;
  }
}

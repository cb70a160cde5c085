import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { english, type Messages } from './messages.ts';

export const MessagesContext = createContext<Messages>(english);

/** The messages in the user's language. */
export const useMessages = (): Messages => useContext(MessagesContext);

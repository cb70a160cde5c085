import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { english, type Words } from './messages.ts';

export const WordsContext = createContext<Words>(english);

/** The messages in the user's language. */
export const useWords = (): Words => useContext(WordsContext);

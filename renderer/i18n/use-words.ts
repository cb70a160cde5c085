import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { en } from './en.ts';
import { createWords, type Words } from './words.ts';

export const WordsContext = createContext<Words>(createWords('en', en));

/** The words of the person's language. */
export const useWords = (): Words => useContext(WordsContext);

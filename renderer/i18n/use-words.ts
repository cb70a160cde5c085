import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { englishWords } from './load-words.ts';
import type { Words } from './words.ts';

export const WordsContext = createContext<Words>(englishWords());

export const useWords = (): Words => useContext(WordsContext);

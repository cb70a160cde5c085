import { en } from '../../main/words/en.ts';
import { createWords } from '../../main/words/words.ts';

/** What the app says where nothing else is chosen. */
export const english = createWords('en', en);

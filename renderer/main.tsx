import { render } from 'preact';
import { App } from './app.tsx';
import { englishWords } from './i18n/load-words.ts';
import { WordsContext } from './i18n/use-words.ts';
import { platformOf } from './view/platform.ts';

const root = document.getElementById('root');
if (root) {
  render(
    <WordsContext.Provider value={englishWords(navigator.language)}>
      <App bridge={window.linkify} platform={platformOf(navigator.userAgent)} />
    </WordsContext.Provider>,
    root,
  );
}

import { render } from 'preact';
import { App } from './app.tsx';
import { showThemeOf } from './state/use-theme.ts';
import { platformOf } from './view/platform.ts';

showThemeOf(location.search);
const root = document.getElementById('root');
if (root) {
  render(<App bridge={window.linkify} platform={platformOf(navigator.userAgent)} />, root);
}

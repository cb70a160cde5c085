import { render } from 'preact';
import { App } from './app.tsx';
import { platformOf } from './view/platform.ts';

const root = document.getElementById('root');
if (root) {
  render(<App bridge={window.linkify} platform={platformOf(navigator.userAgent)} />, root);
}

/**
 * The pages' one script; without it they show the same. Copying works on plain http too, where
 * there is no `navigator.clipboard`: a text field that is selected and copied.
 */
export const SCRIPT = `
'use strict';
const said = document.querySelector('.said');
const code = document.querySelector('.code');
const source = document.querySelector('.source');
const copyText = () => source ? source.value : [...document.querySelectorAll('.code td:last-child,.text pre')].map((cell) => cell.textContent).join('\\n');
const legacyCopy = (text) => {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'said';
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
};
for (const button of document.querySelectorAll('[data-does]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    if (button.dataset.does === 'wrap') {
      button.setAttribute('aria-pressed', String(code.classList.toggle('wrap')));
      return;
    }
    const text = copyText();
    let done = false;
    try { await navigator.clipboard.writeText(text); done = true; } catch { done = legacyCopy(text); button.focus(); }
    const label = button.dataset.label ??= button.textContent;
    button.textContent = said.textContent = done ? button.dataset.done : button.dataset.failed;
    clearTimeout(button.timer);
    button.timer = setTimeout(() => { button.textContent = label; said.textContent = ''; }, 1500);
  });
}
const marked = () => {
  const found = /^#L(\\d+)(?:-L?(\\d+))?$/.exec(location.hash);
  if (!found) return undefined;
  const a = Number(found[1]);
  const b = Number(found[2] ?? a);
  return { from: Math.min(a, b), to: Math.max(a, b) };
};
const mark = (show) => {
  for (const row of document.querySelectorAll('tr.on')) row.classList.remove('on');
  const range = marked();
  if (!range || !code) return;
  let row = document.getElementById('L' + range.from);
  if (show) row?.scrollIntoView({ block: 'center' });
  for (let line = range.from; row && line <= Math.min(range.to, range.from + 5000); line++) {
    row.classList.add('on');
    row = document.getElementById('L' + (line + 1));
  }
};
code?.addEventListener('click', (event) => {
  const number = event.target.closest?.('.n a');
  if (!number || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const line = Number(number.textContent);
  const range = event.shiftKey ? marked() : undefined;
  const from = range ? Math.min(range.from, line) : line;
  const to = range ? Math.max(range.from, line) : line;
  history.replaceState(null, '', '#L' + from + (to > from ? '-L' + to : ''));
  getSelection()?.removeAllRanges();
  mark(false);
});
const heading = () => {
  let id = location.hash.slice(1);
  try { id = decodeURIComponent(id); } catch {}
  if (id && !document.getElementById(id)) document.getElementById('user-content-' + id)?.scrollIntoView();
};
addEventListener('hashchange', () => { mark(true); heading(); });
mark(true);
heading();
const zoom = document.getElementById('zoom');
const picture = document.querySelector('.picture');
if (zoom && picture) {
  const stage = picture.parentElement;
  picture.addEventListener('click', (event) => {
    const { left, top, width, height } = picture.getBoundingClientRect();
    const x = (event.clientX - left) / width;
    const y = (event.clientY - top) / height;
    zoom.checked = !zoom.checked;
    stage.scrollTo(picture.offsetWidth * x - stage.clientWidth / 2, picture.offsetHeight * y - stage.clientHeight / 2);
  });
  const fits = () => {
    if (!zoom.checked) zoom.parentElement.hidden = picture.naturalWidth > 0 && picture.naturalWidth <= picture.clientWidth;
  };
  picture.addEventListener('load', fits);
  addEventListener('resize', fits);
  if (picture.complete) fits();
}
`;

/**
 * Asks for the path that counts the page (`--seen`), once it is visible: not while it is prerendered, nor in a
 * tab that nobody has looked at. A picture, so that the page's policy needs no other permission.
 */
export const SEEN_SCRIPT = `
{
  const events = ['visibilitychange', 'prerenderingchange'];
  const look = () => {
    if (document.prerendering || document.visibilityState !== 'visible') return;
    for (const event of events) document.removeEventListener(event, look);
    const path = getComputedStyle(document.documentElement).getPropertyValue('--seen');
    new Image().src = /url\\(([^)]+)\\)/.exec(path)[1];
  };
  for (const event of events) document.addEventListener(event, look);
  addEventListener('load', look, { once: true });
}
`;

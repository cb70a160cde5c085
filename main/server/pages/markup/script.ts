/*
 * The parts of the pages' script; without it they show the same. A page is sent those that it uses.
 */

/** Sent without indentation: no part has a string over several lines. */
const part = (code: string): string => code.trim().replace(/\n\s*/g, '\n');

/**
 * Copying works on plain http too, where there is no `navigator.clipboard`: a text field that is
 * selected and copied.
 */
const COPY = part(`
{
  const button = document.querySelector('[data-does=copy]');
  const said = document.querySelector('.said');
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
  const label = button.textContent;
  let timer;
  button.hidden = false;
  button.addEventListener('click', async () => {
    const text = copyText();
    let done = false;
    try { await navigator.clipboard.writeText(text); done = true; } catch { done = legacyCopy(text); button.focus(); }
    button.textContent = said.textContent = done ? button.dataset.done : button.dataset.failed;
    clearTimeout(timer);
    timer = setTimeout(() => { button.textContent = label; said.textContent = ''; }, 1500);
  });
}
`);

const WRAP = part(`
{
  const button = document.querySelector('[data-does=wrap]');
  button.hidden = false;
  button.addEventListener('click', () => {
    button.setAttribute('aria-pressed', String(document.querySelector('.code').classList.toggle('wrap')));
  });
}
`);

/** Marks the lines that the URL's fragment names, and lets a click on a number choose them. */
const MARKED_LINES = part(`
{
  const code = document.querySelector('.code');
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
    if (!range) return;
    let row = document.getElementById('L' + range.from);
    if (show) row?.scrollIntoView({ block: 'center' });
    for (let line = range.from; row && line <= Math.min(range.to, range.from + 5000); line++) {
      row.classList.add('on');
      row = document.getElementById('L' + (line + 1));
    }
  };
  code.addEventListener('click', (event) => {
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
  addEventListener('hashchange', () => mark(true));
  mark(true);
}
`);

/** Fragments of Markdown name a heading without the prefix that our ids have. */
const HEADINGS = part(`
{
  const heading = () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch {}
    if (id && !document.getElementById(id)) document.getElementById('user-content-' + id)?.scrollIntoView();
  };
  addEventListener('hashchange', heading);
  heading();
}
`);

/** A click on a picture zooms in there; a picture that fits has nothing to zoom. */
const ZOOM = part(`
{
  const zoom = document.getElementById('zoom');
  const picture = document.querySelector('.picture');
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
`);

/** Shows what is typed; hidden again when it is sent, so that no browser takes it for a text to be remembered. */
const SHOW_PASSWORD = part(`
{
  const button = document.querySelector('[data-does=show]');
  const field = document.getElementById('password');
  const show = (shown) => {
    field.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shown));
  };
  button.hidden = false;
  button.addEventListener('click', () => { show(field.type === 'password'); field.focus(); });
  field.form.addEventListener('submit', () => show(false));
}
`);

/**
 * Counts down to the page's own refresh. The title is no live region: a screen reader reads it once,
 * and then the page that opens, without a number each second.
 */
const COUNTDOWN = part(`
{
  const title = document.querySelector('h1');
  const text = title.textContent;
  const seconds = Number(/\\d+/.exec(text)[0]);
  const start = performance.now();
  const timer = setInterval(() => {
    const left = seconds - Math.floor((performance.now() - start) / 1000);
    if (left <= 1) clearInterval(timer);
    title.textContent = text.replace(/\\d+/, String(Math.max(1, left)));
  }, 200);
}
`);

/**
 * The time of sharing, in the reader's time zone, as the browser's language and region write it;
 * with the year only if it is another one.
 */
const SHARED_AT = part(`
for (const time of document.querySelectorAll('.by time')) {
  const { lang } = document.documentElement;
  const locale = navigator.languages.find((one) => one.startsWith(lang)) ?? lang;
  const at = new Date(time.dateTime);
  const year = at.getFullYear() === new Date().getFullYear() ? undefined : 'numeric';
  time.textContent = at.toLocaleString(locale, { year, month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' });
}
`);

/** Removes the sign behind a picture once that can be painted; the sign of a broken picture stays. */
const PREVIEWS = part(`
for (const picture of document.querySelectorAll('.sight img')) {
  const decode = () => picture.decode().then(() => picture.previousSibling.remove(), () => picture.remove());
  if (picture.complete && picture.naturalWidth > 0) decode();
  else for (const event of ['load', 'error']) picture.addEventListener(event, decode, { once: true });
}
`);

/**
 * Asks for the path that counts the page (`--seen`), once it is visible: not while it is prerendered, nor in a
 * tab that nobody has looked at. A picture, so that the page's policy needs no other permission.
 */
export const SEEN_SCRIPT = part(`
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
`);

/** Parts that a page needs only if its body contains this. */
const PARTS: readonly (readonly [part: string, code: string])[] = [
  ['data-does="copy"', COPY],
  ['data-does="wrap"', WRAP],
  ['class="code', MARKED_LINES],
  ['class="prose', HEADINGS],
  ['id="zoom"', ZOOM],
  ['class="items', PREVIEWS],
  ['class="by"', SHARED_AT],
  ['class="waiting"', COUNTDOWN],
  ['data-does="show"', SHOW_PASSWORD],
];

/** The parts of the script that a page uses. */
export function scriptsOf(body: string): readonly string[] {
  return PARTS.filter(([sign]) => body.includes(sign)).map(([, code]) => code);
}

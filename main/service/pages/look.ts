/** The share pages' one style sheet: system fonts, light and dark, nothing loaded from elsewhere. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1c2024;--dim:#5d666f;--line:#dfe3e8;--soft:#f5f7f9;--accent:#1a5fb4;--on:#fff;--mark:#fff3c4;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--bg:#16191d;--fg:#e4e8ec;--dim:#98a2ad;--line:#2c3238;--soft:#1e2328;--accent:#7ab4ff;--on:#0d1117;--mark:#4a3f14;--bad:#ff9d95}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Cantarell,sans-serif}
main{max-width:68rem;margin:0 auto;padding:1.25rem 1rem 3rem}
header{display:flex;flex-wrap:wrap;gap:.75rem 1rem;align-items:center;justify-content:space-between;margin-bottom:1rem}
h1{font-size:1.2rem;line-height:1.3;margin:0;overflow-wrap:anywhere}
.about{color:var(--dim);font-size:.875rem;margin:.15rem 0 0}
.name{min-width:0;flex:1 1 16rem}
.tools{display:flex;flex-wrap:wrap;gap:.5rem}
a{color:var(--accent)}
.button,button{font:inherit;font-size:.9rem;line-height:1.2;padding:.55rem .9rem;min-height:2.5rem;display:inline-flex;align-items:center;border:1px solid var(--line);border-radius:.5rem;background:var(--soft);color:var(--fg);text-decoration:none;cursor:pointer}
.button.first,button.first{background:var(--accent);border-color:var(--accent);color:var(--on)}
.button:hover,button:hover{border-color:var(--dim)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.code{border:1px solid var(--line);border-radius:.6rem;background:var(--soft);overflow:auto}
table{border-collapse:collapse;font:.84rem/1.55 ui-monospace,SFMono-Regular,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;tab-size:4;width:100%}
td{padding:0 .9rem 0 0;vertical-align:top;white-space:pre}
tr:first-child td{padding-top:.7rem}tr:last-child td{padding-bottom:.7rem}
td.n{padding:0 .8rem;text-align:right;user-select:none;width:1%}
td.n a{color:var(--dim);text-decoration:none}
tr:target td,tr.on td{background:var(--mark)}
.wrap td:last-child{white-space:pre-wrap;overflow-wrap:anywhere}
.picture{display:block;max-width:100%;height:auto;margin:0 auto;border-radius:.4rem;background:repeating-conic-gradient(#8882 0 25%,#0000 0 50%) 0 0/1rem 1rem}
.stage{border:1px solid var(--line);border-radius:.6rem;background:var(--soft);padding:1rem;text-align:center}
.stage audio,.stage video{max-width:100%}
.items{list-style:none;margin:0;padding:0;border:1px solid var(--line);border-radius:.6rem;overflow:hidden}
.items li+li{border-top:1px solid var(--line)}
.items a{display:flex;gap:.75rem;justify-content:space-between;padding:.85rem 1rem;min-height:2.75rem;color:inherit;text-decoration:none}
.items a:hover{background:var(--soft)}
.items b{font-weight:500;overflow-wrap:anywhere}.items span{color:var(--dim);font-size:.875rem;white-space:nowrap}
.card{border:1px solid var(--line);border-radius:.8rem;background:var(--soft);padding:2.5rem 1.5rem;text-align:center;max-width:32rem;margin:12vh auto 0}
.card p{color:var(--dim);margin:.5rem 0 0}
.glyph{font-size:2.5rem;line-height:1;margin-bottom:.75rem}
.card form{display:flex;flex-direction:column;gap:.75rem;margin:1.5rem auto 0;max-width:18rem}
.card label{text-align:left;font-size:.9rem;font-weight:500}
.card input{font:inherit;padding:.55rem .7rem;min-height:2.75rem;border:1px solid var(--dim);border-radius:.5rem;background:var(--bg);color:var(--fg);width:100%}
.card button{justify-content:center;min-height:2.75rem}
.card .wrong{color:var(--bad);margin:0;text-align:left;font-size:.9rem}
.file{padding:2.5rem 1rem}.file p{margin:0 0 1rem;color:var(--dim)}.file .filename{color:var(--fg);font-weight:500;overflow-wrap:anywhere;margin:0}
.prose{border:1px solid var(--line);border-radius:.6rem;padding:1rem 1.5rem 1.5rem;overflow-wrap:anywhere;line-height:1.6}
.prose>*{max-width:44rem}.prose h1,.prose h2,.prose h3{line-height:1.25;margin:1.6em 0 .5em}.prose h1{font-size:1.6rem}.prose h2{font-size:1.3rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}.prose h3{font-size:1.1rem}
.prose>:first-child{margin-top:.25rem}
.prose pre,.prose code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.86em;background:var(--soft);border-radius:.35rem}
.prose code{padding:.1em .3em}.prose pre{padding:.8rem 1rem;overflow:auto;border:1px solid var(--line)}.prose pre code{padding:0;background:none}
.prose blockquote{margin:1em 0;padding:0 1rem;border-left:3px solid var(--line);color:var(--dim)}
.prose table{font:inherit;width:auto;display:block;overflow:auto}.prose th,.prose td{border:1px solid var(--line);padding:.35rem .7rem!important;white-space:normal;text-align:left}
.prose hr{border:0;border-top:1px solid var(--line);margin:2em 0}
.said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.hljs-comment,.hljs-quote{color:#6a737d;font-style:italic}
.hljs-keyword,.hljs-selector-tag,.hljs-doctag{color:#a626a4}
.hljs-string,.hljs-regexp,.hljs-addition{color:#24712e}
.hljs-number,.hljs-literal,.hljs-symbol,.hljs-variable,.hljs-template-variable{color:#9a5200}
.hljs-title,.hljs-section,.hljs-name{color:#2c52b8}
.hljs-attr,.hljs-attribute,.hljs-property,.hljs-built_in,.hljs-type{color:#0b6a77}
.hljs-deletion,.hljs-meta{color:#b3261e}
@media(prefers-color-scheme:dark){
.hljs-comment,.hljs-quote{color:#8b96a2}
.hljs-keyword,.hljs-selector-tag,.hljs-doctag{color:#d6a3ee}
.hljs-string,.hljs-regexp,.hljs-addition{color:#a5d6a0}
.hljs-number,.hljs-literal,.hljs-symbol,.hljs-variable,.hljs-template-variable{color:#f0b27a}
.hljs-title,.hljs-section,.hljs-name{color:#8ab8ff}
.hljs-attr,.hljs-attribute,.hljs-property,.hljs-built_in,.hljs-type{color:#7fd3dd}
.hljs-deletion,.hljs-meta{color:#ff9d95}}
@media(forced-colors:active){.button,button{border-color:ButtonText}}
`;

/**
 * The pages' one script. Copying works on plain http too, where there is no
 * `navigator.clipboard`: a text field that is selected and copied.
 */
export const SCRIPT = `
'use strict';
const said = document.querySelector('.said');
const code = document.querySelector('.code');
const copyText = () => [...document.querySelectorAll('.code tr td:last-child')].map((cell) => cell.textContent).join('\\n');
const legacyCopy = (text) => {
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
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
    let done = false;
    try { await navigator.clipboard.writeText(copyText()); done = true; } catch { done = legacyCopy(copyText()); }
    const label = button.textContent;
    button.textContent = said.textContent = done ? 'Copied' : 'Copying failed';
    setTimeout(() => { button.textContent = label; said.textContent = ''; }, 1500);
  });
}
const mark = () => {
  const range = /^#L(\\d+)(?:-L?(\\d+))?$/.exec(location.hash);
  for (const row of document.querySelectorAll('tr.on')) row.classList.remove('on');
  if (!range) return;
  const from = Number(range[1]);
  const to = Number(range[2] ?? from);
  for (let line = from; line <= Math.min(to, from + 5000); line++) document.getElementById('L' + line)?.classList.add('on');
  document.getElementById('L' + from)?.scrollIntoView({ block: 'center' });
};
addEventListener('hashchange', mark);
mark();
`;

/** Of every share page: system fonts, light and dark, nothing loaded from elsewhere. */
const BASE_STYLE = `
:root{color-scheme:light dark;--bg:#f5f7f7;--card:#fff;--fg:#182022;--dim:#55626a;--line:#dce2e4;--soft:#eef2f2;--accent:#0b6a6c;--on:#fff;--tint:#e0f0ef;--mark:#fff1bd;--bad:#b3261e;--shadow:0 1px 2px #1020200d,0 4px 16px #1020200a}
@media(prefers-color-scheme:dark){:root{--bg:#101415;--card:#171d1f;--fg:#e3eaeb;--dim:#9aa8ad;--line:#2a3336;--soft:#20282a;--accent:#66cfcb;--on:#06201f;--tint:#17302f;--mark:#443a12;--bad:#ff9d95;--shadow:none}}
*{box-sizing:border-box}
[hidden]{display:none!important}
html{-webkit-text-size-adjust:100%}
body{margin:0;min-height:100vh;min-height:100dvh;display:flex;flex-direction:column;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Cantarell,"Noto Sans",sans-serif}
body:lang(ja){line-break:strict;word-break:auto-phrase}
main{width:100%;max-width:72rem;margin:0 auto;padding:1.75rem 1.5rem 2rem;flex:1;display:flex;flex-wrap:wrap;align-items:center;align-content:flex-start;column-gap:1.5rem}
main>*{flex:0 0 100%;min-width:0}
header{flex:1 1 14rem;display:flex;gap:1rem;align-items:flex-start;margin-bottom:1.1rem}
.icon{width:1.35rem;height:1.35rem;flex:none}
.tile{display:inline-flex;align-items:center;justify-content:center;width:2.75rem;height:2.75rem;flex:none;border-radius:.8rem;background:var(--tint);color:var(--accent)}
.name{min-width:0;flex:1}.name h1{text-align:left}
h1{font-size:1.2rem;font-weight:650;line-height:1.3;letter-spacing:-.01em;margin:0;overflow-wrap:anywhere}
.about{display:flex;flex-wrap:wrap;gap:0 1.1rem;color:var(--dim);font-size:.875rem;margin:.1rem 0 0}
.by{overflow-wrap:anywhere;unicode-bidi:isolate}.by time{white-space:nowrap;unicode-bidi:isolate}
.tools{flex:none;max-width:100%;display:flex;gap:.25rem;margin-bottom:1.1rem}
a{color:var(--accent)}
.button,button{font:inherit;font-size:.9rem;font-weight:500;line-height:1.2;padding:.5rem .85rem;min-height:2.5rem;display:inline-flex;align-items:center;gap:.45rem;border:1px solid var(--line);border-radius:.6rem;background:var(--card);color:var(--fg);text-decoration:none;cursor:pointer}
.button.first,button.first{background:var(--accent);border-color:var(--accent);color:var(--on)}
.button:hover,button:hover{border-color:var(--dim)}
.tools .button,.tools button{flex:none;position:relative;white-space:nowrap}
.tools :is(.button,button):not(.first){border-color:#0000;background:none}
.tools :is(.button,button):not(.first):hover{background:var(--soft)}
.tools :is([aria-pressed=true],:has(:checked)):not(.first){background:var(--soft);border-color:var(--dim)}
.tools input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
:focus-visible,.button:has(:focus-visible){outline:2px solid var(--accent);outline-offset:2px}
.code,.text,.stage,.prose,.card,.item,.document{border:1px solid var(--line);border-radius:.9rem;background:var(--card);box-shadow:var(--shadow)}
footer{width:100%;max-width:72rem;margin:0 auto;padding:0 1.5rem 1.5rem;display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;justify-content:space-between;color:var(--dim);font-size:.85rem}
@media(scripting:none){footer{background-image:var(--seen)}}
.brand{display:inline-flex;align-items:center;gap:.4rem;margin-left:auto}.brand .icon{width:1.05rem;height:1.05rem}
.said{position:absolute;width:1px;height:1px;padding:0;border:0;overflow:hidden;clip-path:inset(50%)}
@media(max-width:40rem){html{scroll-padding-top:4.25rem}main{display:block;padding:1.1rem 1rem 1.5rem}header{margin-bottom:.4rem}footer{padding:0 1rem 1.1rem}.button,button{min-height:2.75rem}.tools{position:sticky;top:0;z-index:1;max-width:none;margin:0 -1rem .25rem;padding:.5rem 1rem;overflow-x:auto;scrollbar-width:none;background:linear-gradient(var(--bg) 85%,#0000)}.tools :is(.button,button):not(.first){padding-inline:.6rem}.tools .first{flex:1 0 auto;justify-content:center}}
@media print{.tools,nav,.parts,footer{display:none}.code,.text,.stage,.prose{border:0;box-shadow:none}}
@media(forced-colors:active){.button,button{border-color:ButtonText}}
`;

/** Of text that is read: about 70 characters a line. */
const TEXT_STYLE = `.text{padding:1.5rem 2rem 1.75rem}
.text pre{font:inherit;font-size:1.0625rem;line-height:1.65;max-width:38rem;margin:0 auto;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext;text-align:start;tab-size:4;content-visibility:auto;contain-intrinsic-size:auto 4.2rem}
@media(max-width:40rem){.text{padding:1.1rem 1.1rem 1.4rem}}
`;

/** Of code and other text in numbered lines. */
const LINES_STYLE = `.code{overflow:auto}
.lines{width:max-content;min-width:100%;content-visibility:auto;contain-intrinsic-size:auto 4.2rem}
.wrap .lines{width:auto}
table{border-collapse:collapse;font:.84rem/1.6 ui-monospace,SFMono-Regular,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;tab-size:4;width:100%}
td{padding:0 1rem 0 0;vertical-align:top;white-space:pre}
.lines:first-child tr:first-child td{padding-top:.8rem}.lines:last-child tr:last-child td{padding-bottom:.8rem}
td.n{padding:0;text-align:right;user-select:none;-webkit-user-select:none}
.n a{display:block;padding:0 1rem 0 .9rem;color:var(--dim);text-decoration:none}
.n a:hover{color:var(--fg)}
.d1 .n,.d2 .n{width:calc(2ch + 1.9rem)}.d3 .n{width:calc(3ch + 1.9rem)}.d4 .n{width:calc(4ch + 1.9rem)}.d5 .n{width:calc(5ch + 1.9rem)}.d6 .n{width:calc(6ch + 1.9rem)}.d7 .n{width:calc(7ch + 1.9rem)}
.lines table{table-layout:auto}.wrap .lines table{table-layout:fixed}
tr:target td,tr.on td{background:var(--mark)}
tr:target .n a,tr.on .n a{color:var(--fg)}
.wrap td:last-child{white-space:pre-wrap;overflow-wrap:anywhere}
@media print{td{white-space:pre-wrap}}
`;

/** Of a text in several parts, and of one without anything. */
const PARTS_STYLE = `.parts{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;color:var(--dim);font-size:.9rem;margin:.75rem 0}
.parts span{margin-right:auto}
.empty{color:var(--dim);text-align:center;padding:3rem 1rem;margin:0}
`;

/** Of the choice of an encoding. */
const ENCODING_STYLE = `.encoding{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;color:var(--dim);font-size:.9rem;margin:0 0 .75rem}
select{font:inherit;font-size:.9rem;min-height:2.5rem;padding:.35rem .6rem;border:1px solid var(--dim);border-radius:.6rem;background:var(--card);color:var(--fg);max-width:100%}
@media(max-width:40rem){.encoding{flex-wrap:nowrap}select{min-width:0;min-height:2.75rem}}
`;

/** Of an item of a collection. */
const NAV_STYLE = `nav{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin-bottom:1.1rem}
.place{color:var(--dim);font-size:.875rem;margin:0 auto 0 .25rem}
`;

/** Of pictures, sound, films, documents and other files. */
const MEDIA_STYLE = `.stage p{margin:1rem 0 0;color:var(--dim)}
.stage{padding:1.25rem;text-align:center;overflow:auto}
.pictures{padding:0;max-height:none;background:repeating-conic-gradient(#8881 0 25%,#0000 0 50%) 0 0/1.25rem 1.25rem,var(--card)}
.picture{display:block;max-width:100%;max-height:calc(100vh - 13rem);min-height:0;width:auto;height:auto;margin:0 auto;cursor:zoom-in}
main:has(#zoom:checked) .pictures{max-height:calc(100vh - 11rem)}
main:has(#zoom:checked) .picture{max-width:none;max-height:none;cursor:zoom-out}
main:has(label[hidden]) .picture{cursor:default}
audio{width:100%;max-width:36rem;vertical-align:middle}
video{display:block;max-width:100%;max-height:calc(100vh - 13rem);margin:0 auto;border-radius:.5rem}
.document{display:block;width:100%;height:calc(100vh - 11rem);min-height:24rem}
.document+.file{display:none}
.file{padding:3rem 1.25rem}.file .icon{display:block;margin:0 auto 1.25rem;width:3.25rem;height:3.25rem;color:var(--accent);stroke-width:1.2}
@media(max-width:40rem){.document{display:none}.document+.file{display:block}}
`;

/** Of a collection. */
const ITEMS_STYLE = `.items{list-style:none;margin:0;padding:0;display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr))}
.item{display:flex;flex-direction:column;height:100%;overflow:hidden;color:inherit;text-decoration:none}
a.item:hover{border-color:var(--accent)}
.sight{position:relative;flex:none;height:9.5rem;display:flex;align-items:center;justify-content:center;overflow:hidden;background:var(--soft);border-bottom:1px solid var(--line);color:var(--accent)}
.sight .icon{width:2.75rem;height:2.75rem;stroke-width:1.3}
.sight img{position:absolute;inset:0;width:100%;height:100%;object-fit:cover}
.sight:has(img) .icon{opacity:.5}
.start{unicode-bidi:plaintext;text-align:start;align-self:stretch;width:100%;padding:.7rem .85rem;overflow:hidden;white-space:pre;color:var(--fg);font:.66rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;tab-size:2}
.what{display:flex;gap:.75rem;align-items:baseline;justify-content:space-between;padding:.75rem .9rem}
.what b{font-weight:550;min-width:0;overflow-wrap:anywhere}.what span{color:var(--dim);font-size:.85rem;white-space:nowrap}
.list{display:block;border:1px solid var(--line);border-radius:.9rem;background:var(--card);box-shadow:var(--shadow);overflow:hidden}
.list li+li{border-top:1px solid var(--line)}
.list .item{flex-direction:row;align-items:center;gap:.9rem;padding:.5rem 1rem .5rem .6rem;border:0;border-radius:0;box-shadow:none}
.list a.item:hover{background:var(--soft)}
.list a.item:focus-visible{outline-offset:-2px}
.list .sight{width:3rem;height:3rem;border:0;border-radius:.5rem}.list .sight .icon{width:1.4rem;height:1.4rem;stroke-width:1.5}
.list .what{flex:1;min-width:0;padding:0}
@media(max-width:40rem){.items:not(.list){gap:.75rem;grid-template-columns:repeat(2,minmax(0,1fr))}.items:not(.list) .sight{height:6rem}.items:not(.list) .what{display:block;padding:.6rem .7rem .7rem}.what b{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;font-size:.9rem;line-height:1.35}}
`;

/** Of what is said in place of a share. */
const CARD_STYLE = `.card{padding:2.5rem 1.75rem;text-align:center;max-width:27rem;margin:11vh auto 0}
.card .tile{width:3.75rem;height:3.75rem;border-radius:1.1rem;margin-bottom:1.1rem}.card .tile .icon{width:1.9rem;height:1.9rem}
.card h1{font-size:1.35rem}
.card p{color:var(--dim);margin:.5rem auto 0;max-width:22rem;text-wrap:balance}
.card .contains{display:inline-flex;align-items:center;gap:.5rem;margin-top:1.1rem;padding:.45rem .9rem .45rem .75rem;border-radius:2rem;background:var(--soft);color:var(--fg);font-size:.9rem;font-weight:500}
.contains .icon{width:1.15rem;height:1.15rem;color:var(--accent)}
.card form{display:flex;flex-direction:column;gap:.75rem;margin:1.5rem auto 0;max-width:19rem}
.card label{text-align:left;font-size:.9rem;font-weight:500}
.card input{font:inherit;padding:.55rem .75rem;min-height:2.75rem;border:1px solid var(--dim);border-radius:.6rem;background:var(--bg);color:var(--fg);width:100%}
.card .first{justify-content:center;min-height:2.75rem;font-size:1rem}
.card a.first{margin-top:1.5rem;min-width:12rem}
.card .about{justify-content:center;font-size:.95rem}
.secret{position:relative}
.secret:has(button:not([hidden])) input{padding-right:2.9rem}
.secret button{position:absolute;inset:0 0 auto auto;width:2.75rem;min-height:2.75rem;padding:0;justify-content:center;border:0;background:none;color:var(--dim)}
.secret button:hover{color:var(--fg)}
.secret [aria-pressed=false] .strike{display:none}
.card .wrong{color:var(--bad);margin:0;text-align:left;font-size:.9rem}
.card h1{font-variant-numeric:tabular-nums}
.waiting{height:.25rem;width:8rem;margin:1.5rem auto 0;border-radius:1rem;overflow:hidden;background:var(--tint)}
.waiting::before{content:"";display:block;height:100%;background:var(--accent);animation:wait linear both}
@keyframes wait{from{width:0}to{width:100%}}
@media(prefers-reduced-motion:reduce){.waiting{display:none}}
@media(max-width:40rem){.card{padding:2rem 1.25rem;margin-top:7vh}}
`;

/** Of rendered Markdown. */
const PROSE_STYLE = `.prose{padding:1.5rem 2rem 2rem;overflow-wrap:anywhere;line-height:1.65}
.prose>*{max-width:44rem;margin-left:auto;margin-right:auto}.prose h1,.prose h2,.prose h3,.prose h4{line-height:1.25;letter-spacing:-.01em;margin-top:1.7em;margin-bottom:.5em}.prose h1{font-size:1.75rem}.prose h2{font-size:1.35rem;border-bottom:1px solid var(--line);padding-bottom:.3rem}.prose h3{font-size:1.12rem}.prose h4{font-size:1rem}
.prose>:first-child{margin-top:.25rem}.prose>:last-child{margin-bottom:0}
.prose pre,.prose code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.86em;background:var(--soft);border-radius:.4rem}
.prose code{padding:.12em .35em}.prose pre{padding:.9rem 1.1rem;overflow:auto;border:1px solid var(--line);border-radius:.6rem}.prose pre code{padding:0;background:none;font-size:1em}
.prose blockquote{margin-block:1em;padding:0 1.1rem;border-left:3px solid var(--accent);color:var(--dim)}
.prose table{border-collapse:collapse;width:100%;display:block;overflow:auto}.prose td{vertical-align:top}.prose th,.prose td{border:1px solid var(--line);padding:.4rem .8rem;white-space:normal;text-align:left}.prose th{background:var(--soft)}
.prose .right{text-align:right}.prose .center{text-align:center}
.prose img{max-width:100%;height:auto}
.prose .task{list-style:none}.prose .task input{margin:0 .5em 0 -1.4em}
.prose .alert{color:inherit}.prose .tip{border-color:#24702e}.prose .important{border-color:#9a2a94}.prose .warning{border-color:#b06a00}.prose .caution{border-color:var(--bad)}
.prose .meta{color:var(--dim)}.prose .footnotes{font-size:.9rem;color:var(--dim)}
.prose hr{border:0;border-top:1px solid var(--line);margin-block:2em}
@media(max-width:40rem){.prose{padding:1.1rem 1.1rem 1.4rem}.prose h1{font-size:1.5rem}}
`;

/** Of highlighted code. */
const CODE_STYLE = `.hljs-comment,.hljs-quote{color:#5f6b73;font-style:italic}
.hljs-keyword,.hljs-selector-tag,.hljs-doctag{color:#9a2a94}
.hljs-string,.hljs-regexp,.hljs-addition{color:#24702e}
.hljs-number,.hljs-literal,.hljs-symbol,.hljs-variable,.hljs-template-variable{color:#8f4b00}
.hljs-title,.hljs-section,.hljs-name{color:#2a4fae}
.hljs-attr,.hljs-attribute,.hljs-property,.hljs-built_in,.hljs-type{color:#0a6470}
.hljs-deletion,.hljs-meta{color:#ad241c}
@media(prefers-color-scheme:dark){
.hljs-comment,.hljs-quote{color:#93a1a8}
tr:target .hljs-comment,tr.on .hljs-comment{color:#bac4c8}
.hljs-keyword,.hljs-selector-tag,.hljs-doctag{color:#d6a3ee}
.hljs-string,.hljs-regexp,.hljs-addition{color:#a5d6a0}
.hljs-number,.hljs-literal,.hljs-symbol,.hljs-variable,.hljs-template-variable{color:#f0b27a}
.hljs-title,.hljs-section,.hljs-name{color:#8ab8ff}
.hljs-attr,.hljs-attribute,.hljs-property,.hljs-built_in,.hljs-type{color:#7fd3dd}
.hljs-deletion,.hljs-meta{color:#ff9d95}}
`;

/** Rules that a page needs only if its body contains this. */
const SECTIONS: readonly (readonly [part: string, rules: string])[] = [
  ['class="text"', TEXT_STYLE],
  ['class="code', LINES_STYLE],
  ['class="parts', PARTS_STYLE],
  ['class="empty', PARTS_STYLE],
  ['class="encoding', ENCODING_STYLE],
  ['<nav', NAV_STYLE],
  ['class="stage', MEDIA_STYLE],
  ['class="items', ITEMS_STYLE],
  ['class="card', CARD_STYLE],
  ['class="prose', PROSE_STYLE],
  ['hljs-', CODE_STYLE],
];

/** The style rules of a page: each is sent whole every time, without those that it does not use. */
export function stylesOf(body: string): readonly string[] {
  const used = SECTIONS.filter(([part]) => body.includes(part)).map(([, rules]) => rules);
  return [BASE_STYLE, ...new Set(used)];
}

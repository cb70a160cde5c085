import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

const SVG = 'svg path rect circle';
/** Every element that a share page is made of, and every attribute that one may carry. */
const ELEMENTS = new Set(
  `html head meta title link style body main header h1 h2 h3 h4 h5 h6 p a div span nav footer table
  tbody thead tr td th ol ul li b button form input label img iframe textarea script article pre
  code em strong s hr br blockquote audio video select option section sup time ${SVG}`.split(/\s+/),
);
const ATTRIBUTES = new Set(
  `lang charset name content property rel href type nonce class id role aria-label aria-hidden
  aria-pressed aria-invalid aria-describedby tabindex hidden data-does data-done data-failed src alt
  width height loading decoding title value method action for autocomplete maxlength required
  autofocus controls preload playsinline readonly start selected dir checked disabled datetime viewbox fill stroke stroke-width
  stroke-linecap stroke-linejoin focusable d x y rx cx cy r`.split(/\s+/),
);
const ADDRESSES = new Set(['href', 'src', 'action']);

/**
 * What a browser's parser (parse5, of the same standard) finds in a page that is not ours to have:
 * elements, attributes, addresses and scripts beyond those that the pages are made of.
 */
export function unexpectedMarkup(page: string, nonce: string): readonly string[] {
  const strange: string[] = [];
  let scripts = 0;
  const visit = (node: Node): void => {
    if ('attrs' in node) inspect(node);
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  const inspect = ({ tagName, attrs, childNodes }: Element): void => {
    if (!ELEMENTS.has(tagName)) strange.push(`<${tagName}>`);
    for (const { name, value } of attrs) {
      if (!ATTRIBUTES.has(name.toLowerCase())) strange.push(`${tagName} ${name}=${value}`);
      if (ADDRESSES.has(name) && !isHarmless(value)) strange.push(`${tagName} ${name}=${value}`);
    }
    if (tagName !== 'script' && tagName !== 'style') return;
    scripts++;
    if (attrs.find(({ name }) => name === 'nonce')?.value !== nonce)
      strange.push(`${tagName} of another`);
    for (const child of childNodes) {
      if ('value' in child && /canary/.test(child.value)) strange.push(`${tagName} ${child.value}`);
    }
  };
  visit(parse(page));
  if (scripts > 2) strange.push(`${scripts} scripts and styles`);
  return strange;
}

/** Of this origin, or where a link in Markdown may lead: nothing that runs. */
function isHarmless(address: string): boolean {
  if (address.startsWith('//')) return false;
  const url = URL.parse(address, 'http://laptop.test/s/abc');
  return (
    url !== null && (/^(https?|mailto):$/.test(url.protocol) || /^data:image\/png;/.test(address))
  );
}

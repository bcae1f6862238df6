/**
 * Plain text of the HTML that Stack Exchange keeps: known tags go, block tags become line breaks, entities are decoded,
 * and what stands in <pre> keeps its white space. An unknown tag stays, because the comments of the dump are Markdown,
 * in which people write <grin> and <user>.
 */
export function htmlToText(html: string): string {
  const pieces = html.split(/(<pre\b[^>]*>[\s\S]*?<\/pre>)/i);
  const texts = pieces.map((piece) => (/^<pre\b/i.test(piece) ? preformatted(piece) : flowing(piece)));
  return texts.filter((text) => text !== '').join('\n\n');
}

const blocks = 'p|div|blockquote|ul|ol|table|thead|tbody|tr|h[1-6]|hr|pre';
const inlines = 'a|abbr|b|code|dd|del|dl|dt|em|i|img|ins|kbd|q|s|samp|small|span|strike|strong|sub|sup|td|th|u|var';
const blockTag = new RegExp(`</?(?:${blocks})(?:\\s[^<>]*)?/?>`, 'gi');
const inlineTag = new RegExp(`</?(?:${inlines}|li)(?:\\s[^<>]*)?/?>`, 'gi');

function flowing(html: string): string {
  const text = html
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<br\s*\/?>\n?/gi, '\n')
    .replace(/(?:<\/li>)?\s*<li(?:\s[^<>]*)?>\s*/gi, '\n- ')
    .replace(/<\/t[dh]>\s*(?=<t[dh])/gi, '\t')
    .replace(blockTag, '\n\n')
    .replace(inlineTag, '');
  return decodeEntities(text)
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Without the line breaks around it; its first line keeps its indentation. */
function preformatted(html: string): string {
  return decodeEntities(html.replace(blockTag, '').replace(inlineTag, '')).replace(/^\n+|\s+$/g, '');
}

const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
};

/** Once, so that &amp;lt; is the text &lt;. A name that is not known is text too. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
  });
}

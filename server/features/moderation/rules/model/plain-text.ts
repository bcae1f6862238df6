const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', apos: "'" };
const entity = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi;
const anchor = /<a\s[^<>]{0,400}?href="([^"<>]{0,2000})"[^<>]{0,400}>[^<>]{0,2000}<\/a>/gi;
const tag = /<\/?[a-z][^<>]{0,400}>/gi;

/** What a page shows of a text that was exported as HTML: line breaks, characters, and links as their address. */
export function plainText(text: string): string {
  if (!/[<&]/.test(text)) return text;
  return text
    .replace(anchor, ' $1 ')
    .replace(tag, ' ')
    .replace(entity, (whole, decimal, hex, name) => {
      if (name) return entities[name.toLowerCase()] ?? whole;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    });
}

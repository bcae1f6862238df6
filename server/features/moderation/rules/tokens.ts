/** What the models count in a text: words, pairs of words, pieces of words, and what is no word at all. */
const pattern =
  /https?:\/\/\S+|www\.\S+|[\w.+-]+@[\w-]+\.\w+|\b[\w-]+\.(?:com|net|org|info|ru|tk|biz|me|tv|ly|co|io|gl|be|us|uk|de)\b\S*|[\p{L}\p{M}']+|\d+|[!?$€£#@*]+|\p{Extended_Pictographic}/gu;

export interface Token {
  kind: 'word' | 'link' | 'mail' | 'number' | 'sign';
  text: string;
  at: number;
}

/** `text` in lower case and one alphabet (see read). */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const { 0: piece, index: at } of text.matchAll(pattern)) tokens.push({ kind: kindOf(piece), text: piece, at });
  return tokens;
}

function kindOf(piece: string): Token['kind'] {
  if (/^\d+$/.test(piece)) return 'number';
  if (piece.includes('@') && piece.includes('.') && !piece.startsWith('http')) return 'mail';
  if (piece.startsWith('http') || piece.startsWith('www.') || (piece.includes('.') && /\p{L}/u.test(piece)))
    return 'link';
  return /\p{L}/u.test(piece) ? 'word' : 'sign';
}

/** Markup that some texts arrive with; each character becomes one or none, so it is done before `read` only in training. */
export const withoutMarkup = (text: string): string =>
  text
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(/<[^>]{1,200}>/g, ' ')
    .replace(/&#39;|&apos;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

import { COMMENT_MAX_GRAPHEMES } from '../../contract/comment.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The text as the server will keep it: NFC, trimmed, well formed, without U+0000, and cut with an ellipsis where it has
 * more characters, as a person counts them, than a comment may have.
 */
export function clipText(text: string): string {
  const clean = text.replaceAll('\u0000', '').toWellFormed().normalize('NFC').trim();
  if (clean.length <= COMMENT_MAX_GRAPHEMES) return clean;
  let kept = '';
  let count = 0;
  for (const { segment } of graphemes.segment(clean)) {
    if (++count > COMMENT_MAX_GRAPHEMES) return `${kept.trimEnd()}…`;
    if (count < COMMENT_MAX_GRAPHEMES) kept += segment;
  }
  return clean;
}

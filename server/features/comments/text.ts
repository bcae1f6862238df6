import { COMMENT_MAX_GRAPHEMES } from '../../contract/comment.ts';
import { Refusal } from '../../platform/refusal.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The text as it is stored: NFC, trimmed, otherwise unchanged. Empty, only white space, or more characters than the
 * limit as a person sees them (graphemes: an emoji of seven code points is one): 400.
 */
export function cleanCommentText(text: string): string {
  const clean = text.normalize('NFC').trim();
  if (clean === '') throw invalid('a comment needs a text');
  if (tooLong(clean)) throw invalid(`a comment has at most ${COMMENT_MAX_GRAPHEMES} characters`);
  return clean;
}

function tooLong(text: string): boolean {
  if (text.length <= COMMENT_MAX_GRAPHEMES) return false;
  let count = 0;
  for (const _ of graphemes.segment(text)) if (++count > COMMENT_MAX_GRAPHEMES) return true;
  return false;
}

function invalid(message: string): Refusal {
  return new Refusal('invalid_body', { detail: message, errors: [{ pointer: '/text', message }] });
}

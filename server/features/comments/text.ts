import { COMMENT_MAX_GRAPHEMES } from '../../contract/comment.ts';
import { Refusal } from '../../platform/refusal.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const windowSize = 2_048;

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

/**
 * Counts window by window, each beginning where a grapheme does: for every step the segmenter copies the whole string
 * it was given (960 kB took 3 s, in which the server did nothing else; so, 20 ms).
 */
function tooLong(text: string): boolean {
  if (text.length <= COMMENT_MAX_GRAPHEMES) return false;
  let count = 0;
  let size = windowSize;
  for (let start = 0; start < text.length; ) {
    const window = text.slice(start, wholeCharacters(text, start + size));
    const starts = Array.from(graphemes.segment(window), ({ index }) => index);
    const isLast = start + window.length === text.length;
    // The last grapheme of a window may go on in the next one; if it is the only one, the window was too small.
    count += isLast ? starts.length : starts.length - 1;
    if (count > COMMENT_MAX_GRAPHEMES) return true;
    if (isLast) return false;
    const next = starts.at(-1) ?? 0;
    start += next;
    size = next === 0 ? size * 2 : windowSize;
  }
  return false;
}

/** An end that does not fall between the two halves of a character. */
const wholeCharacters = (text: string, end: number) => ((text.codePointAt(end - 1) ?? 0) > 0xffff ? end - 1 : end);

function invalid(message: string): Refusal {
  return new Refusal('invalid_body', { detail: message, errors: [{ pointer: '/text', message }] });
}

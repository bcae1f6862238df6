import { describe, expect, it } from 'vitest';
import { cleanCommentText } from './text.ts';

const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}';
const refusal = { code: 'invalid_body', details: { errors: [{ pointer: '/text', message: expect.any(String) }] } };
/** The Refusal, whole. */
function refused(text: string): unknown {
  try {
    return cleanCommentText(text);
  } catch (error) {
    return error;
  }
}

describe('the text of a comment', () => {
  it.each([
    ['cafe\u0301', 'café'],
    ['\u212b', 'Å'],
    ['\u1112\u1161\u11ab', '한'],
    ['ﬁ ½ Ａ', 'ﬁ ½ Ａ'], // compatibility forms are not touched
    ['  a  b \n\n c\t', 'a  b \n\n c'],
    ['\ufeff\u3000a\u2028', 'a'],
    ['\u200b', '\u200b'], // has no width, but is no white space
    ['<b>&amp;</b>', '<b>&amp;</b>'],
  ])('%j is kept as %j', (text, kept) => {
    expect(cleanCommentText(text)).toBe(kept);
    expect(cleanCommentText(kept)).toBe(kept);
  });

  it.each(['', ' ', '\n\r\t\v\f', '\u00a0\u1680\u2003\u2028\u2029\u202f\u205f\u3000\ufeff'])('%j is empty', (text) => {
    expect(refused(text)).toMatchObject(refusal);
  });

  it.each([
    ['letters', 'x'],
    ['families', family],
    ['flags', '\u{1f1f3}\u{1f1f4}'],
    ['letters with an accent of their own', 'e\u0301'],
    ['letters with an accent that NFC can not compose', 'q\u0301'],
    ['letters under a heap of accents', `z${'\u0300'.repeat(50)}`],
    ['syllables', '\u0915\u094d\u0937\u093f'],
    ['line ends', 'a\r\n'.slice(1)],
  ])('holds 5,000 %s and not one more', (_, one) => {
    const some = (count: number) => `x${one.repeat(count - 2)}x`; // so that none of it is trimmed
    expect(cleanCommentText(some(5_000))).toBe(some(5_000).normalize('NFC'));
    expect(refused(some(5_001))).toMatchObject(refusal);
  });

  it('is measured in a moment, however large: nobody else waits for it', () => {
    const start = performance.now();
    for (const text of ['\u{1f1f3}\u{1f1f4}'.repeat(120_000), 'x'.repeat(1_000_000)])
      expect(refused(text)).toMatchObject(refusal);
    expect(cleanCommentText(`z${'\u0300'.repeat(490_000)}`)).toHaveLength(490_001);
    expect(performance.now() - start).toBeLessThan(1_000); // with one segmenter over all of it: six seconds
  });

  it('is measured after it was trimmed and composed', () => {
    const text = `${' '.repeat(5_000)}${'e\u0301'.repeat(5_000)}\n`;
    expect(cleanCommentText(text)).toBe('é'.repeat(5_000));
  });
});

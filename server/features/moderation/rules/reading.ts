/**
 * A text as the rules read it: without markup, one alphabet, and with each character's place in what was written, so that
 * evidence can point at it.
 */
export interface Reading {
  /** Lower case, look-alikes replaced, invisible characters gone. */
  text: string;
  /** Where each UTF-16 unit of `text` came from: [start, end) in the original. */
  starts: Int32Array;
  ends: Int32Array;
}

/** Letters of other alphabets that look like Latin ones (Unicode's confusables, the ones met in evasion). */
const lookAlikes = new Map(
  Object.entries({
    а: 'a',
    в: 'b',
    с: 'c',
    е: 'e',
    һ: 'h',
    і: 'i',
    ј: 'j',
    к: 'k',
    м: 'm',
    н: 'h',
    о: 'o',
    р: 'p',
    ѕ: 's',
    т: 't',
    у: 'y',
    х: 'x',
    ԁ: 'd',
    ԛ: 'q',
    ԝ: 'w',
    α: 'a',
    β: 'b',
    ε: 'e',
    ι: 'i',
    κ: 'k',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    τ: 't',
    υ: 'u',
    χ: 'x',
    ı: 'i',
    ł: 'l',
    ø: 'o',
    đ: 'd',
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    ɑ: 'a',
    ɡ: 'g',
    ɩ: 'i',
    ᴀ: 'a',
    ʙ: 'b',
    ᴄ: 'c',
    ᴅ: 'd',
    ᴇ: 'e',
    ꜰ: 'f',
    ɢ: 'g',
    ʜ: 'h',
    ɪ: 'i',
    ᴊ: 'j',
    ᴋ: 'k',
    ʟ: 'l',
    ᴍ: 'm',
    ɴ: 'n',
    ᴏ: 'o',
    ᴘ: 'p',
    ʀ: 'r',
    ꜱ: 's',
    ᴛ: 't',
    ᴜ: 'u',
    ᴠ: 'v',
    ᴡ: 'w',
    ʏ: 'y',
    ᴢ: 'z',
  }),
);
const cyrillicOrGreek = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;
const latin = /\p{Script=Latin}/u;
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/u;
const space = /\s/u;
const mark = /\p{M}/u;
/** Marks of no script of their own, which go on top of any letter. */
const ornament = /^(?=\p{M})\p{Script=Inherited}$/u;

/** Look-alikes are undone only in words that mix alphabets, so that a Russian or Greek word stays what it is. */
export function read(original: string): Reading {
  const out: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const push = (text: string, start: number, end: number) => {
    for (const unit of text.split('')) {
      out.push(unit);
      starts.push(start);
      ends.push(end);
    }
  };
  for (const word of original.matchAll(/\s+|\S+/gu)) {
    const mixed = latin.test(word[0]) && cyrillicOrGreek.test(word[0]);
    let at = word.index;
    for (const character of word[0]) {
      const end = at + character.length;
      push(plain(character, mixed), at, end);
      at = end;
    }
  }
  return { text: out.join(''), starts: Int32Array.from(starts), ends: Int32Array.from(ends) };
}

function plain(character: string, mixed: boolean): string {
  if (character < '\u007f' && character >= ' ') return character.toLowerCase();
  if (space.test(character)) return ' ';
  if (invisible.test(character) || ornament.test(character)) return '';
  const lower = character.toLowerCase();
  const alike = lookAlikes.get(lower);
  if (alike !== undefined && (mixed || !cyrillicOrGreek.test(lower))) return alike;
  const parts = [...lower.normalize('NFKD')]
    .filter((part) => !mark.test(part))
    .join('')
    .toLowerCase();
  // Scripts whose marks are not ornaments keep them: what NFKD took apart is put together again.
  return latin.test(parts) || !mark.test(lower.normalize('NFKD')) ? parts : lower;
}

/** Where a piece of the reading stands in the original text. */
export function placeOf({ starts, ends }: Reading, from: number, to: number): [start: number, end: number] {
  return [starts[from] ?? 0, ends[to - 1] ?? 0];
}

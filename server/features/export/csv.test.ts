import { describe, expect, it } from 'vitest';
import { csvRecords, defused } from './csv.ts';

describe('a csv record', () => {
  it('quotes what holds a comma, a quote or a line break, and ends with CRLF', () => {
    expect(csvRecords([['a,b', 'say "hi"', 'two\nlines', '', null, 'plain']], Array(6).fill(true))).toBe(
      '"a,b","say ""hi""","two\nlines",,,plain\r\n',
    );
  });

  it.each([
    '=1+1',
    '+cmd|x',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1',
    ' =1',
    '\u00a0@x',
    '\ufeff=1',
    '\u200b+x',
    '﹦1',
  ])('takes the edge off %j', (cell) => {
    expect(defused(cell)).toBe(`'${cell}`);
  });

  it.each(['-5', '+4.25', '-0.5', 'a=b', ' a', '', 'plain', "'quoted"])('leaves %j as it is', (cell) => {
    expect(defused(cell)).toBe(cell);
  });

  it('looks at free text alone', () => {
    expect(csvRecords([['-x', '-x']], [true, false])).toBe("'-x,-x\r\n");
  });
});

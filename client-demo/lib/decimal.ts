/**
 * Money as its digits. The API writes `numeric` of PostgreSQL as JSON numbers with every digit; a double holds fifteen of
 * them, and whoever adds doubles up loses cents. So what is money is read as text, compared as text and shown from text.
 */
import { z } from 'zod';

export type Decimal = `${number}`;

const isDecimal = (text: string): text is Decimal => /^-?\d+(\.\d+)?$/.test(text);

/** Money of an answer: a number that a double holds digit for digit, or what `parseJson` left as text. */
export const decimalSchema = z.union([z.number(), z.string()]).transform(String).refine(isDecimal, 'is no decimal');

/** JSON whose numbers that a double would round come as their digits. */
export function parseJson(text: string): unknown {
  // A look at the text costs little, and almost no answer has such a number.
  if (!/[\d.]{17}/.test(text)) return JSON.parse(text);
  const keep = (_key: string, value: unknown, context?: { source?: string }) => {
    const source = context?.source;
    const isRounded =
      typeof value === 'number' && source !== undefined && isDecimal(source) && !isSame(source, String(value));
    return isRounded ? source : value;
  };
  return JSON.parse(text, keep as (key: string, value: unknown) => unknown);
}

const isSame = (a: string, b: string): boolean => isDecimal(b) && compareDecimals(a as Decimal, b) === 0;

/** Below zero when `a` is less than `b`, zero when they are equal. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const difference = unitsOf(a) - unitsOf(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** `part` of `whole`, as far as a length for the eye needs it; 0 where there is nothing. */
export function shareOf(part: Decimal, whole: Decimal): number {
  const all = unitsOf(whole);
  return all <= 0n ? 0 : Number((unitsOf(part) * 10_000n) / all) / 10_000;
}

const SCALE = 20;
/** In units of 10^-20: no amount has more decimals than that. */
function unitsOf(text: Decimal): bigint {
  const [, sign, whole = '0', decimals = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const units = BigInt(whole + decimals.slice(0, SCALE).padEnd(SCALE, '0'));
  return sign === '-' ? -units : units;
}

/**
 * A decimal of PostgreSQL on its way into JSON, digit for digit: a double holds fifteen, and `numeric(20, 6)` has twenty.
 * JSON.stringify knows no such number on Node 20, so it is written as a string with a mark and the mark is taken off. The
 * mark is U+0000, which no text from outside or from PostgreSQL can contain.
 */
export class Exact {
  readonly digits: string;

  constructor(digits: string) {
    if (!/^-?\d+(\.\d+)?$/.test(digits)) throw new Error('not a decimal');
    this.digits = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
  }

  /** The nearest double: for ratios. */
  valueOf(): number {
    return Number(this.digits);
  }

  toJSON(): string {
    return `\0${this.digits}`;
  }
}

export function exactJson(value: unknown): string {
  const text = JSON.stringify(value);
  return text?.includes('"\\u0000') ? text.replace(/"\\u0000(-?[\d.]+)"/g, '$1') : text;
}

const QUOTE = 0x22;
const LINE_FEED = 0x0a;

/** Counts the rows in bytes that come in pieces: the lines outside of quotes, without the header of CSV (RFC 4180). */
export class RowCounter {
  readonly #isCsv: boolean;
  #lines = 0;
  #isQuoted = false;

  constructor(format: 'csv' | 'ndjson') {
    this.#isCsv = format === 'csv';
  }

  get rows(): number {
    return this.#isCsv ? Math.max(0, this.#lines - 1) : this.#lines;
  }

  /** A doubled quote inside of a quoted field ends and begins it again, which comes to the same. */
  take(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte === QUOTE && this.#isCsv) this.#isQuoted = !this.#isQuoted;
      else if (byte === LINE_FEED && !this.#isQuoted) this.#lines++;
    }
  }
}

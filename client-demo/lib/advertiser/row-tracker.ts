const QUOTE = 0x22;
const LINE_FEED = 0x0a;
/** Longer than any beginning of a row up to the end of its id. */
const HEAD = 32;

/**
 * Follows the rows in bytes that come in pieces: the lines outside of quotes (RFC 4180; NDJSON has none inside), the first
 * of which is the header in CSV. Knows how many are whole, where the last of them ends, and its id, so that what broke off
 * can go on behind it.
 */
export class RowTracker {
  /** Bytes up to the end of the last whole line. */
  wholeBytes = 0;
  /** Bytes of the header. */
  headerBytes = 0;
  /** Of the last whole row; null before it, and where rows have no id. */
  lastId: number | null = null;
  readonly #isCsv: boolean;
  readonly #idIn: RegExp;
  #lines = 0;
  #isQuoted = false;
  #bytes = 0;
  #head = '';

  constructor(format: 'csv' | 'ndjson') {
    this.#isCsv = format === 'csv';
    this.#idIn = this.#isCsv ? /^(\d+),/ : /^\{"id":(\d+),/;
  }

  get rows(): number {
    return this.#isCsv ? Math.max(0, this.#lines - 1) : this.#lines;
  }

  /** A doubled quote inside of a quoted field ends and begins it again, which comes to the same. */
  take(bytes: Uint8Array): void {
    for (const byte of bytes) {
      this.#bytes++;
      if (byte === QUOTE && this.#isCsv) this.#isQuoted = !this.#isQuoted;
      if (byte === LINE_FEED && !this.#isQuoted) this.#endLine();
      else if (this.#head.length < HEAD) this.#head += String.fromCharCode(byte);
    }
  }

  #endLine(): void {
    this.#lines++;
    this.wholeBytes = this.#bytes;
    if (this.#isCsv && this.#lines === 1) this.headerBytes = this.#bytes;
    else {
      const id = this.#idIn.exec(this.#head)?.[1];
      if (id !== undefined) this.lastId = Number(id);
    }
    this.#head = '';
  }
}

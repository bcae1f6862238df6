/**
 * Takes an export as it streams: counts its rows and bytes on the way, and keeps the bytes in blobs, which the browser may
 * put on its disk, so that a million rows cost no memory of the page.
 *
 * What broke off keeps its whole rows and goes on behind the last of them, by its id, in another snapshot of the table: by
 * itself some times in a row, then whenever `take` is called again. Cells of statistics have no id and begin anew.
 */
import { problemSchema } from '../../../server/contract/errors.ts';
import { backoffMs, type Clock, systemClock } from '../delay.ts';
import type { Credentials } from '../http.ts';
import { isPassing, NoAnswerError, ProblemError } from '../problem.ts';
import { RowTracker } from './row-tracker.ts';

export interface ExportRequest {
  readonly campaignId: number;
  readonly what: 'impressions' | 'engagement' | 'comments' | 'stats';
  readonly format: 'csv' | 'ndjson';
}
export interface ExportProgress {
  readonly rows: number;
  readonly bytes: number;
  /** The connection is gone; what is here is kept until it is back. */
  readonly isWaiting: boolean;
  /** How often it went on behind a row that it had. */
  readonly resumed: number;
}

interface Options {
  credentials: Credentials;
  base?: string;
  clock?: Clock;
}
interface Taking {
  signal: AbortSignal;
  onProgress: (progress: ExportProgress) => void;
}

const PART_BYTES = 4_000_000;
const TELL_EVERY_MS = 100;
const backoff = { baseMs: 300, capMs: 5_000 };
/** Without a row in between: some twenty seconds. */
const ATTEMPTS = 8;

export class ExportTransfer {
  readonly request: ExportRequest;
  readonly #options: Options;
  readonly #clock: Clock;
  #parts: Blob[] = [];
  #rows = 0;
  #bytes = 0;
  #lastId: number | null = null;
  #resumed = 0;

  constructor(request: ExportRequest, options: Options) {
    this.request = request;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** The whole; rejects when it was ended by `signal`, was refused, or broke off too often. */
  async take({ signal, onProgress }: Taking): Promise<Blob> {
    for (let failed = 0; ; ) {
      const had = this.#rows;
      try {
        await this.#attempt(signal, (rows, bytes) => onProgress(this.#told(rows, bytes, false)));
        return new Blob(this.#parts, { type: this.request.format === 'csv' ? 'text/csv' : 'application/x-ndjson' });
      } catch (error) {
        failed = this.#rows > had ? 1 : failed + 1;
        if (signal.aborted || !isPassing(error) || failed >= ATTEMPTS) throw error;
        onProgress(this.#told(this.#rows, this.#bytes, true));
        await this.#pause(error, failed, signal);
      }
    }
  }

  #told(rows: number, bytes: number, isWaiting: boolean): ExportProgress {
    return { rows, bytes, isWaiting, resumed: this.#resumed };
  }

  async #attempt(signal: AbortSignal, tell: (rows: number, bytes: number) => void): Promise<void> {
    const { what, format } = this.request;
    const reader = (await this.#ask(signal)).getReader();
    const isRest = this.#lastId !== null;
    if (isRest) this.#resumed++;
    const tracker = new RowTracker(format);
    const [rows, bytes] = [this.#rows, this.#bytes];
    const pieces = new Pieces();
    let toldAt = 0;
    // The header comes with each part, and is of use once.
    const keep = () => {
      const from = isRest ? tracker.headerBytes : 0;
      this.#parts.push(pieces.blob(from, tracker.wholeBytes));
      this.#rows = rows + tracker.rows;
      this.#bytes = bytes + Math.max(0, tracker.wholeBytes - from);
      this.#lastId = tracker.lastId ?? this.#lastId;
    };
    try {
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        tracker.take(read.value);
        pieces.add(read.value);
        if (performance.now() - toldAt > TELL_EVERY_MS) {
          toldAt = performance.now();
          tell(rows + tracker.rows, bytes + tracker.wholeBytes);
        }
      }
    } catch (cause) {
      if (tracker.lastId !== null && what !== 'stats') keep();
      throw new NoAnswerError('The transfer broke off', { cause });
    }
    keep();
    tell(this.#rows, this.#bytes);
  }

  async #ask(signal: AbortSignal): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    const { campaignId, what, format } = this.request;
    const token = await this.#options.credentials.token();
    const after = this.#lastId === null ? '' : `&after=${this.#lastId}`;
    const path = `/api/v1/campaigns/${campaignId}/export?what=${what}&format=${format}${after}`;
    const response = await fetch(`${this.#options.base ?? ''}${path}`, {
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      signal,
    }).catch((cause: unknown) => {
      throw new NoAnswerError('The export got no answer', { cause });
    });
    if (response.ok && response.body !== null) return response.body;
    const problem = problemSchema.safeParse(await response.json().catch(() => null));
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    if (problem.success) throw new ProblemError(problem.data, Number.isFinite(seconds) ? seconds * 1_000 : null);
    throw new NoAnswerError(`The export was refused: ${response.status}`);
  }

  /** Ends early when the browser says that it is online again, and when it is cancelled. */
  #pause(error: unknown, failed: number, signal: AbortSignal): Promise<void> {
    const asked = error instanceof ProblemError ? (error.retryAfterMs ?? 0) : 0;
    return new Promise((resolve) => {
      const end = () => {
        cancel();
        globalThis.removeEventListener?.('online', end);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const cancel = this.#clock.after(asked + backoffMs(backoff, failed - 1, this.#clock.random), end);
      globalThis.addEventListener?.('online', end);
      signal.addEventListener('abort', end);
    });
  }
}

/** Bytes in the order they came, in blobs of some megabytes. */
class Pieces {
  #blobs: Blob[] = [];
  #chunks: Uint8Array<ArrayBuffer>[] = [];
  #held = 0;

  add(chunk: Uint8Array<ArrayBuffer>): void {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    if (this.#held < PART_BYTES) return;
    this.#blobs.push(new Blob(this.#chunks));
    this.#chunks = [];
    this.#held = 0;
  }

  blob(from: number, to: number): Blob {
    return new Blob([...this.#blobs, ...this.#chunks]).slice(from, to);
  }
}

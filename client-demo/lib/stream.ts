/**
 * Follows one stream, whatever happens to the connection, so that its sink misses nothing and sees nothing twice.
 *
 * 1. Waiting: there is no connection.
 * 2. Asking: `subscribe` is out with the sink's position. Frames that come meanwhile are held, since the answer may hold
 *    the same events or older ones. `live` and `replayed` bring the events missed, then the state; `reset` means that the
 *    position is worth nothing: the sink takes a snapshot over HTTP, and we ask again from where that one stands.
 * 3. Following: frames go straight to the sink. One that the sink refuses as a gap is held. Frames of several nodes may
 *    overtake each other, so there is a short grace; when the gap is still open then, we ask again. We also ask when
 *    nothing has come for long: a connection can be dead and not know it.
 *
 * A turn counter makes whatever belongs to an earlier connection or an earlier question come to nothing.
 */
import type { SubscribeRequest } from '../../server/contract/live.ts';
import { backoffMs, type Clock, sleep } from './delay.ts';
import type { Answer, Frame } from './frames.ts';
import { HeldFrames } from './held-frames.ts';
import type { Asked, Sink, StreamPhase } from './sink.ts';

export interface StreamOptions {
  stream: string;
  sink: Sink;
  ask: (request: SubscribeRequest) => Promise<Asked>;
  clock: Clock;
  onPhase: (phase: StreamPhase) => void;
  /** Two questions in a row got no answer: the connection is likely dead without knowing it. */
  onDeaf: () => void;
}

const backoff = { baseMs: 250, capMs: 3_000 };
const grace = { baseMs: 200, capMs: 5_000 };
/** A server beats every two seconds on a quiet stream; one that doesn't is asked less and less often. */
const silence = { baseMs: 8_000, capMs: 120_000 };
const refusedForGood = new Set(['not_found', 'invalid_stream', 'forbidden']);

export class Stream {
  readonly #options: StreamOptions;
  readonly #held = new HeldFrames();
  #turn = 0;
  #phase: StreamPhase = 'waiting';
  /** Asks when it runs out: short while there is a gap, long while there is only silence. */
  #cancelWatch: (() => void) | null = null;
  #watchesGap = false;
  /** How often in a row asking brought nothing new: it must not be done faster and faster. */
  #fruitless = 0;
  #silences = 0;
  #unsettled = 0;
  /** Why we ask though the connection stands, for the server to count; told once. */
  #because: SubscribeRequest['because'];

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.stream;
  }

  /** The connection is there: ask. Also to make sure of a connection that may have died unnoticed. */
  up(): void {
    this.#turn++;
    void this.#askUntilSettled(this.#turn);
  }

  /** The connection is gone. */
  down(): void {
    this.#turn++;
    this.#because = undefined;
    this.#held.clear();
    this.#unwatch();
    this.#enter('waiting');
  }

  receive(frame: Frame): void {
    if (this.#phase !== 'following') {
      this.#held.add(frame);
      return;
    }
    const verdict = this.#options.sink.apply(frame);
    if (verdict === 'gap') this.#held.add(frame);
    else this.#fruitless = 0;
    this.#held.release(this.#options.sink.apply);
    this.#watch();
  }

  async #askUntilSettled(turn: number): Promise<void> {
    const { clock } = this.#options;
    this.#unwatch();
    this.#enter('asking');
    for (let failures = 0; turn === this.#turn; failures++) {
      if (failures > 0) await sleep(clock, backoffMs(backoff, failures, clock.random));
      if (turn !== this.#turn || (await this.#round(turn))) return;
    }
  }

  /** One question, or two with a snapshot between them. True when there is nothing more to ask. */
  async #round(turn: number): Promise<boolean> {
    const { sink, onDeaf } = this.#options;
    try {
      // An answer that never comes may be too large for this connection; from a fresh position it is small.
      const hopeless = this.#unsettled >= 2 || this.#silences >= 3;
      if (sink.position() === null || hopeless) await this.#snapshot(turn);
      let asked = await this.#question();
      if (turn === this.#turn && isWorthless(asked)) {
        await this.#snapshot(turn);
        asked = await this.#question();
      }
      if (turn !== this.#turn) return true;
      this.#silences = asked.mode === 'silent' ? this.#silences + 1 : 0;
      if (this.#silences >= 2) onDeaf();
      if (asked.mode === 'refused' && refusedForGood.has(asked.code)) this.#enter('refused');
      return this.#phase === 'refused' || (asked.mode === 'answered' && this.#settle(asked.answer));
    } catch {
      return false; // The snapshot failed; it had its retries. The next round takes another.
    }
  }

  #question(): Promise<Asked> {
    const { sink, ask, stream } = this.#options;
    const because = this.#because;
    this.#because = undefined;
    return ask({ stream, ...sink.position(), ...(because === undefined ? {} : { because }) });
  }

  async #snapshot(turn: number): Promise<void> {
    const commit = await this.#options.sink.snapshot();
    if (turn === this.#turn) commit();
  }

  /** False when the answer leaves a gap, which a server that keeps its promises never does. */
  #settle(answer: Answer): boolean {
    const { sink } = this.#options;
    if (answer.mode === 'reset') return false;
    for (const event of answer.events) sink.apply(event);
    const reached = sink.position();
    const settled = reached?.epoch === answer.epoch && reached.seq >= answer.seq;
    this.#unsettled = settled ? 0 : this.#unsettled + 1;
    if (!settled) return false;
    for (const frame of answer.state) sink.apply(frame);
    this.#held.keepEpoch(answer.epoch);
    this.#held.release(sink.apply);
    this.#enter('following');
    this.#watch();
    return true;
  }

  /** A gap that opens is not put off by frames that come behind it. */
  #watch(): void {
    const gap = this.#held.size > 0;
    if (gap && this.#watchesGap) return;
    this.#unwatch();
    const { clock } = this.#options;
    this.#watchesGap = gap;
    this.#cancelWatch = clock.after(backoffMs(gap ? grace : silence, this.#fruitless, clock.random), () => {
      this.#fruitless++;
      this.#because = gap ? 'gap' : 'silence';
      this.up();
    });
  }

  #unwatch(): void {
    this.#cancelWatch?.();
    this.#cancelWatch = null;
    this.#watchesGap = false;
  }

  #enter(phase: StreamPhase): void {
    if (this.#phase === phase) return;
    this.#phase = phase;
    this.#options.onPhase(phase);
  }
}

const isWorthless = (asked: Asked): boolean =>
  asked.mode === 'unreadable' || (asked.mode === 'answered' && asked.answer.mode === 'reset');

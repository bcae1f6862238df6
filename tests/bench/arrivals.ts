import { msOfIso, nowMs } from './clock.ts';
import { type Quantiles, quantilesOf } from './statistics.ts';

/** Marks a comment of the bench by its number; the rest of the text is what people write. */
export const commentText = (number: number) =>
  `bench#${number}# I did the spring course. When Saturn’s rings came into focus, the whole dome went quiet.`;
const mark = Buffer.from('bench#');
const timeMark = Buffer.from('"at":"');

/** When a comment left its writer and when the writer had the answer. */
export interface Written {
  sentAt: number;
  answeredAt: number;
}

export interface DeliveryFigures {
  /** Milliseconds to each subscriber's receipt, from three moments. */
  fromSent: Quantiles;
  fromAnswer: Quantiles;
  fromAt: Quantiles;
  expected: number;
  lost: number;
  twice: number;
  /** Frames that are not comments: counters and presence. */
  otherFrames: number;
}

/** Who got which comment when. */
export class Arrivals {
  readonly #subscribers: number;
  readonly #times: Float64Array;
  readonly #copies: Uint8Array;
  readonly #at: Float64Array;
  #total = 0;
  #otherFrames = 0;

  constructor(subscribers: number, comments: number) {
    this.#subscribers = subscribers;
    this.#times = new Float64Array(subscribers * comments);
    this.#copies = new Uint8Array(subscribers * comments);
    this.#at = new Float64Array(comments);
  }

  /** An event as it came to a subscriber; only the first copy of a comment sets its time. */
  record(subscriber: number, packet: Buffer): void {
    const now = nowMs();
    const found = packet.indexOf(mark);
    if (found < 0) {
      this.#otherFrames++;
      return;
    }
    const number = Number.parseInt(packet.toString('latin1', found + mark.length, found + mark.length + 8), 10);
    const place = number * this.#subscribers + subscriber;
    this.#copies[place] = (this.#copies[place] ?? 0) + 1;
    this.#total++;
    if (this.#copies[place] === 1) this.#times[place] = now;
    if (this.#at[number] === 0) {
      const time = packet.indexOf(timeMark) + timeMark.length;
      this.#at[number] = msOfIso(packet.toString('latin1', time, time + 27));
    }
  }

  hasAll(comments: number): boolean {
    return this.#total >= comments * this.#subscribers;
  }

  /** Loss and doubles over all comments; times over those from `measuredFrom` on, the rest was to get warm. */
  figures(written: Written[], measuredFrom: number): DeliveryFigures {
    const size = (written.length - measuredFrom) * this.#subscribers;
    const [sent, answer, at] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
    let [filled, lost, twice] = [0, 0, 0];
    for (const [number, { sentAt, answeredAt }] of written.entries()) {
      for (let subscriber = 0; subscriber < this.#subscribers; subscriber++) {
        const place = number * this.#subscribers + subscriber;
        const copies = this.#copies[place] ?? 0;
        const time = this.#times[place] ?? 0;
        if (copies === 0) lost++;
        if (copies > 1) twice++;
        if (copies === 0 || number < measuredFrom) continue;
        sent[filled] = time - sentAt;
        answer[filled] = time - answeredAt;
        at[filled++] = time - (this.#at[number] ?? 0);
      }
    }
    const [fromSent, fromAnswer, fromAt] = [sent, answer, at].map((all) => quantilesOf(all.subarray(0, filled))) as [
      Quantiles,
      Quantiles,
      Quantiles,
    ];
    const expected = written.length * this.#subscribers;
    return { fromSent, fromAnswer, fromAt, expected, lost, twice, otherFrames: this.#otherFrames };
  }
}

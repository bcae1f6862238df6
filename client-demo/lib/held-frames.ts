import { type Frame, isLog } from './frames.ts';
import type { Verdict } from './position.ts';

const MOST = 2_000;

/** Frames that can't be applied yet. Beyond the most it keeps, the oldest go: the gap they leave is found and asked for. */
export class HeldFrames {
  #frames: Frame[] = [];

  get size(): number {
    return this.#frames.length;
  }

  add(frame: Frame): void {
    this.#frames.push(frame);
    if (this.#frames.length > MOST) this.#frames.splice(0, MOST / 2);
  }

  clear(): void {
    this.#frames = [];
  }

  /** After an answer: events of another epoch than its own are of no use any more. */
  keepEpoch(epoch: string): void {
    this.#frames = this.#frames.filter((frame) => !isLog(frame) || frame.epoch === epoch);
  }

  /** Log events in their order, then states: one pass applies all that can be applied, and the rest stays. */
  release(apply: (frame: Frame) => Verdict): void {
    if (this.#frames.length === 0) return;
    const logs = this.#frames.filter(isLog).sort((a, b) => a.seq - b.seq);
    const states = this.#frames.filter((frame) => !isLog(frame));
    this.#frames = [...logs, ...states].filter((frame) => apply(frame) === 'gap');
  }
}

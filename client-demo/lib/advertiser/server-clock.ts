/**
 * How far the server's clock is from ours. An answer that says when it was read was read between the moments of the
 * question and of the answer (Cristian's algorithm); of several, the one with the shortest way is nearest to the truth.
 */
export class ServerClock {
  #offsetMs = 0;
  #shortestMs = Number.POSITIVE_INFINITY;

  /** All in ms: what the server's clock said, and ours when we asked and when the answer was here. */
  learn(server: number, asked: number, answered: number): void {
    if (answered - asked > this.#shortestMs) return;
    this.#shortestMs = answered - asked;
    this.#offsetMs = server - (asked + answered) / 2;
  }

  /** How old what the server said at `server` is now. */
  age(server: number, now: number): number {
    return Math.max(0, now + this.#offsetMs - server);
  }
}

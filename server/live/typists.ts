const typingMs = 6_000;

/** Who is typing where: by stream, then by socket, until when. Times are in ms of one clock, the caller's. */
export class Typists {
  readonly #until = new Map<string, Map<string, number>>();

  /** How many streams it remembers something of. */
  get streams(): number {
    return this.#until.size;
  }

  typed(stream: string, socketId: string, now: number): void {
    const until = this.#until.get(stream) ?? new Map<string, number>();
    this.#until.set(stream, until.set(socketId, now + typingMs));
  }

  gone(socketId: string): void {
    for (const stream of this.#until.keys()) this.#drop(stream, (typist) => typist === socketId);
  }

  /** Also forgets whoever has stopped, everywhere. */
  forgetStopped(now: number): void {
    for (const stream of this.#until.keys()) this.#drop(stream, (_typist, end) => end < now);
  }

  in(stream: string): number {
    return this.#until.get(stream)?.size ?? 0;
  }

  #drop(stream: string, goes: (socketId: string, end: number) => boolean): void {
    const until = this.#until.get(stream);
    if (until === undefined) return;
    for (const [socketId, end] of until) if (goes(socketId, end)) until.delete(socketId);
    if (until.size === 0) this.#until.delete(stream);
  }
}

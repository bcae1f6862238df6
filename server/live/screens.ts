/** How many comments of one stream a socket is believed to show: far more than a page draws at once. */
const mostPerStream = 2_000;

type Shown = Map<string, Set<number>>;
type OnGone = (stream: string, comment: number) => void;

/**
 * Which comments this node's sockets show, as they say themselves. A socket that leaves the stream, or goes, shows
 * nothing of it any more. Numbers are what is asked for; who shows what is known to nobody else.
 */
export class Screens {
  readonly #bySocket = new Map<string, Shown>();
  readonly #counts = new Map<string, Map<number, number>>();
  readonly #onGone: OnGone;

  /** `onGone` hears of each screen that no longer shows a comment. */
  constructor(onGone: OnGone = () => {}) {
    this.#onGone = onGone;
  }

  /** How many sockets show the comment now. */
  count(stream: string, comment: number): number {
    return this.#counts.get(stream)?.get(comment) ?? 0;
  }

  /** Every comment that a socket shows in that stream, with how many do. */
  of(stream: string): ReadonlyMap<number, number> {
    return this.#counts.get(stream) ?? new Map();
  }

  get streams(): Iterable<string> {
    return this.#counts.keys();
  }

  /** What a socket drew and what it took off since it said so last. Beyond the bound it is believed no more. */
  rendered(socketId: string, stream: string, { shown, gone }: { shown: number[]; gone: number[] }): void {
    const streams = this.#bySocket.get(socketId) ?? new Map<string, Set<number>>();
    const comments = streams.get(stream) ?? new Set<number>();
    this.#bySocket.set(socketId, streams.set(stream, comments));
    for (const comment of shown) {
      if (comments.has(comment) || comments.size >= mostPerStream) continue;
      comments.add(comment);
      this.#add(stream, comment);
    }
    for (const comment of gone) if (comments.delete(comment)) this.#take(stream, comment);
    if (comments.size === 0) streams.delete(stream);
    if (streams.size === 0) this.#bySocket.delete(socketId);
  }

  left(socketId: string, stream: string): void {
    const streams = this.#bySocket.get(socketId);
    const comments = streams?.get(stream);
    if (streams === undefined || comments === undefined) return;
    streams.delete(stream);
    if (streams.size === 0) this.#bySocket.delete(socketId);
    for (const comment of comments) this.#take(stream, comment);
  }

  #add(stream: string, comment: number): void {
    const counts = this.#counts.get(stream) ?? new Map<number, number>();
    this.#counts.set(stream, counts.set(comment, (counts.get(comment) ?? 0) + 1));
  }

  #take(stream: string, comment: number): void {
    const counts = this.#counts.get(stream);
    const left = (counts?.get(comment) ?? 0) - 1;
    if (left > 0) counts?.set(comment, left);
    else counts?.delete(comment);
    if (counts?.size === 0) this.#counts.delete(stream);
    this.#onGone(stream, comment);
  }
}

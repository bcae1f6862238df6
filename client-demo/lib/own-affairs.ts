/**
 * What concerns the reader alone: what restricts them, and what became of what they wrote. The stream `user:{id}` says
 * when something changed; sanctions come with it, comments are read anew as their author sees them.
 *
 * The stream is never unsubscribed from here: other parts of the page follow it over the same connection.
 */

import { userStream } from '../../server/contract/live.ts';
import type { Sanction } from '../../server/contract/sanction.ts';
import type { Connection, ConnectionPhase } from './connection.ts';
import type { Clock } from './delay.ts';
import { createFollower } from './follower.ts';
import type { Frame } from './frames.ts';
import { codeOf } from './problem.ts';
import type { ThreadAccess } from './reading.ts';
import { Store } from './store.ts';
import type { Stream } from './stream.ts';

/** A notification may come before the answer to the write that caused it. */
const ABOUT_OWN = new Set(['comment_approved', 'comment_rejected', 'comment_restored', 'appeal_answered']);

export class OwnAffairs {
  /** Those in force here, the newest first. */
  readonly sanctions = new Store<readonly Sanction[]>([]);
  readonly #thread: ThreadAccess;
  readonly #connection: Connection;
  readonly #clock: Clock;
  #stream: Stream | null = null;
  #endListening: (() => void) | null = null;

  constructor(thread: ThreadAccess, { connection, clock }: { connection: Connection; clock: Clock }) {
    this.#thread = thread;
    this.#connection = connection;
    this.#clock = clock;
  }

  follow(userId: number): void {
    if (this.#stream !== null) return;
    const stream = createFollower({
      stream: userStream(userId),
      connection: this.#connection,
      clock: this.#clock,
      recall: 0,
      onFrame: (frame) => this.#hear(frame),
      onReset: () => {},
      onPhase: (phase) => phase === 'following' && void this.#readAll(),
    });
    this.#stream = stream;
    this.#endListening = this.#connection.listen({
      onPhase: (phase) => this.#onConnection(phase),
      onClosed: (name) => name === stream.name && stream.up(),
      onFrame: (frame) => frame.stream === stream.name && stream.receive(frame),
    });
    this.#onConnection(this.#connection.phase);
  }

  stop(): void {
    this.#endListening?.();
    this.#endListening = null;
    this.#stream?.down();
    this.#stream = null;
  }

  /** Reads a comment of ours anew. Without an answer it stays as it is until there is more news. */
  async refresh(id: number): Promise<void> {
    const { value } = await this.#thread.api.comment(id);
    if (value.campaignId === this.#thread.campaignId) this.#thread.dispatch({ kind: 'own', comments: [value] });
  }

  /** Null when it worked, else the code of the problem. */
  async appeal(id: number, text: string): Promise<string | null> {
    try {
      await this.#thread.api.appeal(id, text);
      await this.refresh(id).catch(() => {});
      return null;
    } catch (error) {
      return codeOf(error);
    }
  }

  async acknowledge(id: number): Promise<string | null> {
    try {
      const { value } = await this.#thread.api.acknowledge(id);
      this.#restrict(value);
      return null;
    } catch (error) {
      return codeOf(error);
    }
  }

  /** Something was refused because of a sanction that we have not heard of. */
  async readSanctions(): Promise<void> {
    const { value } = await this.#thread.api.mySanctions();
    this.sanctions.set(value.items.filter((one) => this.#holdsHere(one)));
  }

  async #readAll(): Promise<void> {
    const { api, campaignId, dispatch, get } = this.#thread;
    const sanctions = this.readSanctions();
    const comments = api.myComments().then(({ value }) => {
      const here = value.items.filter((one) => one.campaignId === campaignId);
      const read = new Set(here.map(({ id }) => id));
      dispatch({ kind: 'own', comments: here });
      return [...get().own.keys()].filter((id) => !read.has(id));
    });
    const [, older] = await Promise.allSettled([sanctions, comments]);
    if (older.status === 'fulfilled') for (const id of older.value) await this.refresh(id).catch(() => {});
  }

  #hear(frame: Frame): void {
    if (frame.name === 'sanction:changed') this.#restrict(frame.data);
    if (frame.name !== 'notification:created') return;
    const { kind, campaignId, commentId } = frame.data;
    const ours = campaignId === this.#thread.campaignId && ABOUT_OWN.has(kind);
    if (ours && commentId !== null) this.refresh(commentId).catch(() => {});
  }

  #restrict(sanction: Sanction): void {
    const others = this.sanctions.get().filter(({ id }) => id !== sanction.id);
    this.sanctions.set(this.#holdsHere(sanction) ? [sanction, ...others] : others);
  }

  #holdsHere({ inForce, campaignId }: Sanction): boolean {
    return inForce && (campaignId === null || campaignId === this.#thread.campaignId);
  }

  #onConnection(phase: ConnectionPhase): void {
    if (phase === 'up') this.#stream?.up();
    else this.#stream?.down();
  }
}

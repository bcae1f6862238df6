/**
 * The moderation desk as it stands: the counts of its queues and the screens as states of the stream `moderation`, one
 * queue as a list that its events keep true, and a count that grows whenever something else may read differently now.
 *
 * A page of the queue says at which position it is true. What came while it was on its way is kept, and what of that is
 * newer than the page is applied to it again.
 */
import type { z } from 'zod';
import { moderationStream, type Queue, type queuesSchema } from '../../../server/contract/desk.ts';
import type { RemovalData } from '../../../server/contract/live.ts';
import type { Connection, ConnectionPhase } from '../connection.ts';
import { type Clock, systemClock } from '../delay.ts';
import { createFollower } from '../follower.ts';
import { type Frame, isLog } from '../frames.ts';
import { LinkMonitor } from '../link.ts';
import { codeOf } from '../problem.ts';
import { Store } from '../store.ts';
import type { Stream } from '../stream.ts';
import type { DeskApi } from './desk-api.ts';
import {
  applyEvent,
  type DeskEvent,
  emptyList,
  firstPage,
  nextPage,
  type QueueList,
  type QueuePage,
  sweep,
} from './queue-list.ts';

export type Loading = { state: 'loading' } | { state: 'ready' } | { state: 'failed'; code: string };
type Page = QueuePage & { epoch: string; seq: number };

const KEPT_REMOVALS = 50;

export class LiveDesk {
  readonly loading = new Store<Loading>({ state: 'loading' });
  readonly queues = new Store<z.infer<typeof queuesSchema> | null>(null);
  readonly list: Store<QueueList>;
  /** How far removed comments are off the screens, the newest last. */
  readonly removals = new Store<ReadonlyMap<number, RemovalData>>(new Map());
  /** How many screens show a comment now, of those that some screen showed since. */
  readonly screens = new Store<ReadonlyMap<number, number>>(new Map());
  /** The last thing that happened. */
  readonly news = new Store<DeskEvent | null>(null);
  /** Grows whenever anything was decided, claimed or came. */
  readonly moves = new Store(0);
  /** How old the last change was when it was here, ms, by this machine's clock. */
  readonly delayMs = new Store<number | null>(null);
  readonly link: LinkMonitor;
  readonly api: DeskApi;
  readonly #connection: Connection;
  readonly #stream: Stream;
  readonly #movesOf = new Map<number, Store<number>>();
  #reading = 0;
  #meanwhile: DeskEvent[] = [];
  #turn = 0;
  #stop: (() => void) | null = null;

  constructor(options: { queue: Queue; api: DeskApi; connection: Connection; clock?: Clock }) {
    const { queue, api, connection, clock = systemClock } = options;
    this.api = api;
    this.#connection = connection;
    this.list = new Store(emptyList(queue));
    this.link = new LinkMonitor(clock);
    this.#stream = createFollower({
      stream: moderationStream,
      connection,
      clock,
      recall: 0,
      onFrame: (frame, isNew) => this.#take(frame, isNew),
      onReset: () => {
        void this.refresh();
        for (const id of this.#movesOf.keys()) this.touch(id);
      },
      onPhase: (phase) => this.link.stream(phase),
    });
  }

  start(): void {
    if (this.#stop !== null) return;
    const endListening = this.#connection.listen({
      onPhase: (phase) => this.#onConnection(phase),
      onClosed: (name) => name === moderationStream && this.#stream.up(),
      onFrame: (frame) => frame.stream === moderationStream && this.#stream.receive(frame),
    });
    const makeSure = () => {
      if (document.visibilityState === 'visible') this.#onConnection(this.#connection.phase);
    };
    document.addEventListener('visibilitychange', makeSure);
    this.#stop = () => {
      endListening();
      document.removeEventListener('visibilitychange', makeSure);
      this.#stream.down();
      this.#connection.unsubscribe(moderationStream);
    };
    void this.load();
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
  }

  /** The first reading; again when it failed. */
  load = async (): Promise<void> => {
    this.loading.set({ state: 'loading' });
    try {
      const [queues] = await Promise.all([this.api.queues(), this.#readFirst(this.list.get().queue)]);
      this.queues.set(this.queues.get() ?? queues);
      this.loading.set({ state: 'ready' });
      this.#onConnection(this.#connection.phase);
    } catch (error) {
      this.loading.set({ state: 'failed', code: codeOf(error) });
    }
  };

  /** Another queue, or the same one anew: with those that wait, and in the order of now. */
  show = async (queue: Queue): Promise<void> => {
    if (queue !== this.list.get().queue) this.list.set(emptyList(queue));
    this.loading.set({ state: 'loading' });
    await this.#readFirst(queue).then(
      () => this.loading.set({ state: 'ready' }),
      (error: unknown) => this.loading.set({ state: 'failed', code: codeOf(error) }),
    );
  };

  /** The same without a sign of it; when it fails, what is there stays. */
  refresh = (): Promise<void> => this.#readFirst(this.list.get().queue).catch(() => {});

  more = async (): Promise<void> => {
    const { queue, cursor } = this.list.get();
    if (cursor === null || this.#reading > 0) return;
    const turn = this.#turn;
    await this.#read(
      () => this.api.items(queue, cursor),
      (page) => (turn === this.#turn ? nextPage(this.list.get(), page) : this.list.get()),
    ).catch(() => {});
  };

  /** Grows whenever something happened to that comment. */
  movesOf(id: number): Store<number> {
    const known = this.#movesOf.get(id) ?? new Store(0);
    this.#movesOf.set(id, known);
    return known;
  }

  /** What is shown of a comment may read differently now. */
  touch(id: number): void {
    const moves = this.#movesOf.get(id);
    moves?.set(moves.get() + 1);
    this.moves.set(this.moves.get() + 1);
  }

  sweep(inHand: number | null): void {
    this.list.set(sweep(this.list.get(), inHand));
  }

  /** What an answer over HTTP tells before the stream does. */
  apply(event: Pick<DeskEvent, 'name' | 'data'>): void {
    this.list.set(applyEvent(this.list.get(), event as DeskEvent));
  }

  async #readFirst(queue: Queue): Promise<void> {
    const turn = ++this.#turn;
    await this.#read(
      () => this.api.items(queue),
      (page) => (turn === this.#turn ? firstPage(queue, page) : this.list.get()),
    );
  }

  async #read(ask: () => Promise<Page>, listWith: (page: Page) => QueueList): Promise<void> {
    this.#reading++;
    try {
      const page = await ask();
      const newer = this.#meanwhile.filter(({ epoch, seq }) => epoch === page.epoch && seq > page.seq);
      this.list.set(newer.reduce(applyEvent, listWith(page)));
    } finally {
      this.#reading--;
      if (this.#reading === 0) this.#meanwhile = [];
    }
  }

  #take(frame: Frame, isNew: boolean): void {
    if (isLog(frame)) {
      if (!frame.name.startsWith('moderation:')) return;
      const event = frame as DeskEvent;
      if (this.#reading > 0) this.#meanwhile.push(event);
      this.list.set(applyEvent(this.list.get(), event));
      this.touch(event.data.commentId);
      if (isNew) {
        this.news.set(event);
        this.delayMs.set(Math.max(0, Date.now() - Date.parse(event.at)));
      }
    } else if (frame.name === 'moderation:queues') this.queues.set(frame.data);
    else if (frame.name === 'moderation:removal') {
      const kept = [...this.removals.get()].filter(([id]) => id !== frame.data.commentId).slice(1 - KEPT_REMOVALS);
      this.removals.set(new Map([...kept, [frame.data.commentId, frame.data]]));
    } else if (frame.name === 'moderation:screens') {
      const nobody = [...this.screens.get().keys()].map((id): [number, number] => [id, 0]);
      const now = frame.data.items.map(({ commentId, screens }): [number, number] => [commentId, screens]);
      this.screens.set(new Map([...nobody, ...now]));
    }
  }

  #onConnection(phase: ConnectionPhase): void {
    this.link.connection(phase);
    if (this.#stop === null || this.loading.get().state !== 'ready') return;
    if (phase === 'up') this.#stream.up();
    else this.#stream.down();
  }
}

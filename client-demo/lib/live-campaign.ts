/**
 * A campaign and its discussion, alive: reads it, follows it, and carries out what the reader does. Whatever happens
 * goes through `reduce`; `state` is what is to be shown.
 */
import type { Campaign } from '../../server/contract/campaign.ts';
import type { Comment, FlagReason } from '../../server/contract/comment.ts';
import type { Api } from './api.ts';
import { Editor } from './changing.ts';
import type { Connection, ConnectionPhase } from './connection.ts';
import { type Clock, systemClock } from './delay.ts';
import { Drawn } from './drawn.ts';
import { LinkMonitor } from './link.ts';
import { OwnAffairs } from './own-affairs.ts';
import { Pager } from './paging.ts';
import { type Opened, openComment } from './permalink.ts';
import type { Verdict } from './position.ts';
import { Poster } from './posting.ts';
import { codeOf } from './problem.ts';
import { Reactor } from './reacting.ts';
import { readCampaign, readMine, readSnapshot, type ThreadAccess } from './reading.ts';
import type { Session } from './session.ts';
import { Sharing } from './sharing.ts';
import type { StreamPhase } from './sink.ts';
import { Store } from './store.ts';
import type { Stream } from './stream.ts';
import type { Message } from './thread/messages.ts';
import { reduce } from './thread/reduce.ts';
import { emptyThread, type ThreadState } from './thread/state.ts';
import { createThreadStream } from './thread-stream.ts';
import { Typing } from './typing.ts';

export interface LiveCampaignOptions {
  campaignId: number;
  api: Api;
  connection: Connection;
  session: Session;
  /** Something that the reader asked for did not work. */
  onFailure: (error: unknown) => void;
  /** What is known of the campaign already. */
  known: Campaign | null;
  clock?: Clock;
}

/** `failed` carries the code of the problem. */
export type Loading = { state: 'loading' } | { state: 'ready' } | { state: 'failed'; code: string };

/** Codes of refusals that a sanction is behind. */
const restrictions = new Set(['muted', 'suspended', 'banned', 'warning_unacknowledged']);
const MOST_REPLIED = 99;

export class LiveCampaign {
  readonly state = new Store<ThreadState>(emptyThread());
  readonly loading = new Store<Loading>({ state: 'loading' });
  /** How many comments of others have come since the page was opened. */
  readonly arrived = new Store(0);
  readonly link: LinkMonitor;
  readonly pager: Pager;
  readonly poster: Poster;
  readonly editor: Editor;
  readonly reactor: Reactor;
  readonly sharing: Sharing;
  readonly drawn: Drawn;
  readonly own: OwnAffairs;
  readonly typing: Typing;
  /** Counts how often a field was emptied by posting what was in it. */
  readonly emptied = new Store(0);
  /** Replies of others that came and may not have been seen, the oldest first. */
  readonly replied = new Store<readonly number[]>([]);
  readonly #options: LiveCampaignOptions;
  readonly #thread: ThreadAccess;
  readonly #stream: Stream;
  #following = true;
  #stop: (() => void) | null = null;

  constructor(options: LiveCampaignOptions) {
    const { campaignId, api, clock = systemClock, onFailure, known } = options;
    this.#options = options;
    if (known !== null) this.#dispatch({ kind: 'campaign', read: { campaign: known, seq: 0, since: 0 } });
    this.#thread = { campaignId, api, get: this.state.get, dispatch: (message) => this.#dispatch(message) };
    this.pager = new Pager(this.#thread, onFailure);
    this.own = new OwnAffairs(this.#thread, { connection: options.connection, clock });
    this.poster = new Poster(this.#thread, {
      onHeld: (id) => this.own.refresh(id),
      onRefused: (code) => restrictions.has(code) && void this.own.readSanctions().catch(() => {}),
    });
    this.editor = new Editor(this.#thread);
    this.reactor = new Reactor(this.#thread, onFailure);
    this.sharing = new Sharing(this.#thread, onFailure);
    this.link = new LinkMonitor(clock);
    this.drawn = new Drawn(clock, (rendered) => options.connection.rendered({ campaignId, ...rendered }));
    this.typing = new Typing(clock, async () => {
      const { connection } = options;
      return connection.phase === 'up' && connection.typing(campaignId);
    });
    this.#stream = createThreadStream({
      thread: this.#thread,
      connection: options.connection,
      clock,
      holds: () => !this.#showsAtOnce(),
      onArrival: (comment) => this.#onArrival(comment),
      onOwn: (id) => void this.own.refresh(id).catch(() => {}),
      onPhase: (phase) => this.#onStream(phase),
    });
  }

  /** Where anyone finds it. */
  get url(): string {
    return new URL(`/campaigns/${this.#options.campaignId}`, location.href).href;
  }

  /** Reads first and subscribes from the position read, so that nothing falls between the two. */
  start(): void {
    if (this.#stop !== null) return;
    const { connection } = this.#options;
    const endListening = connection.listen({
      onPhase: (phase) => this.#onConnection(phase),
      onClosed: (stream) => stream === this.#stream.name && this.#stream.up(), // asking tells why
      onFrame: (frame) => frame.stream === this.#stream.name && this.#stream.receive(frame),
    });
    const makeSure = () => {
      if (document.visibilityState === 'visible') this.#onConnection(connection.phase);
    };
    document.addEventListener('visibilitychange', makeSure);
    this.#stop = () => {
      endListening();
      document.removeEventListener('visibilitychange', makeSure);
      this.#stream.down();
      connection.unsubscribe(this.#stream.name);
    };
    void this.load();
  }

  stop(): void {
    this.own.stop();
    this.#stop?.();
    this.#stop = null;
  }

  /** The first reading; again when it failed. */
  load = async (): Promise<void> => {
    this.loading.set({ state: 'loading' });
    try {
      await this.#identify();
      if (this.state.get().campaign === null) {
        this.#dispatch({ kind: 'campaign', read: await readCampaign(this.#thread) });
      }
      if (this.state.get().position === null) this.#dispatch(await readSnapshot(this.#thread));
      this.loading.set({ state: 'ready' });
      this.#onConnection(this.#options.connection.phase);
      this.poster.restore();
    } catch (error) {
      this.loading.set({ state: 'failed', code: codeOf(error) });
    }
  };

  /** Reads what an address names, and shows it wherever it stands. */
  open(id: number): Promise<Opened> {
    return openComment(this.#thread, id);
  }

  /** Null when it worked, else the code of the problem. */
  report(id: number, reason: FlagReason, note: string): Promise<string | null> {
    const body = note === '' ? { reason } : { reason, note };
    return this.#options.api.flag(id, body).then(() => null, codeOf);
  }

  reveal(ids: readonly number[]): void {
    this.#dispatch({ kind: 'reveal', ids });
  }

  /** Whether the reader is where new comments arrive and has the hands free: then they are shown as they come. */
  setFollowing(following: boolean): void {
    this.#following = following;
    const { held } = this.state.get();
    if (held.size > 0 && this.#showsAtOnce()) this.reveal([...held]);
  }

  /** In another order than newest first, new comments belong to pages that are not loaded: they wait to be asked for. */
  #showsAtOnce(): boolean {
    const { sort, complete } = this.state.get().top;
    return this.#following && (sort === 'newest' || complete);
  }

  async #identify(): Promise<void> {
    const viewer = await this.#options.session.viewer();
    if (viewer === null) return;
    this.#dispatch({ kind: 'viewer', viewerId: viewer.id });
    if (this.#stop !== null) this.own.follow(viewer.id);
    // Nothing waits for this: without it the buttons don't know yet what was pressed on an earlier visit.
    readMine(this.#thread).then((keys) => this.#dispatch({ kind: 'mine', keys }), this.#options.onFailure);
  }

  #onArrival({ id, parentId }: Comment): void {
    this.arrived.set(this.arrived.get() + 1);
    if (parentId !== null) this.replied.set([...this.replied.get().slice(1 - MOST_REPLIED), id]);
  }

  #dispatch(message: Message): Verdict {
    const { state, verdict } = reduce(this.state.get(), message);
    this.state.set(state);
    return verdict;
  }

  #onConnection(phase: ConnectionPhase): void {
    this.link.connection(phase);
    if (this.#stop === null || this.state.get().position === null) return;
    if (phase === 'up') this.#stream.up();
    else this.#stream.down();
  }

  #onStream(phase: StreamPhase): void {
    this.link.stream(phase);
    if (phase === 'following') {
      this.drawn.up();
      this.poster.resume();
    } else this.drawn.down();
  }
}

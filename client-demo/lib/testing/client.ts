/** A client of a `World`: the real reducer and the real stream, over a line that loses, doubles and reorders. */
import type { CommentSort } from '../../../server/contract/comment.ts';
import { type Frame, isLog } from '../frames.ts';
import { Stream } from '../stream.ts';
import { orphanIn } from '../thread/ancestors.ts';
import type { Message } from '../thread/messages.ts';
import { reduce } from '../thread/reduce.ts';
import { isShown, shownReplies, shownTop, tallyOf } from '../thread/select.ts';
import { emptyThread, type ThreadState } from '../thread/state.ts';
import { FakeClock } from './fake-clock.ts';
import { type Act, STREAM, type World } from './world.ts';

export class Client {
  readonly clock: FakeClock;
  readonly stream: Stream;
  readonly #world: World;
  readonly #limits: { limit: number; previews: number };
  state: ThreadState = emptyThread(99);
  /** Sent, and not yet come. */
  line: Frame[] = [];
  /** Read, and not yet come. */
  answers: Message[] = [];
  connected = false;
  asked = 0;
  /** The oldest position that the server can still replay from. */
  oldest = 0;

  constructor(world: World, limits = { limit: 1_000, previews: 1_000 }) {
    this.#world = world;
    this.#limits = limits;
    this.clock = new FakeClock();
    this.stream = new Stream({
      stream: STREAM,
      clock: this.clock,
      onPhase: () => {},
      onDeaf: () => {},
      sink: {
        position: () => this.state.position,
        apply: (frame) => this.#apply(frame),
        snapshot: () => this.#snapshot(),
      },
      ask: ({ epoch, seq }) => this.#ask(epoch === undefined ? null : { epoch, seq: seq ?? 0 }),
    });
  }

  connect(): void {
    this.connected = true;
    this.stream.up();
  }

  cut(): void {
    this.connected = false;
    this.line = [];
    this.stream.down();
  }

  act(act: Act): void {
    const frames = this.#world.act(act);
    if (this.connected) this.line.push(...frames);
  }

  /** Lets the frame at `index` come through; what is before it is overtaken. */
  deliver(index: number, keep = false): void {
    const at = index % Math.max(1, this.line.length);
    const frame = this.line[at];
    if (frame === undefined) return;
    if (!keep) this.line.splice(at, 1);
    this.stream.receive(frame);
  }

  /** Only log events: a state that is lost while connected would be lost for good, and a socket does not do that. */
  lose(index: number): void {
    const at = index % Math.max(1, this.line.length);
    const frame = this.line[at];
    if (frame !== undefined && isLog(frame)) this.line.splice(at, 1);
  }

  /** Until nothing is on the line and nothing is missing. */
  async settle(ms = 60_000): Promise<void> {
    while (this.line.length > 0) this.deliver(0);
    await this.clock.pass(ms);
  }

  askMore(): void {
    const { sort, cursor } = this.state.top;
    if (cursor === null) return;
    const page = this.#world.page({ ...this.#limits, sort, cursor, since: this.state.tick });
    this.answers.push({ kind: 'older', sort, cursor, page });
  }

  askSort(sort: CommentSort): void {
    const page = this.#world.page({ ...this.#limits, sort, since: this.state.tick });
    this.answers.push({ kind: 'sorted', sort, page });
  }

  askReplies(parent: number): void {
    const cursor = this.state.branches.get(parent)?.cursor ?? null;
    const asked = { ...this.#limits, parent, sort: 'oldest' as const, since: this.state.tick };
    const page = this.#world.page({ ...asked, cursor: cursor ?? undefined });
    this.answers.push({ kind: 'replies', parentId: parent, cursor, page });
  }

  receiveAnswer(): void {
    const message = this.answers.shift();
    if (message !== undefined) this.state = reduce(this.state, message).state;
  }

  /** Everything there is, branch by branch. */
  loadAll(): void {
    while (this.answers.length > 0) this.receiveAnswer();
    for (; shownTop(this.state).more; this.receiveAnswer()) this.askMore();
    for (let open = this.openBranch(); open !== undefined; open = this.openBranch()) {
      this.askReplies(open);
      this.receiveAnswer();
    }
  }

  openBranch(): number | undefined {
    return [...this.state.comments.keys()].find((id) => isShown(this.state, id) && shownReplies(this.state, id).more);
  }

  async #ask(position: { epoch: string; seq: number } | null) {
    this.asked++;
    const answer = this.#world.answer(position, this.oldest);
    await Promise.resolve();
    return { mode: 'answered', answer } as const;
  }

  async #snapshot(): Promise<() => void> {
    const since = this.state.tick;
    const page = this.#world.page({ ...this.#limits, sort: this.state.top.sort, since });
    await Promise.resolve();
    const snapshot = {
      sort: this.state.top.sort,
      pages: [page],
      branches: new Map(),
      campaign: this.#world.read(since),
    };
    return () => {
      this.state = reduce(this.state, { kind: 'snapshot', snapshot }).state;
    };
  }

  #adopt(id: number): void {
    const { epoch = '', seq = 0 } = this.state.position ?? {};
    this.state = reduce(this.state, { kind: 'ancestors', comments: this.#world.ancestors(id), epoch, seq }).state;
  }

  #apply(frame: Frame) {
    const outcome = reduce(this.state, isLog(frame) ? { kind: 'log', frame, hold: false } : { kind: 'state', frame });
    const orphan = outcome.verdict === 'applied' && isLog(frame) ? orphanIn(outcome.state, frame) : null;
    this.state = outcome.state;
    if (orphan !== null) this.#adopt(orphan);
    return outcome.verdict;
  }
}

/** What is on the glass, as far as it is loaded: comments in their order with their texts and counts, and the counters. */
export function glass(state: ThreadState) {
  const { head, tail } = shownTop(state);
  return {
    name: state.campaign?.value.name,
    likes: state.counters.likes?.value,
    comments: state.counters.comments?.value,
    top: [...head, ...tail].map((id) => branchOn(state, id)),
  };
}

interface Branch {
  id: number;
  text: string | null | undefined;
  counts: number[];
  below: Branch[];
}

function branchOn(state: ThreadState, id: number): Branch {
  const { head, tail } = shownReplies(state, id);
  const counts = (['likes', 'replies', 'descendants'] as const).map((field) => tallyOf(state, id, field));
  const below = [...head, ...tail].map((reply) => branchOn(state, reply));
  return { id, text: isShown(state, id) ? state.comments.get(id)?.comment.text : undefined, counts, below };
}

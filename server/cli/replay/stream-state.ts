import type { Comment, CommentCountersData } from '../../contract/comment.ts';
import type { CountersData } from '../../contract/engagement.ts';
import type { LogFrame, StateFrame, SubscribeAnswer, SubscribeRequest } from '../../contract/live.ts';

interface Versioned<T> {
  version: number;
  data: T;
}

/**
 * What a client knows of one campaign stream, from nothing but what it receives: log events in order of seq, states by
 * version. It counts what must not happen, a missing event (gap) and one delivered twice (duplicate).
 */
export class StreamState {
  readonly stream: string;
  epoch: string | null = null;
  /** Everything up to here was applied. */
  seq = 0;
  gaps = 0;
  duplicates = 0;
  resets = 0;
  /** Comments as their last log event gave them. */
  readonly comments = new Map<number, Comment>();
  readonly commentCounters = new Map<number, Versioned<CommentCountersData>>();
  campaignCounters: Versioned<CountersData> | null = null;
  /** A subscribe is under way: what is missing comes in its answer, so what is ahead of us is not counted again. */
  #catchingUp = false;

  constructor(stream: string) {
    this.stream = stream;
  }

  /** From where to subscribe: the start of the stream at first, then our position. */
  request(): SubscribeRequest {
    this.#catchingUp = true;
    return this.epoch === null
      ? { stream: this.stream, seq: 0 }
      : { stream: this.stream, epoch: this.epoch, seq: this.seq };
  }

  /** Says whether all is well; false: ask again from the new `request()`. */
  onAnswer({ epoch, seq, mode, events, state }: SubscribeAnswer): boolean {
    this.#catchingUp = false;
    if (mode === 'reset') {
      this.#startOver();
      return false;
    }
    this.epoch = epoch;
    for (const event of events) if (event.seq > this.seq) this.#applyNext(event);
    for (const frame of state) this.#applyState(frame);
    if (this.seq >= seq) return true;
    this.gaps++;
    return false;
  }

  /** Says whether all is well; false: something is missing, subscribe again. */
  onEvent(event: LogFrame): boolean {
    if (this.#catchingUp || event.seq === this.seq + 1) {
      this.#applyNext(event);
      return true;
    }
    if (event.seq <= this.seq) this.duplicates++;
    else this.gaps++;
    return event.seq <= this.seq;
  }

  /** A frame's seq is the head of the stream when it was sent: beyond ours, an event was lost. Answers as onEvent. */
  onState(frame: StateFrame): boolean {
    this.#applyState(frame);
    if (frame.seq <= this.seq || this.#catchingUp) return true;
    this.gaps++;
    return false;
  }

  #applyNext(event: LogFrame): void {
    if (event.seq !== this.seq + 1) return;
    this.seq = event.seq;
    if (event.name.startsWith('comment:')) this.comments.set((event.data as Comment).id, event.data as Comment);
  }

  #applyState(frame: StateFrame): void {
    const { version } = frame;
    if (frame.name === 'campaign:counters') {
      if (version > (this.campaignCounters?.version ?? -1)) this.campaignCounters = { version, data: frame.data };
    } else if (frame.name === 'comment:counters') {
      const { commentId } = frame.data;
      const known = this.commentCounters.get(commentId)?.version ?? -1;
      if (version > known) this.commentCounters.set(commentId, { version, data: frame.data });
    }
  }

  /** The position is void: the stream is read again from its start. */
  #startOver(): void {
    this.resets++;
    this.epoch = null;
    this.seq = 0;
    this.comments.clear();
    this.commentCounters.clear();
    this.campaignCounters = null;
  }
}

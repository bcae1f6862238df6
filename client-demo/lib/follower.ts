/**
 * Follows a stream of which nothing is kept but its last events: what they are about is read over HTTP whenever one comes.
 *
 * A snapshot is the head of the stream together with the `recall` events before it, when the server still has them.
 */
import type { SubscribeRequest } from '../../server/contract/live.ts';
import type { Connection } from './connection.ts';
import type { Clock } from './delay.ts';
import { type Answer, type AnyLogFrame, type Frame, isLog } from './frames.ts';
import { admitLog, admitState, type Position } from './position.ts';
import { NoAnswerError } from './problem.ts';
import type { Asked, Sink, StreamPhase } from './sink.ts';
import { Stream } from './stream.ts';

export interface FollowerOptions {
  stream: string;
  connection: Connection;
  clock: Clock;
  recall: number;
  /** Whatever was applied; `isNew` is false for the events of a snapshot. */
  onFrame: (frame: Frame, isNew: boolean) => void;
  /** The events told so far are of another past: those of the snapshot follow. */
  onReset: () => void;
  onPhase: (phase: StreamPhase) => void;
}

export function createFollower(options: FollowerOptions): Stream {
  const { stream, connection, clock, onPhase } = options;
  const ask = (request: SubscribeRequest) => connection.subscribe(request);
  return new Stream({
    stream,
    sink: createSink(options, ask),
    ask,
    clock,
    onPhase,
    onDeaf: () => connection.recycle(),
  });
}

function createSink(options: FollowerOptions, ask: (request: SubscribeRequest) => Promise<Asked>): Sink {
  const { stream, recall, onFrame, onReset } = options;
  let position: Position | null = null;
  return {
    position: () => position,
    apply: (frame) => {
      const verdict = isLog(frame) ? admitLog(position, frame) : admitState(position, frame);
      if (verdict !== 'applied') return verdict;
      if (isLog(frame)) position = { epoch: frame.epoch, seq: frame.seq };
      onFrame(frame, true);
      return verdict;
    },
    snapshot: async () => {
      const head = await ask({ stream });
      if (head.mode === 'refused') return () => {}; // The stream asks itself, and hears why.
      if (head.mode !== 'answered') throw new NoAnswerError('The stream did not answer');
      const { events, answer } = await readPast(head.answer, ask, recall);
      return () => {
        position = { epoch: answer.epoch, seq: answer.seq };
        onReset();
        for (const event of events) onFrame(event, false);
        for (const state of answer.state) onFrame(state, false);
      };
    },
  };
}

async function readPast(
  head: Answer,
  ask: (request: SubscribeRequest) => Promise<Asked>,
  recall: number,
): Promise<{ events: AnyLogFrame[]; answer: Answer }> {
  const { stream, epoch, seq } = head;
  if (recall === 0 || seq === 0) return { events: [], answer: head };
  const past = await ask({ stream, epoch, seq: Math.max(0, seq - recall) });
  if (past.mode !== 'answered' || past.answer.mode !== 'replayed') return { events: [], answer: head };
  return { events: past.answer.events, answer: past.answer };
}

/** The stream of a campaign: what comes over the connection becomes messages of the thread. */
import type { Comment } from '../../server/contract/comment.ts';
import { campaignStream } from '../../server/contract/live.ts';
import type { Connection } from './connection.ts';
import type { Clock } from './delay.ts';
import { type Frame, isLog } from './frames.ts';
import type { Verdict } from './position.ts';
import { readAncestors, readSnapshot, type ThreadAccess } from './reading.ts';
import type { Sink, StreamPhase } from './sink.ts';
import { Stream } from './stream.ts';
import { orphanIn } from './thread/ancestors.ts';

export interface ThreadStreamOptions {
  thread: ThreadAccess;
  connection: Connection;
  clock: Clock;
  /** Whether a comment of somebody else is to wait until the reader asks for it. */
  holds: () => boolean;
  /** A comment of somebody else has come. */
  onArrival: (comment: Comment) => void;
  /** Something was done to a comment of our own by somebody else. */
  onOwn?: (id: number) => void;
  onPhase: (phase: StreamPhase) => void;
}

export function createThreadStream(options: ThreadStreamOptions): Stream {
  const { thread, connection, clock, onPhase } = options;
  return new Stream({
    stream: campaignStream(thread.campaignId),
    sink: createSink(options),
    ask: (request) => connection.subscribe(request),
    clock,
    onPhase,
    onDeaf: () => connection.recycle(),
  });
}

function createSink({ thread, holds, onArrival, onOwn }: ThreadStreamOptions): Sink {
  const { get, dispatch } = thread;
  const apply = (frame: Frame): Verdict => {
    if (!isLog(frame)) return dispatch({ kind: 'state', frame });
    const verdict = dispatch({ kind: 'log', frame, hold: holds() });
    if (verdict !== 'applied') return verdict;
    if (frame.name === 'comment:created' && frame.data.author.id !== get().viewerId) onArrival(frame.data);
    if (frame.name === 'comment:removed' && get().own.has(frame.data.id)) onOwn?.(frame.data.id);
    const orphan = orphanIn(get(), frame);
    // Without an answer the branch stays unseen until it is loaded again, as it was before.
    if (orphan !== null) readAncestors(thread, orphan).then(dispatch, () => {});
    return verdict;
  };
  const snapshot = async () => {
    const message = await readSnapshot(thread);
    return () => void dispatch(message);
  };
  return { position: () => get().position, apply, snapshot };
}

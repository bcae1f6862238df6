/** Where the stream of a campaign ends: its frames become messages of the thread. */
import { type Frame, isLog } from './frames.ts';
import type { Verdict } from './position.ts';
import { readAncestors, readSnapshot, type ThreadAccess } from './reading.ts';
import type { Sink } from './stream.ts';
import { orphanIn } from './thread/ancestors.ts';

export interface ThreadSinkOptions {
  thread: ThreadAccess;
  /** Whether a comment of somebody else is to wait until the reader asks for it. */
  holds: () => boolean;
  /** A comment of somebody else has come. */
  onArrival: () => void;
}

export function createThreadSink({ thread, holds, onArrival }: ThreadSinkOptions): Sink {
  const { get, dispatch } = thread;
  const apply = (frame: Frame): Verdict => {
    if (!isLog(frame)) return dispatch({ kind: 'state', frame });
    const verdict = dispatch({ kind: 'log', frame, hold: holds() });
    if (verdict !== 'applied') return verdict;
    if (frame.name === 'comment:created' && frame.data.author.id !== get().viewerId) onArrival();
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

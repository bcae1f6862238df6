import { io } from 'socket.io-client';
import { createApi } from '../../client-demo/lib/api.ts';
import { askOver } from '../../client-demo/lib/asking.ts';
import { systemClock } from '../../client-demo/lib/delay.ts';
import { type Frame, isLog, readFrame } from '../../client-demo/lib/frames.ts';
import { createHttp } from '../../client-demo/lib/http.ts';
import { readAncestors, readReplies, readSnapshot, type ThreadAccess } from '../../client-demo/lib/reading.ts';
import { Stream } from '../../client-demo/lib/stream.ts';
import { glass } from '../../client-demo/lib/testing/client.ts';
import { orphanIn } from '../../client-demo/lib/thread/ancestors.ts';
import { reduce } from '../../client-demo/lib/thread/reduce.ts';
import { isShown, shownReplies } from '../../client-demo/lib/thread/select.ts';
import { emptyThread } from '../../client-demo/lib/thread/state.ts';
import { campaignStream } from '../../server/contract/live.ts';
import { endWithFile } from '../support/ending.ts';

/** A reader of a campaign with the client's own stream, reader and reducer, on a socket of Node's. */
export async function readerOf(url: string, campaignId: number) {
  let state = emptyThread();
  const told = { snapshots: 0 };
  const thread: ThreadAccess = {
    campaignId,
    api: createApi(createHttp({ base: url })),
    get: () => state,
    dispatch(message) {
      const outcome = reduce(state, message);
      state = outcome.state;
      return outcome.verdict;
    },
  };
  const apply = (frame: Frame) => {
    if (!isLog(frame)) return thread.dispatch({ kind: 'state', frame });
    const verdict = thread.dispatch({ kind: 'log', frame, hold: false });
    const orphan = verdict === 'applied' ? orphanIn(state, frame) : null;
    if (orphan !== null) readAncestors(thread, orphan).then(thread.dispatch, () => {});
    return verdict;
  };
  const snapshot = async () => {
    const message = await readSnapshot(thread);
    told.snapshots++;
    return () => void thread.dispatch(message);
  };

  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 20,
    reconnectionDelayMax: 100,
  });
  endWithFile({ stop: () => socket.close() });
  const stream = new Stream({
    stream: campaignStream(campaignId),
    sink: { position: () => state.position, apply, snapshot },
    ask: (request) => askOver(socket, request),
    clock: systemClock,
    onPhase: (phase) => phase === 'following' && followed(),
    onDeaf: () => {},
  });
  let followed = () => {};
  const following = new Promise<void>((resolve) => {
    followed = resolve;
  });
  socket.onAny((name: string, payload: unknown) => {
    const frame = readFrame(name, payload);
    if (frame?.stream === stream.name) stream.receive(frame);
  });
  socket.on('connect', () => stream.up());
  socket.on('disconnect', () => stream.down());
  await following;
  const closedBranch = () =>
    [...state.comments.keys()].find((id) => isShown(state, id) && shownReplies(state, id).more);
  return {
    told,
    /** What is on the glass once every branch was opened. */
    async glass() {
      for (let id = closedBranch(); id !== undefined; id = closedBranch()) {
        const cursor = state.branches.get(id)?.cursor ?? null;
        const page = await readReplies(thread, id, { limit: 100, ...(cursor === null ? {} : { cursor }) });
        thread.dispatch({ kind: 'replies', parentId: id, cursor, page });
      }
      return glass(state);
    },
  };
}

/** What one sees who comes now. */
export async function freshGlass(url: string, campaignId: number) {
  return (await readerOf(url, campaignId)).glass();
}

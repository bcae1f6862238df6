/** The streams that a socket holds, looked at again when it or they may have changed. */
import { type ProblemCode, problems } from '../contract/errors.ts';
import type { AccessList } from '../platform/auth/access-list.ts';
import type { Principal } from '../platform/auth/principal.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { LiveSocket } from './live-socket.ts';
import type { Rooms } from './rooms.ts';
import type { Screens } from './screens.ts';
import { admitTo, type StreamKind } from './stream-kind.ts';

export interface HeldStreams {
  /** Rises with each recheck: what somebody may read that was found out before may no longer be so. */
  checks(): number;
  /** Whom the socket may read this stream for: nobody in particular while its user is barred, but for what is kept then. */
  reader(socket: LiveSocket, stream?: string): Principal | null;
  leave(socket: LiveSocket, stream: string): void;
  leaveAll(socket: LiveSocket): void;
  /** Leaves those of its streams that the socket may no longer read, and tells it so. */
  recheck(socket: LiveSocket): Promise<void>;
  /** The same for one stream and everybody who holds it. */
  recheckStream(sockets: Iterable<LiveSocket>, stream: string): Promise<void>;
}

interface HeldStreamsOptions {
  rooms: Rooms;
  screens: Screens;
  kinds: StreamKind[];
  access: Pick<AccessList, 'bars'>;
  metrics: Metrics;
}

export function createHeldStreams({ rooms, screens, kinds, access, metrics }: HeldStreamsOptions): HeldStreams {
  const isKept = (stream: string) => kinds.find(({ pattern }) => pattern.test(stream))?.keptWhenBarred ?? false;
  const reader = ({ data: { who } }: LiveSocket, stream?: string) =>
    who && access.bars(who.userId) && !(stream !== undefined && isKept(stream)) ? null : who;
  const leave = ({ id, data: { streams } }: LiveSocket, stream: string) => {
    const subscription = streams.get(stream);
    streams.delete(stream);
    screens.left(id, stream);
    if (subscription) rooms.leave(stream, subscription);
  };
  const close = (socket: LiveSocket, stream: string, code: ProblemCode) => {
    if (!socket.data.streams.has(stream)) return;
    leave(socket, stream);
    metrics.streamsClosed.inc({ code });
    socket.emit('stream:closed', { stream, code, message: problems[code].title });
  };
  // What can't be looked up is not shown: the client asks again, and is admitted when it can be.
  const admit = (stream: string, who: Principal | null) =>
    admitTo(kinds, stream, who).catch(() => 'unavailable' as const);

  let checks = 0;
  return {
    checks: () => checks,
    reader,
    leave,
    leaveAll(socket) {
      for (const stream of [...socket.data.streams.keys()]) leave(socket, stream);
    },
    // At once, and not when it is the socket's turn: it may have a long queue of its own making.
    async recheck(socket) {
      checks++;
      const judge = async (stream: string) => {
        const code = await admit(stream, reader(socket, stream));
        if (code) close(socket, stream, code);
      };
      await Promise.all([...socket.data.streams.keys()].map(judge));
    },
    async recheckStream(sockets, stream) {
      checks++;
      // Open to strangers, so to everybody: what nearly always is the case costs one question.
      if ((await admitTo(kinds, stream, null)) === null) return;
      const byRights = kinds.find(({ pattern }) => pattern.test(stream))?.byRights ?? false;
      const asked = new Map<string, Promise<ProblemCode | null>>();
      const judge = async (socket: LiveSocket) => {
        const who = reader(socket, stream);
        const key = groupOf(who, byRights);
        const answer = asked.get(key) ?? admit(stream, who);
        asked.set(key, answer);
        const code = await answer;
        if (code) close(socket, stream, code);
      };
      const holders = [...sockets].filter((socket) => socket.data.streams.has(stream));
      await Promise.all(holders.map(judge));
    },
  };
}

function groupOf(who: Principal | null, byRights: boolean): string {
  if (!who) return '';
  const rights = rightsOf(who);
  return byRights ? rights : `${who.userId} ${rights}`;
}

/** What of a person decides over streams, apart from who they are. */
export function rightsOf({ roles, advertiserId }: Principal): string {
  return `${[...roles].sort().join(',')} ${advertiserId}`;
}

/** Where tabs come in: each is brought to its person's socket, and let go when it is gone, however it went. */
import { type FromTab, TAKEN_EVERY, type ToTab } from './port-messages.ts';
import { SharedSocket, type Tab } from './shared-socket.ts';

/** A socket may hold a hundred streams, and a tab needs four at most. */
const TABS_A_SOCKET = 25;
/** Messages that a tab may leave untaken. */
const MOST_WAITING = 16 * TAKEN_EVERY;

export function createDoor(): (port: MessagePort) => void {
  const sockets = new Map<string, Set<SharedSocket>>();

  const socketFor = (url: string, person: string, auth: object): SharedSocket => {
    const key = `${url} ${person}`;
    const own = sockets.get(key) ?? new Set();
    sockets.set(key, own);
    for (const socket of own) if (socket.tabs < TABS_A_SOCKET) return socket;
    const socket = new SharedSocket({ url, auth, onEnd: () => own.delete(socket) });
    own.add(socket);
    return socket;
  };

  return (port) => {
    let socket: SharedSocket | null = null;
    let waiting = 0;
    const tab: Tab = {
      tell(message: ToTab) {
        if (waiting > MOST_WAITING) return;
        if (++waiting > MOST_WAITING) {
          port.postMessage({ told: 'disconnect' } satisfies ToTab);
          gone();
          return;
        }
        port.postMessage(message);
        if (message.told === 'disconnect' || message.told === 'connect_error') port.close();
      },
    };
    const gone = () => {
      const left = socket;
      socket = null;
      left?.leave(tab);
      port.close();
    };
    port.onmessage = ({ data: message }: MessageEvent<FromTab>) => {
      switch (message.do) {
        case 'connect':
          socket = socketFor(message.url, message.person, message.auth);
          socket.join(tab);
          // The lock is had when its tab is gone: closed, crashed or thrown out of memory.
          if (message.alive !== null) void navigator.locks.request(message.alive, gone);
          break;
        case 'ask': {
          const { id, name, payload } = message;
          socket?.ask(tab, name, payload, (answer) => tab.tell({ told: 'answer', id, answer }));
          break;
        }
        case 'took':
          waiting -= message.messages;
          break;
        case 'recycle':
          socket?.recycle();
          break;
        case 'leave':
          gone();
          break;
        default:
          message satisfies never;
      }
    };
  };
}

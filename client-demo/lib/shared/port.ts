/** A way to whoever keeps the socket: the browser's shared worker, or this page itself where there can be none. */

export interface OpenPort {
  port: MessagePort;
  /** The name of a lock that is held while this port is; null where whoever keeps the socket ends with this page. */
  alive: string | null;
  close(): void;
}

/** Without locks nobody would learn that a tab has crashed. */
export const canShare = (): boolean => typeof SharedWorker === 'function' && globalThis.navigator?.locks !== undefined;

/** `onBroken`: the worker can't be had. */
export async function openShared(onBroken: () => void): Promise<OpenPort> {
  const alive = `campaign-pulse:tab:${crypto.randomUUID()}`;
  const release = await hold(alive);
  const worker = new SharedWorker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'campaign-pulse' });
  worker.addEventListener('error', onBroken);
  const { port } = worker;
  return {
    port,
    alive,
    close() {
      release();
      port.close();
    },
  };
}

/** Loaded only where it is needed: the socket's library is no part of a page that shares. */
export async function openOwn(): Promise<OpenPort> {
  const { createDoor } = await import('./door.ts');
  const { port1: port, port2 } = new MessageChannel();
  createDoor()(port2);
  return { port, alive: null, close: () => port.close() };
}

/** Answers, when the lock is had, what gives it back. */
function hold(name: string): Promise<() => void> {
  return new Promise((had, refused) => {
    const held = () => new Promise<void>((release) => had(release));
    navigator.locks.request(name, held).catch(refused);
  });
}

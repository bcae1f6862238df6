/*
 * A TCP proxy that can misbehave: between a node and PostgreSQL or Redis, or as the balancer in front of nodes.
 *
 *   cut       every connection is reset, as when a cable is pulled on a machine that then answers again
 *   refuse    new connections are reset too
 *   hang      nothing passes any more, in old and in new connections, and nobody is told: a partition
 *   forget    what is open now stays silent for ever while new connections work: half-open TCP, as behind a NAT or a
 *             firewall that lost its table
 *   resume    ends hang and refuse; what waited in a hung connection then arrives. What was forgotten stays silent.
 *   cutForgotten   both ends of what was forgotten learn of it, as when the kernel gives up
 */
import net from 'node:net';

export interface TcpProxy {
  port: number;
  cut(): void;
  refuse(): void;
  hang(): void;
  forget(): void;
  resume(): void;
  cutForgotten(): void;
  /** How many connections pass bytes, or would if it did not hang. */
  open(): number;
  close(): Promise<void>;
}

interface Pair {
  client: net.Socket;
  server: net.Socket | null;
  forgotten: boolean;
}

type Mode = 'passing' | 'hanging' | 'refusing';

/** `ports` are asked at each connection, in that order: the first that takes it gets it. */
export async function startProxy(ports: () => number[]): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let mode: Mode = 'passing';

  const end = (pair: Pair) => {
    pairs.delete(pair);
    pair.client.resetAndDestroy();
    pair.server?.resetAndDestroy();
  };
  /** Passes everything on until one side ends. A silent pair hears of no end: its sockets are not read. */
  const join = (pair: Pair, server: net.Socket) => {
    pair.server = server;
    for (const [from, to] of [
      [pair.client, server],
      [server, pair.client],
    ] as const) {
      from.on('data', (bytes) => {
        if (!to.write(bytes)) from.pause();
      });
      to.on('drain', () => {
        if (passes(pair)) from.resume();
      });
      from.on('close', () => passes(pair) && end(pair));
    }
    setReading(pair);
  };
  const passes = (pair: Pick<Pair, 'forgotten'>) => mode !== 'hanging' && !pair.forgotten;
  const setReading = ({ client, server, ...pair }: Pair) => {
    // What a client says before it is joined would go nowhere.
    for (const socket of server ? [client, server] : []) {
      if (passes(pair)) socket.resume();
      else socket.pause();
    }
  };
  const reach = async (pair: Pair) => {
    for (const port of ports()) {
      const server = await connect(port);
      if (server === null) continue;
      if (pairs.has(pair)) return join(pair, server);
      return server.destroy();
    }
    end(pair);
  };

  const listener = net.createServer({ pauseOnConnect: true, noDelay: true }, (client) => {
    const pair: Pair = { client, server: null, forgotten: false };
    client.on('error', () => {}); // 'close' follows
    client.on('close', () => passes(pair) && end(pair));
    pairs.add(pair);
    if (mode === 'refusing') end(pair);
    else if (mode === 'passing') void reach(pair);
    else waiting.add(pair);
  });
  /** Came while it hung: they are connected on when it resumes. */
  const waiting = new Set<Pair>();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));

  return {
    port: (listener.address() as net.AddressInfo).port,
    cut: () => [...pairs].forEach(end),
    refuse() {
      mode = 'refusing';
      [...pairs].forEach(end);
    },
    hang() {
      mode = 'hanging';
      pairs.forEach(setReading);
    },
    forget() {
      for (const pair of pairs) {
        pair.forgotten = true;
        setReading(pair);
      }
    },
    resume() {
      mode = 'passing';
      pairs.forEach(setReading);
      for (const pair of waiting) void reach(pair);
      waiting.clear();
    },
    cutForgotten: () => [...pairs].filter((pair) => pair.forgotten).forEach(end),
    open: () => [...pairs].filter((pair) => !pair.forgotten).length,
    async close() {
      [...pairs].forEach(end);
      await new Promise<void>((resolve) => listener.close(() => resolve()));
    },
  };
}

function connect(port: number): Promise<net.Socket | null> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
    socket.on('error', () => resolve(null));
    socket.once('connect', () => {
      socket.pause();
      resolve(socket);
    });
  });
}

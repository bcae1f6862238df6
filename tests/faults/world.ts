/*
 * The world that faults happen to: PostgreSQL, Redis and nodes as real processes. A node reaches the other two through
 * lines of its own (proxies that can be cut and hung), and people reach nodes through doors, one for each node: a door
 * leads to its node while that takes connections, else to another, as a balancer does.
 */
import path from 'node:path';
import pg from 'pg';
import { freePort } from '../../server/platform/embedded/free-port.ts';
import { migrateUp } from '../../server/platform/migrate/migrate.ts';
import { secret } from '../support/app.ts';
import {
  type PostgresProcess,
  type ServerProcess,
  startPostgresProcess,
  startServerProcess,
} from '../support/processes.ts';
import { startRedis } from '../support/redis.ts';
import { startProxy, type TcpProxy } from './proxy.ts';
import type { Random } from './random.ts';

export interface Node {
  place: number;
  /** Where people enter. */
  door: TcpProxy;
  /** Its own address, past the door. */
  url: string;
  toPostgres: TcpProxy;
  toRedis: TcpProxy;
  pid(): number;
  signal(signal: NodeJS.Signals): void;
  /** Resolves with the exit code (null: killed) when it is gone. */
  ended(): Promise<number | null>;
  /** Again on its port, after it ended. */
  start(): Promise<void>;
  output(): string;
}

export interface World {
  nodes: Node[];
  postgres: PostgresProcess;
  /** Past every line. */
  sql(text: string): Promise<void>;
  redis: { kill(): Promise<void>; start(): Promise<void>; flush(): Promise<void> };
  /** The node that relays, and who does not. */
  leader(): Promise<Node>;
  follower(): Promise<Node>;
  random: Random;
  close(): Promise<void>;
}

const clockJump = path.join(import.meta.dirname, 'clock-jump.mjs');

export async function startWorld(random: Random, count = 2): Promise<World> {
  const postgres = await startPostgresProcess();
  await migrateUp(postgres.url);
  const redis = await startRedisAgain();
  const nodes: Node[] = [];
  const ports: number[] = [];
  for (let place = 0; place < count; place++) ports.push(await freePort());
  for (let place = 0; place < count; place++) {
    nodes.push(await startNode({ place, ports, postgresUrl: postgres.url, redisPort: redis.port }));
  }
  const isLeader = async ({ url }: Node) => /^pulse_relay_leader 1$/m.test(await textOf(`${url}/metrics`));
  const which = async (leads: boolean): Promise<Node> => {
    for (const end = Date.now() + 10_000; Date.now() < end; ) {
      const all = await Promise.all(nodes.map(isLeader));
      const found = nodes.find((_, place) => all[place] === leads);
      if (all.includes(true) && found) return found;
    }
    throw new Error('no node is the relay');
  };
  return {
    nodes,
    postgres,
    redis,
    random,
    sql: (text) => runPast(postgres.url, text),
    leader: () => which(true),
    follower: () => which(false),
    async close() {
      for (const node of nodes) node.signal('SIGCONT');
      for (const node of nodes) node.signal('SIGKILL');
      for (const node of nodes) await node.ended();
      for (const { door, toPostgres, toRedis } of nodes)
        await Promise.all([door, toPostgres, toRedis].map((p) => p.close()));
      await redis.kill();
      await postgres.remove();
    },
  };
}

interface NodeOptions {
  place: number;
  ports: number[];
  postgresUrl: string;
  redisPort: number;
}

async function startNode({ place, ports, postgresUrl, redisPort }: NodeOptions): Promise<Node> {
  const port = ports[place] ?? 0;
  const own = new URL(postgresUrl);
  const toPostgres = await startProxy(() => [Number(own.port)]);
  const toRedis = await startProxy(() => [redisPort]);
  const line = new URL(postgresUrl);
  line.port = String(toPostgres.port);
  const launch = () =>
    startServerProcess({
      databaseUrl: line.href,
      redisUrl: `redis://127.0.0.1:${toRedis.port}`,
      port,
      env: { JWT_SECRET: secret, CLOCK_JUMP_MS: '-600000', NODE_OPTIONS: `--import ${clockJump}` },
    });
  let server: ServerProcess = await launch();
  return {
    place,
    url: server.url,
    door: await startProxy(() => [port, ...ports.filter((other) => other !== port)]),
    toPostgres,
    toRedis,
    pid: () => server.pid,
    signal: (signal) => server.kill(signal),
    ended: async () => (await server.exited).code,
    async start() {
      server = await launch();
    },
    output: () => server.output(),
  };
}

async function startRedisAgain() {
  let redis = await startRedis();
  const { port } = redis;
  return {
    port,
    kill: () => redis.kill(),
    async start() {
      redis = await startRedis({ port });
    },
    flush: async () => {
      const { Redis } = await import('ioredis');
      const client = new Redis(port, '127.0.0.1');
      await client.flushall();
      client.disconnect();
    },
  };
}

async function runPast(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {}); // The query rejects too.
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** Nothing from a node that does not answer. */
const textOf = (url: string): Promise<string> =>
  fetch(url, { signal: AbortSignal.timeout(1_000) })
    .then((response) => response.text())
    .catch(() => '');

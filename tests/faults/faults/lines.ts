/* Connections that break, hang, or are half open, between a node and what it needs. */
import type { TcpProxy } from '../proxy.ts';
import type { Node, World } from '../world.ts';
import type { Begun, Fault } from './fault.ts';

type Line = (node: Node) => TcpProxy;
const toPostgres: Line = (node) => node.toPostgres;
const toRedis: Line = (node) => node.toRedis;

const hung = (nodes: Node[], line: Line) =>
  done(
    nodes,
    (node) => line(node).hang(),
    (node) => line(node).resume(),
  );

const cut = (nodes: Node[], line: Line) =>
  done(
    nodes,
    (node) => line(node).refuse(),
    (node) => line(node).resume(),
  );

/** Ends when the kernel gives the silent connections up, long after everybody has to have found other ways. */
const halfOpen = (nodes: Node[], line: Line) =>
  done(
    nodes,
    (node) => line(node).forget(),
    (node) => line(node).cutForgotten(),
  );

function done(nodes: Node[], act: (node: Node) => void, undo: (node: Node) => void): Begun {
  for (const node of nodes) act(node);
  return {
    hit: nodes.map(({ place }) => place),
    undo: async () => {
      for (const node of nodes) undo(node);
    },
  };
}

const leaderOf = async (world: World) => [await world.leader()];

const listeners = ['campaign-pulse listen', 'campaign-pulse leader', 'campaign-pulse%'];

export const lineFaults: Fault[] = [
  { name: 'hang-postgres', lasts: [6, 10], short: true, begin: async ({ nodes }) => hung(nodes, toPostgres) },
  { name: 'hang-redis', lasts: [11, 12], convergesWithin: 10, begin: async ({ nodes }) => hung(nodes, toRedis) },
  { name: 'hang-leaders-postgres', lasts: [6, 10], begin: async (world) => hung(await leaderOf(world), toPostgres) },
  {
    name: 'hang-leaders-redis',
    lasts: [11, 12],
    convergesWithin: 10,
    begin: async (world) => hung(await leaderOf(world), toRedis),
  },
  { name: 'cut-postgres', lasts: [0, 5], begin: async ({ nodes }) => cut(nodes, toPostgres) },
  { name: 'cut-redis', lasts: [0, 5], begin: async ({ nodes }) => cut(nodes, toRedis) },
  {
    name: 'half-open-postgres',
    lasts: [35, 40],
    convergesWithin: 15,
    begin: async (world) => halfOpen(await leaderOf(world), toPostgres),
  },
  {
    name: 'half-open-redis',
    lasts: [35, 40],
    convergesWithin: 15,
    begin: async ({ nodes }) => halfOpen(nodes, toRedis),
  },
  {
    name: 'terminate-listeners',
    lasts: [0, 1],
    async begin(world) {
      const name = world.random.of(listeners);
      const terminate = `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name like '${name}'`;
      await world.sql(terminate);
      return { hit: [], undo: () => world.sql(terminate) };
    },
  },
  {
    name: 'flush-redis',
    lasts: [0, 1],
    async begin({ redis }) {
      await redis.flush();
      return { hit: [], undo: () => redis.flush() };
    },
  },
];

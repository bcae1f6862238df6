import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { connectionsFor, connectionsOfNode } from './connection-budget.ts';

it('what is reckoned for a node covers the pools that it opens, its listener and its relay', () => {
  const app = readFileSync(new URL('../app.ts', import.meta.url), 'utf8');
  const opened = app.matchAll(/ open\('\w+', (\d+)|createStreamPool\(\{[^}]*?\bmax: (\d+)/g);
  const pools = [...opened].map(([, max, ofStreams]) => Number(max ?? ofStreams));
  expect(pools.length).toBeGreaterThanOrEqual(2);
  expect(pools.reduce((sum, max) => sum + max, 2)).toBeLessThanOrEqual(connectionsOfNode);
});

it('an embedded server has connections for all its workers, and some beside', () => {
  expect(connectionsFor(1)).toBe(100);
  expect(connectionsFor(8)).toBeGreaterThan(8 * connectionsOfNode);
});

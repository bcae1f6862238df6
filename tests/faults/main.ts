/*
 * npm run test:faults -- [--seed N] [--rounds N] [--only WORD,WORD]: all the faults, each so many times, in an order and at
 * moments that the seed decides. `npm test` plays a handful of them once.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { allFaults } from './all-faults.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    rounds: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    list: { type: 'boolean', default: false },
  },
});

if (values.list) console.log(allFaults.map(({ name }) => name).join('\n'));
else {
  const root = path.resolve(import.meta.dirname, '../..');
  const args = ['vitest', 'run', 'tests/faults/faults.live', '--project', 'system', '--disableConsoleIntercept'];
  const env = { ...process.env, SEED: values.seed, FAULTS_ROUNDS: values.rounds, FAULTS_ONLY: values.only };
  process.exit(spawnSync('npx', args, { cwd: root, env, stdio: 'inherit' }).status ?? 1);
}

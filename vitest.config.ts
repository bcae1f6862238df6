import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/sequencer.ts';

const folders = '{server,client-demo,tests}';
/** By its suffix a test says what it needs: Postgres; Postgres, Redis and sockets; Chromium. */
const needy = `${folders}/**/*.{db,live,browser}.test.{ts,tsx}`;

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: [`${folders}/**/*.test.{ts,tsx}`],
          exclude: [needy],
          isolate: false, // a process for each file costs more than its tests
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'system',
          include: [needy],
          globalSetup: ['tests/support/global-setup.ts'],
          setupFiles: ['tests/support/each-file.ts'],
          pool: 'forks',
          isolate: false, // the server is loaded once a worker and not once a file: a second of computing each
          maxWorkers: 3, // on two cores: much of the time is spent waiting for what has to happen by itself
          testTimeout: 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});

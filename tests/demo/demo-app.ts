import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { seedDemo } from '../../server/demo/seed-demo.ts';
import { createPool, endPool } from '../../server/platform/db.ts';
import { createLog } from '../../server/platform/log.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { filledTemplate, freshDatabase } from '../support/database.ts';
import { endWithFile } from '../support/ending.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let building: Promise<unknown> | undefined;
/** The pages as they are now, built once a worker. */
const build = () => {
  building ??= promisify(execFile)(process.execPath, ['--import', 'tsx', 'client-demo/build.ts'], { cwd: root });
  return building;
};

let seeding: Promise<string> | undefined;
/** A database with the demo campaigns, made once a worker: copying it takes 50 ms, filling one a second. */
const seeded = () => {
  seeding ??= filledTemplate(async (url) => {
    const pool = createPool({ url, name: 'demo', max: 1, log: createLog('silent') });
    await seedDemo(pool).finally(() => endPool(pool));
  });
  return seeding;
};

/** The application with the pages and with the demo campaigns, of which the one with the discussion is number 1. */
export async function startDemo(environment: NodeJS.ProcessEnv = {}): Promise<TestApp> {
  await build();
  return startSeeded(environment);
}

/** The same without pages. */
export async function startSeeded(environment: NodeJS.ProcessEnv = {}): Promise<TestApp> {
  const database = await freshDatabase(await seeded());
  endWithFile({ stop: database.drop });
  return startApp({ DEMO: '1', databaseUrl: database.url, ...environment });
}

/** Another person writes, without a browser. Answers the id of the comment. */
export async function write(app: TestApp, userId: number, text: string, parentId?: number): Promise<number> {
  const response = await fetch(`${app.url}/api/v1/campaigns/1/comments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await app.token(userId)}` },
    body: JSON.stringify({ text, parentId }),
  });
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  const { id } = (await response.json()) as { id: number };
  return id;
}

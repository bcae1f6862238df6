import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { seedDemo } from '../../server/demo/seed-demo.ts';
import { startApp, type TestApp } from '../support/app.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The application with the pages as they are now and with the demo campaign, which is number 1. */
export async function startDemo(environment: NodeJS.ProcessEnv = {}): Promise<TestApp> {
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'client-demo/build.ts'], { cwd: root });
  const app = await startApp({ DEMO: '1', ...environment });
  await seedDemo(app.pool);
  return app;
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

/** The only file that acts on import: configuration, database, application, signals, stop. */

import { type App, startApp } from './app.ts';
import type { Config } from './config.ts';
import { readConfig } from './config.ts';
import { createDatabase, type Database } from './database.ts';
import { seedDemo } from './demo/seed-demo.ts';
import { keptSecret } from './platform/auth/secret-file.ts';
import { createTokens } from './platform/auth/tokens.ts';
import { onStopSignal } from './platform/lifecycle.ts';
import { createLog } from './platform/log.ts';

const stopWithinMs = 25_000;

try {
  await run(readConfig(process.env));
} catch (error) {
  process.stderr.write(`${startFailure(error as NodeJS.ErrnoException)}\n`);
  process.exit(1);
}

async function run(config: Config): Promise<void> {
  const log = createLog(config.LOG_LEVEL);
  let database: Database | undefined;
  let app: App | undefined;
  const start = async () => {
    database = await createDatabase(config, log);
    const tokens = createTokens(await tokenSource(config));
    app = await startApp(config, { databaseUrl: database.url, tokens, log });
    if (config.demo) await seedDemo(app.pool);
  };
  const started = start();
  const stop = async () => {
    await started.catch(() => {});
    await app?.stop();
    await database?.stop();
  };
  // From the first moment: a stop that comes while we start lets the start finish and then undoes it.
  onStopSignal(log, stopWithinMs, stop);
  try {
    await started;
  } catch (error) {
    await stop();
    throw error;
  }
}

async function tokenSource(config: Config) {
  const { JWT_JWKS_URL: url, JWT_ISSUER: issuer = '', JWT_AUDIENCE: audience = '' } = config;
  if (url) return { kind: 'jwks' as const, url, issuer, audience };
  return { kind: 'secret' as const, secret: config.JWT_SECRET ?? (await keptSecret(config.DATA_DIR)) };
}

/** A sentence where the operator can do something about it, the whole stack where only we can. */
function startFailure(error: NodeJS.ErrnoException): string {
  const known = ['ConfigError', 'DataDirInUseError', 'EmbeddedPostgresError', 'MigrationRefused', 'MigrationFailed'];
  const { name, code = '', message, stack = message } = error;
  if (known.includes(name)) return message;
  if (code === 'EADDRINUSE') return `The port is taken (${message}): set PORT to another.`;
  const unreachable = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT', '28P01', '3D000'];
  return unreachable.includes(code) ? `The database of DATABASE_URL can not be used: ${message}` : stack;
}

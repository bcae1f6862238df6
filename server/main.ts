/** The only file that acts on import: configuration, database, application, signals, stop. */

import { type App, startApp } from './app.ts';
import type { Config } from './config.ts';
import { ConfigError, readConfig } from './config.ts';
import { createDatabase } from './database.ts';
import { seedDemo } from './demo/seed-demo.ts';
import { keptSecret } from './platform/auth/secret-file.ts';
import { createTokens } from './platform/auth/tokens.ts';
import { onStopSignal } from './platform/lifecycle.ts';
import { createLog } from './platform/log.ts';

const stopWithinMs = 25_000;

try {
  await run(readConfig(process.env));
} catch (error) {
  const { name, message, stack } = error as Error;
  const known = ['ConfigError', 'DataDirInUseError', 'EmbeddedPostgresError', 'MigrationRefused', 'MigrationFailed'];
  process.stderr.write(`${error instanceof ConfigError || known.includes(name) ? message : stack}\n`);
  process.exit(1);
}

async function run(config: Config): Promise<void> {
  const log = createLog(config.LOG_LEVEL);
  const database = await createDatabase(config, log);
  let app: App | undefined;
  const stop = async () => {
    await app?.stop();
    await database.stop();
  };
  try {
    const tokens = createTokens(await tokenSource(config));
    app = await startApp(config, { databaseUrl: database.url, tokens, log });
    if (config.demo) await seedDemo(app.pool);
  } catch (error) {
    await stop();
    throw error;
  }
  onStopSignal(log, stopWithinMs, stop);
}

async function tokenSource(config: Config) {
  const { JWT_JWKS_URL: url, JWT_ISSUER: issuer = '', JWT_AUDIENCE: audience = '' } = config;
  if (url) return { kind: 'jwks' as const, url, issuer, audience };
  return { kind: 'secret' as const, secret: config.JWT_SECRET ?? (await keptSecret(config.DATA_DIR)) };
}

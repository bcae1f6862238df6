import { type App, type AppParts, startApp as start } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { createTokens, type TokenClaims } from '../../server/platform/auth/tokens.ts';
import { createLog } from '../../server/platform/log.ts';
import { freshDatabase } from './database.ts';
import { endWithFile } from './ending.ts';

export const secret = 'a secret of the tests, not of anybody else';

export interface TestApp extends App {
  databaseUrl: string;
  /** A token for this user; `roles` is ['user'] unless the claims say otherwise. */
  token(userId: number, claims?: Partial<TokenClaims>, expiresIn?: string): Promise<string>;
}

/** Nobody asks readyz here but the test of it. */
const quick = { SHUTDOWN_DELAY_MS: '0' };

const tokens = createTokens({ kind: 'secret', secret });

export const token = (userId: number, claims: Partial<TokenClaims> = {}, expiresIn = '1h') =>
  tokens.sign?.({ sub: String(userId), roles: ['user'], ...claims }, expiresIn) ??
  Promise.reject(new Error('no secret'));

/**
 * The whole application in this process, on a free port and on a database of its own (or on `databaseUrl`), without rate
 * limits unless `RATE_LIMITS` says so. `parts` replaces what reaches beyond this machine.
 */
export async function startApp(
  environment: NodeJS.ProcessEnv & { databaseUrl?: string } = {},
  parts: Pick<AppParts, 'resolve'> = {},
): Promise<TestApp> {
  const { databaseUrl: given, ...rest } = environment;
  const database = given ? undefined : await freshDatabase();
  const databaseUrl = given ?? database?.url ?? '';
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    JWT_SECRET: secret,
    RATE_LIMITS: 'off',
    ...quick,
    ...rest,
  });
  const log = createLog(process.env.TEST_LOG ?? 'silent');
  const app = await start(config, { databaseUrl, tokens, log, ...parts });
  if (database) endWithFile({ stop: database.drop });
  endWithFile(app);
  return { ...app, databaseUrl, token };
}

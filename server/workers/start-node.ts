import { type App, startApp } from '../app.ts';
import type { Config } from '../config.ts';
import { keptSecret } from '../platform/auth/secret-file.ts';
import { createTokens } from '../platform/auth/tokens.ts';
import type { Log } from '../platform/log.ts';

/** One node: the whole application on a database that is up to date. */
export async function startNode(config: Config, databaseUrl: string, log: Log): Promise<App> {
  const tokens = createTokens(await tokenSource(config));
  return startApp(config, { databaseUrl, tokens, log });
}

/** What signs the tokens of a server without a key set: configured, else made once and kept. */
export const secretOf = async (config: Config): Promise<string> =>
  config.JWT_SECRET ?? (await keptSecret(config.DATA_DIR));

async function tokenSource(config: Config) {
  const { JWT_JWKS_URL: url, JWT_ISSUER: issuer = '', JWT_AUDIENCE: audience = '' } = config;
  if (url) return { kind: 'jwks' as const, url, issuer, audience };
  return { kind: 'secret' as const, secret: await secretOf(config) };
}

import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { policySchema } from './platform/rate-limit/policy.ts';

const flag = z
  .enum(['1', '0', 'true', 'false', 'on', 'off'])
  .transform((value) => value === '1' || value === 'true' || value === 'on');
const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'has to be a whole number')
    .transform(Number)
    .pipe(z.int().min(min).max(max));
const urlWith = (...protocols: string[]) =>
  z.string().refine(
    (value) => {
      try {
        return protocols.includes(new URL(value).protocol);
      } catch {
        return false;
      }
    },
    `has to be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  );
const postgresUrl = urlWith('postgres:', 'postgresql:');

/** Every environment variable the server reads, with its default. README.md carries the same table for people. */
export const environmentSchema = z.object({
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: z.string().min(1).default('0.0.0.0'),
  WORKERS: wholeNumber(1, 128).default(1),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_LISTEN_URL: postgresUrl.optional(),
  REDIS_URL: urlWith('redis:', 'rediss:').optional(),
  JWT_SECRET: z.string().min(16, 'has to have at least 16 characters').optional(),
  JWT_JWKS_URL: urlWith('https:', 'http:').optional(),
  JWT_ISSUER: z.string().min(1).optional(),
  JWT_AUDIENCE: z.string().min(1).optional(),
  DEMO: flag.optional(),
  MIGRATE: z.enum(['on', 'off']).default('on'),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  CORS_ORIGINS: z
    .string()
    .transform((list) =>
      list
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    )
    .refine((origins) => origins.every(isOrigin), 'has to be a comma list of origins such as https://example.org')
    .default([]),
  TRUST_PROXY: z
    .string()
    .refine(
      (list) => list.split(',').every(namesProxies),
      'has to be a number of proxies, or their addresses or networks',
    )
    .default(''),
  DATA_DIR: z.string().min(1).default('.data'),
  EVENT_WINDOW_HOURS: wholeNumber(1, 24 * 365).default(24),
  WRITE_QUEUE: wholeNumber(1, 1_000_000).default(10_000),
  EDIT_WINDOW_SECONDS: wholeNumber(0, 86_400 * 365).default(300),
  AUTOMOD: z.enum(['on', 'shadow', 'off']).default('on'),
  NEW_FLAGGER_HOURS: wholeNumber(0, 24 * 365).optional(),
  RATE_LIMITS: z.enum(['on', 'off']).default('on'),
  RATE_LIMIT_COMMENTS: policySchema.prefault('1/3s+4/m'),
  RATE_LIMIT_EDITS: policySchema.prefault('10/s'),
  RATE_LIMIT_REACTIONS: policySchema.prefault('10/s'),
  RATE_LIMIT_FLAGS: policySchema.prefault('20/d'),
  RATE_LIMIT_NOTICES: policySchema.prefault('10/h'),
  RATE_LIMIT_MESSAGES: policySchema.prefault('100/s+1000/m'),
  RATE_LIMIT_SUBSCRIBES: policySchema.prefault('50/s+500/m'),
  SOCKETS_PER_ADDRESS: wholeNumber(1, 1_000_000).default(1_000),
  SOCKETS_PER_USER: wholeNumber(1, 1_000_000).default(100),
  HANDSHAKE_TIMEOUT_MS: wholeNumber(100, 60_000).default(10_000),
  SHUTDOWN_DELAY_MS: wholeNumber(0, 600_000).default(1_000),
  EXPORT_IDLE_MS: wholeNumber(100, 600_000).default(30_000),
  WEBHOOK_ALLOW_PRIVATE: flag.default(false),
  WEBHOOK_TIMEOUT_MS: wholeNumber(100, 60_000).default(15_000),
  AUDIT_INTERVAL_MS: wholeNumber(10, 86_400_000).default(5_000),
});

export type Config = z.infer<typeof environmentSchema> & {
  /** Demo data and demo sign-in: on by itself only when nothing else says where data or identities come from. */
  demo: boolean;
  /** Users whose first row is younger are new: flags of theirs alone hide nothing. In a demo everybody is, so nobody. */
  newFlaggerHours: number;
};

export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** The environment with what the command line says laid over it: `--workers N` is WORKERS=N. */
export function withArguments(environment: NodeJS.ProcessEnv, args: string[]): NodeJS.ProcessEnv {
  try {
    const { workers } = parseArgs({ args, options: { workers: { type: 'string' } } }).values;
    return workers === undefined ? environment : { ...environment, WORKERS: workers === '' ? '0' : workers };
  } catch (error) {
    const { message } = error as Error;
    throw new ConfigError(`The command line can not be read (there is --workers N, nothing else): ${message}`);
  }
}

/** Reads the environment. Every problem is in the one error it throws. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  faults.push(...crossFaults(given));
  if (!parsed.success || faults.length > 0) {
    throw new ConfigError(`The configuration has ${faults.length} problem(s):\n  ${faults.join('\n  ')}`);
  }
  const nothingElse = !given.DATABASE_URL && !given.REDIS_URL && !given.JWT_SECRET && !given.JWT_JWKS_URL;
  const demo = parsed.data.DEMO ?? nothingElse;
  return { ...parsed.data, demo, newFlaggerHours: parsed.data.NEW_FLAGGER_HOURS ?? (demo ? 0 : 24) };
}

function namesProxies(part: string): boolean {
  const [address = '', bits = '0'] = part.trim().split('/');
  const known = ['', 'loopback', 'linklocal', 'uniquelocal'].includes(address) || /^\d{1,3}$/.test(address);
  return known || (isIP(address) !== 0 && /^\d{1,3}$/.test(bits));
}

function isOrigin(value: string): boolean {
  try {
    return new URL(value).origin === value;
  } catch {
    return false;
  }
}

function crossFaults(given: Record<string, string | undefined>): string[] {
  const faults: string[] = [];
  if (given.JWT_SECRET && given.JWT_JWKS_URL) {
    faults.push('JWT_SECRET, JWT_JWKS_URL: set one of them, not both');
  }
  if (given.WORKERS && /^\d+$/.test(given.WORKERS) && Number(given.WORKERS) > 1 && !given.REDIS_URL) {
    faults.push('WORKERS, REDIS_URL: several workers need a Redis between them, so set REDIS_URL too');
  }
  if (given.JWT_JWKS_URL && !(given.JWT_ISSUER && given.JWT_AUDIENCE)) {
    faults.push('JWT_JWKS_URL: needs JWT_ISSUER and JWT_AUDIENCE beside it');
  }
  if (/^http:/i.test(given.JWT_JWKS_URL ?? '') && !isLoopback(given.JWT_JWKS_URL ?? '')) {
    faults.push('JWT_JWKS_URL: has to be https, except on loopback');
  }
  return faults;
}

function isLoopback(url: string): boolean {
  try {
    const { hostname } = new URL(url);
    return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
  } catch {
    return false;
  }
}

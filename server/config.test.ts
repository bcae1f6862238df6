import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, withArguments } from './config.ts';

const keys = { JWT_ISSUER: 'https://issuer.example', JWT_AUDIENCE: 'pulse' };

/** The lines of the one error that this environment gives. */
function problemsOf(environment: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    const [first, ...lines] = (error as Error).message.split('\n');
    expect(first).toBe(`The configuration has ${lines.length} problem(s):`);
    return lines.map((line) => line.trim());
  }
  return [];
}

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      PORT: 3000,
      HOST: '0.0.0.0',
      WORKERS: 1,
      MIGRATE: 'on',
      LOG_LEVEL: 'info',
      CORS_ORIGINS: [],
      TRUST_PROXY: '',
      DATA_DIR: '.data',
      EVENT_WINDOW_HOURS: 24,
      WRITE_QUEUE: 10_000,
      RATE_LIMITS: 'on',
      RATE_LIMIT_COMMENTS: { rate: { points: 1, seconds: 3 }, burst: { points: 4, seconds: 60 } },
      RATE_LIMIT_EDITS: { rate: { points: 10, seconds: 1 }, burst: null },
      RATE_LIMIT_REACTIONS: { rate: { points: 10, seconds: 1 }, burst: null },
      RATE_LIMIT_FLAGS: { rate: { points: 20, seconds: 86_400 }, burst: null },
      RATE_LIMIT_NOTICES: { rate: { points: 10, seconds: 3_600 }, burst: null },
      RATE_LIMIT_MESSAGES: { rate: { points: 100, seconds: 1 }, burst: { points: 1_000, seconds: 60 } },
      RATE_LIMIT_SUBSCRIBES: { rate: { points: 50, seconds: 1 }, burst: { points: 500, seconds: 60 } },
      SOCKETS_PER_ADDRESS: 1_000,
      SOCKETS_PER_USER: 100,
      HANDSHAKE_TIMEOUT_MS: 10_000,
      AUDIT_INTERVAL_MS: 5_000,
      WEBHOOK_ALLOW_PRIVATE: false,
      WEBHOOK_TIMEOUT_MS: 15_000,
      SHUTDOWN_DELAY_MS: 1_000,
      EXPORT_IDLE_MS: 30_000,
      EDIT_WINDOW_SECONDS: 300,
      AUTOMOD: 'on',
      newFlaggerHours: 0,
      demo: true,
    });
  });

  it('takes what the environment says; an empty value says nothing, and what it does not know it leaves alone', () => {
    const config = readConfig({
      ...{
        PORT: '0',
        HOST: '127.0.0.1',
        DATABASE_URL: 'postgres://u:p@db/x',
        DATABASE_LISTEN_URL: '',
        REDIS_URL: 'rediss://r',
      },
      ...{
        JWT_SECRET: 'a secret of sixteen',
        CORS_ORIGINS: ' https://a.example, ,https://b.example ',
      },
      ...{ EVENT_WINDOW_HOURS: '48', HOME: '/root', JWT_ISSUER: '', DATA_DIR: '' },
    });
    expect(config).toMatchObject({
      PORT: 0,
      HOST: '127.0.0.1',
      DATABASE_URL: 'postgres://u:p@db/x',
      REDIS_URL: 'rediss://r',
    });
    expect(config).toMatchObject({ EVENT_WINDOW_HOURS: 48, DATA_DIR: '.data', demo: false });
    expect(config.CORS_ORIGINS).toEqual(['https://a.example', 'https://b.example']);
    expect(['DATABASE_LISTEN_URL', 'JWT_ISSUER', 'HOME'].filter((name) => name in config)).toEqual([]);
  });

  it('names every problem in one message, each with its variable', () => {
    const problems = problemsOf({
      ...{
        PORT: 'http',
        HOST: '',
        DATABASE_URL: 'mysql://db',
        DATABASE_LISTEN_URL: 'db:5432',
        REDIS_URL: 'localhost:6379',
      },
      ...{
        JWT_SECRET: 'short',
        JWT_JWKS_URL: 'http://keys.example/jwks',
        DEMO: 'yes',
        MIGRATE: 'maybe',
      },
      ...{ LOG_LEVEL: 'loud', EVENT_WINDOW_HOURS: '0', WRITE_QUEUE: '-1' },
      ...{ RATE_LIMITS: 'some', RATE_LIMIT_COMMENTS: 'few', RATE_LIMIT_FLAGS: '20' },
    });
    expect(problems.map((line) => line.split(':')[0]).sort()).toEqual([
      'DATABASE_LISTEN_URL',
      'DATABASE_URL',
      'DEMO',
      'EVENT_WINDOW_HOURS',
      'JWT_JWKS_URL', // needs issuer and audience
      'JWT_JWKS_URL', // is not https
      'JWT_SECRET',
      'JWT_SECRET, JWT_JWKS_URL',
      'LOG_LEVEL',
      'MIGRATE',
      'PORT',
      'RATE_LIMITS',
      'RATE_LIMIT_COMMENTS',
      'RATE_LIMIT_FLAGS',
      'REDIS_URL',
      'WRITE_QUEUE',
    ]);
  });

  it.each(['65536', '-1', '3000.5', '0x10', ' 3000', '1e3', '99999999999'])('refuses %j as a port', (PORT) => {
    expect(problemsOf({ PORT })).toEqual([expect.stringMatching(/^PORT: /)]);
  });

  it.each([
    ['http://localhost:8080/jwks', []],
    ['http://127.0.0.1/jwks', []],
    ['http://127.9.9.9/jwks', []],
    ['http://[::1]:8080/jwks', []],
    ['https://keys.example/jwks', []],
    ['http://127.0.0.1.example/jwks', ['JWT_JWKS_URL: has to be https, except on loopback']],
    ['http://localhost.example/jwks', ['JWT_JWKS_URL: has to be https, except on loopback']],
    ['http://10.0.0.1/jwks', ['JWT_JWKS_URL: has to be https, except on loopback']],
  ])('a key set at %s has to be safe from being changed on its way', (JWT_JWKS_URL, problems) => {
    expect(problemsOf({ ...keys, JWT_JWKS_URL })).toEqual(problems);
  });

  it('a key set at HTTP://, in capitals, is no safer', () => {
    expect(problemsOf({ ...keys, JWT_JWKS_URL: 'HTTP://keys.example/jwks' })).toHaveLength(1);
  });

  it.each([
    [{}, true],
    [{ DEMO: '0' }, false],
    [{ PORT: '8080', LOG_LEVEL: 'warn' }, true],
    [{ DATABASE_URL: 'postgres://db/x' }, false],
    [{ REDIS_URL: 'redis://r' }, false],
    [{ JWT_SECRET: 'a secret of sixteen' }, false],
    [{ ...keys, JWT_JWKS_URL: 'https://keys.example/jwks' }, false],
    [{ DATABASE_URL: 'postgres://db/x', DEMO: '1' }, true],
    [{ DATABASE_URL: '' }, true],
  ])('%j: demo is %j', (environment, demo) => {
    expect(readConfig(environment).demo).toBe(demo);
  });

  it.each(['0', '-1', '129', '2.5', 'two', ' 2'])('refuses %j as a number of workers', (WORKERS) => {
    expect(problemsOf({ WORKERS, REDIS_URL: 'redis://r' })).toEqual([expect.stringMatching(/^WORKERS: /)]);
  });

  it('several workers need a Redis, and the sentence names both variables; one needs none', () => {
    expect(problemsOf({ WORKERS: '2' })).toEqual([expect.stringMatching(/^WORKERS, REDIS_URL: .+ so set REDIS_URL/)]);
    expect(problemsOf({ WORKERS: '2', REDIS_URL: 'redis://r' })).toEqual([]);
    expect(problemsOf({ WORKERS: '1' })).toEqual([]);
  });

  it('--workers N on the command line is WORKERS=N and wins over it; anything else there is refused', () => {
    expect(withArguments({ WORKERS: '2' }, ['--workers', '3'])).toEqual({ WORKERS: '3' });
    expect(withArguments({ WORKERS: '2' }, [])).toEqual({ WORKERS: '2' });
    expect(withArguments({}, ['--workers=4'])).toEqual({ WORKERS: '4' });
    expect(problemsOf(withArguments({}, ['--workers=']))).toEqual([expect.stringMatching(/^WORKERS: /)]);
    for (const args of [['--workers'], ['--worker', '2'], ['2']]) {
      expect(() => withArguments({}, args)).toThrow(ConfigError);
    }
  });
});

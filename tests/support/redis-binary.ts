import { systemProgram } from './system-program.ts';

/** Only the program is wanted: whether or not the package starts its service, the tests run a server of their own. */
export const redisBinary = (): string =>
  systemProgram({
    names: ['redis-server', 'valkey-server'],
    debianPackage: 'redis-server',
    advice:
      'The tests need a Redis: install redis-server or valkey-server (Debian: apt-get install -y redis-server; ' +
      'macOS: brew install redis), or set REDIS_URL to one whose contents may be lost',
  });

import fs from 'node:fs';
import { freePort } from '../../server/platform/embedded/free-port.ts';
import { startChild } from './child.ts';
import { redisBinary } from './redis-binary.ts';
import { scratchDirectory } from './scratch.ts';

export type Redis = {
  url: string;
  port: number;
  /** kill -9; resolves when it is gone. Start it again with `startRedis({port})`. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

const READY_WITHIN = 10_000;

/** A Redis of the test's own, empty and keeping nothing on disk, on `port` or a free one of 127.0.0.1. */
export async function startRedis(options: { port?: number } = {}): Promise<Redis> {
  const program = redisBinary();
  const directory = scratchDirectory('redis');
  const remove = () => fs.rmSync(directory, { recursive: true, force: true });
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    const flags = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      directory,
    ];
    const child = startChild(program, flags, {});
    const end = async (signal: NodeJS.Signals) => {
      child.kill(signal);
      await child.exited;
      remove();
    };
    try {
      await child.line(/Ready to accept connections/i, READY_WITHIN);
    } catch (error) {
      await end('SIGKILL');
      const taken = options.port === undefined && /Address already in use/i.test(child.output());
      if (!taken || attempt === 5) throw error;
      fs.mkdirSync(directory, { recursive: true });
      continue;
    }
    const stop = () => end('SIGTERM');
    return { url: `redis://127.0.0.1:${port}`, port, kill: () => end('SIGKILL'), stop, [Symbol.asyncDispose]: stop };
  }
}

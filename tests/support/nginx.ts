import fs from 'node:fs';
import path from 'node:path';
import { freePort } from '../../server/platform/embedded/free-port.ts';
import { startChild } from './child.ts';
import { eventually } from './poll.ts';
import { root } from './processes.ts';
import { scratchDirectory } from './scratch.ts';
import { systemProgram } from './system-program.ts';

export type Nginx = { url: string; output(): string; stop(): Promise<void>; [Symbol.asyncDispose](): Promise<void> };

const nginxBinary = (): string =>
  systemProgram({
    names: ['nginx', '/usr/sbin/nginx'],
    debianPackage: 'nginx',
    versionFlag: '-v',
    advice: 'The tests need an nginx: install it (Debian: apt-get install -y nginx; macOS: brew install nginx)',
  });

/**
 * The proxy of docker-compose.yml: the same configuration file, in a directory where other nodes and another port stand
 * beside it. In one process, because a master that is killed leaves its workers behind, listening.
 */
export async function startNginx(nodes: string[]): Promise<Nginx> {
  const directory = scratchDirectory('nginx');
  const port = await freePort();
  fs.symlinkSync(path.join(root, 'server/deploy/nginx.conf'), path.join(directory, 'nginx.conf'));
  const lines = nodes.map((node) => `server ${new URL(node).host} max_fails=1 fail_timeout=1s;\n`);
  fs.writeFileSync(path.join(directory, 'nodes.conf'), lines.join(''));
  fs.writeFileSync(path.join(directory, 'listen.conf'), `listen 127.0.0.1:${port};\n`);
  const conf = path.join(directory, 'nginx.conf');
  const child = startChild(nginxBinary(), ['-p', directory, '-c', conf, '-g', 'master_process off;'], {});
  const stop = async () => {
    child.kill('SIGTERM');
    await child.exited;
    fs.rmSync(directory, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  const ended = child.exited.then(() => Promise.reject(new Error(`nginx ended:\n${child.output()}`)));
  ended.catch(() => {});
  await Promise.race([ended, eventually(() => fetch(`${url}/metrics`), { within: 10_000 })]);
  return { url, output: child.output, stop, [Symbol.asyncDispose]: stop };
}

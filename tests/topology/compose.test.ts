import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { environmentSchema } from '../../server/config.ts';

const text = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const compose = text('docker-compose.yml');
const withoutComments = (lines: string) => lines.replace(/^\s*#.*$/gm, '');

/** The blocks of one level below this key, by name. The file is ours and plain: two spaces a level, no tabs. */
function blocks(lines: string, key: string): Record<string, string> {
  const body = lines.split(new RegExp(`^${key}:\\n`, 'm'))[1]?.split(/^\S/m)[0] ?? '';
  const parts = body.split(/^ {2}(?=[\w-]+:)/m).slice(1);
  return Object.fromEntries(parts.map((part) => [part.slice(0, part.indexOf(':')), part]));
}

const node = /^x-node: &node\n([\s\S]*?)^\S/m.exec(compose)?.[1] ?? '';
const services = Object.entries(blocks(withoutComments(compose), 'services')).map(
  ([name, block]) => [name, block.includes('*node') ? node : block] as const,
);

it('there are two nodes behind a proxy, a PostgreSQL and a Redis', () => {
  expect(services.map(([name]) => name)).toEqual(['one', 'two', 'proxy', 'postgres', 'redis']);
  expect(compose).toMatch(/image: postgres:18\./);
});

it.each(services)(
  '%s has a health check, an account that is not root, and an image of one exact version',
  (_, block) => {
    expect(block).toMatch(/^ +healthcheck:\n +test: \[/m);
    expect(block).toMatch(/^ +user: (?!root\b|0\b)\S+$/m);
    const image = /^ +image: (\S+)$/m.exec(block)?.[1];
    if (image) expect(image).toMatch(/:\d+\.\d+(\.\d+)?-bookworm$/);
    else expect(block).toMatch(/^ +build: \.$/m);
  },
);

it('the image of the nodes is of one exact version, and its account is not root', () => {
  const dockerfile = text('Dockerfile');
  expect(dockerfile.match(/^FROM .*$/gm)).toEqual([expect.stringMatching(/^FROM node:\d+\.\d+\.\d+-bookworm-slim$/)]);
  expect(dockerfile.match(/^USER .*$/gm)).toEqual(['USER node']);
});

it('the server knows every variable that it is given', () => {
  const [, environment = ''] = /^ {2}environment:\n((?: {4}.*\n)+)/m.exec(withoutComments(node)) ?? [];
  const names = [...environment.matchAll(/^ {4}(\w+):/gm)].map(([, name]) => name ?? '');
  expect(names).toContain('DATABASE_URL');
  expect(names.filter((name) => !(name in environmentSchema.shape))).toEqual([]);
});

it('what has to be told is told: every variable of the operator without a default stops with a sentence', () => {
  for (const [whole] of compose.matchAll(/\$\{[^}]*\}/g)) expect(whole).toMatch(/^\$\{\w+:\?set \w+.*\}$/);
});

it('the proxy mounts the folder of its configuration, which names the nodes by their services', () => {
  expect(compose).toContain("'./server/deploy:/etc/campaign-pulse:ro'");
  expect(readdirSync(new URL('../../server/deploy', import.meta.url)).sort()).toEqual([
    'listen.conf',
    'nginx.conf',
    'nodes.conf',
  ]);
  const nodes = [...text('server/deploy/nodes.conf').matchAll(/^server (\w+):3000 /gm)].map(([, name]) => name);
  expect(nodes).toEqual(['one', 'two']);
  expect(/^listen (\d+);$/m.exec(text('server/deploy/listen.conf'))?.[1]).toBe('8080');
  expect(compose).toContain("'3000:8080'");
});

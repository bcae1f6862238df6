import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

export interface BundleSizes {
  /** Of the page with all that it names itself, in kB after gzip. */
  first: number;
  /** Of the worker that holds the socket of all tabs. */
  worker: number;
}

/** What the campaign's screen costs a first visitor, of the build that the server serves. */
export function bundleSizes(files: string[]): BundleSizes {
  const { dir } = JSON.parse(readFileSync(`${dist}client.json`, 'utf8')) as { dir: string };
  const size = (name: string) => gzipSync(readFileSync(`${dist}${dir}/${name}`)).length / 1_000;
  const sum = (names: string[]) => names.reduce((all, name) => all + size(name), 0);
  return {
    first: sum(['index.html', ...files.filter((name) => !name.includes('/worker-'))]),
    worker: sum(files.filter((name) => name.includes('/worker-'))),
  };
}

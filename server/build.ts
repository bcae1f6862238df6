/**
 * Compiles the server into dist/server/main.js: started from there it needs half of the computing that translating each
 * file on the way in takes, which every worker, every restart and every test of a whole process pays.
 *
 * Several builds at once do no harm, and none to a server that starts meanwhile: each file is moved into place whole.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Rolldown } from 'vite';
import { inCheckout } from './platform/checkout.ts';

const folder = inCheckout('dist/server');

const began = performance.now();
// Packages are left out; they are loaded from node_modules.
const { output } = (await build({
  configFile: false,
  root: inCheckout(),
  logLevel: 'warn',
  build: {
    ssr: inCheckout('server/main.ts'),
    target: 'node20',
    write: false,
    sourcemap: true,
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'main.js', codeSplitting: false } },
  },
})) as Rolldown.RolldownOutput;

mkdirSync(folder, { recursive: true });
for (const one of output) {
  const file = path.join(folder, one.fileName);
  const text = one.type === 'chunk' ? one.code : String(one.source);
  // Whoever may not write here can still start what is built.
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  const own = `${file}.tmp-${process.pid}`;
  writeFileSync(own, text);
  renameSync(own, file);
}
console.log(`built dist/server in ${Math.round(performance.now() - began)} ms`);

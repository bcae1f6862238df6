/**
 * Builds the pages into dist/client-<hash of the sources>, unless that is there, and names it in dist/client.json.
 *
 * Several builds at once do no harm: each works in a folder of its own and the first to finish moves it into place, the
 * name is written by an atomic rename, and folders that a server may be serving from are left alone.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const KEPT_FOLDERS = 2;
const KEPT_MS = 10 * 60_000;
/** Since these browsers know light-dark() it needs no translation. */
const cssTarget = ['chrome123', 'firefox120', 'safari17.5'];

/**
 * What every screen needs. Packages of one screen alone go with that screen. The switch that keeps zod from compiling goes
 * with zod, since schemas in a chunk that screens share are made before the first line of main.tsx runs.
 */
const firstPackages =
  /node_modules\/(react|react-dom|scheduler|zod|socket\.io[^/]*|engine\.io[^/]*|@socket\.io)\/|lib\/strict-csp\.ts$/;

const began = performance.now();
const dir = `client-${hashOf(['client-demo', 'server/contract'])}`;
const fresh = !existsSync(join(dist, dir, 'index.html'));
if (fresh) await buildInto(dir);
nameCurrent(dir);
removeOld(dir);
console.log(`${fresh ? 'built' : 'already built'} dist/${dir} in ${Math.round(performance.now() - began)} ms`);

function hashOf(folders: string[]): string {
  const hash = createHash('sha256');
  for (const file of folders.flatMap(filesIn).sort()) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function buildInto(target: string): Promise<void> {
  // Tests run with another NODE_ENV, which would give them another React than everybody else.
  process.env.NODE_ENV = 'production';
  const own = join(dist, `${target}.tmp-${process.pid}`);
  await build({
    configFile: false,
    root: join(root, 'client-demo'),
    logLevel: 'warn',
    // A strict Content-Security-Policy: nothing inline, everything a file of its own.
    build: {
      outDir: own,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: 'es2022',
      cssTarget,
      rolldownOptions: {
        output: { codeSplitting: { groups: [{ name: 'packages', test: firstPackages }] } },
        // "use client" of packages says nothing here: there is no other side.
        onLog: (level, log, tell) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && tell(level, log),
      },
    },
  });
  try {
    renameSync(own, join(dist, target));
  } catch (error) {
    rmSync(own, { recursive: true, force: true });
    if (!existsSync(join(dist, target, 'index.html'))) throw error;
  }
}

function nameCurrent(target: string): void {
  const file = join(dist, 'client.json');
  const text = `${JSON.stringify({ dir: target })}\n`;
  // Whoever may not write here can still start what is built.
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  const own = `${file}.tmp-${process.pid}`;
  writeFileSync(own, text);
  renameSync(own, file);
}

/**
 * Keeps the newest, and all that are young: another build or a server started from it may be at work. What a build left
 * half done goes when it is old.
 */
function removeOld(current: string): void {
  const others = readdirSync(dist)
    .filter((name) => name.startsWith('client-') && name !== current)
    .map((name) => ({ name, at: statSync(join(dist, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.at - a.at);
  const halfDone = others.filter(({ name }) => name.includes('.tmp-'));
  const surplus = others.filter(({ name }) => !name.includes('.tmp-')).slice(KEPT_FOLDERS - 1);
  for (const { name, at } of [...halfDone, ...surplus]) {
    if (Date.now() - at > KEPT_MS) rmSync(join(dist, name), { recursive: true, force: true });
  }
}

import { waitUntil } from './deadline.ts';
import { EmbeddedPostgresError, errorCode } from './errors.ts';
import { livePostmaster } from './pid-file.ts';

/*
 * PostgreSQL's three ways to stop, each with its deadline: SIGINT (fast) ends the sessions and writes a checkpoint,
 * SIGQUIT (immediate) leaves that to crash recovery at the next start, SIGKILL for one that hears nothing any more.
 * No committed row is lost in any of them. Together they fit into the 30 seconds that a server has to stop in.
 */
const STEPS = [
  { signal: 'SIGINT', within: 15_000 },
  { signal: 'SIGQUIT', within: 5_000 },
  { signal: 'SIGKILL', within: 2_000 },
] as const;

/** Stops a postmaster and resolves once `gone()` holds. */
export async function shutDown(pid: number, gone: () => boolean): Promise<void> {
  for (const { signal, within } of STEPS) {
    if (gone()) return;
    send(pid, signal);
    if (await waitUntil(gone, within)) return;
  }
  throw new EmbeddedPostgresError(`PostgreSQL (process ${pid}) is still there after SIGKILL`);
}

/**
 * Stops a postmaster that outlived its owner, or waits for it when it is stopping already. It is not adopted: as our
 * own child the new one has our settings, dies with us and tells us when it exits.
 */
export async function endOrphan(dataDir: string, log: (line: string) => void): Promise<void> {
  const pid = livePostmaster(dataDir);
  if (pid === undefined) return;
  log(`stopping the PostgreSQL (process ${pid}) that an earlier server left behind in ${dataDir}`);
  await shutDown(pid, () => livePostmaster(dataDir) !== pid);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

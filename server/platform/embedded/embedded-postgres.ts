/*
 * The PostgreSQL of the zero-install start, for trial, development and tests; production sets DATABASE_URL.
 *
 *   own      take the lock of the data directory, or refuse: DataDirInUseError
 *   clear    stop a postmaster whose owner died, remove a stale pid file
 *   make     initdb, when there is no cluster yet
 *   start    as our child on 127.0.0.1, wait until ready, create the database
 *   stop     fast shutdown, then release the lock
 */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinaries, majorVersion } from './binaries.ts';
import { type Access, filesBeside, locateCluster, writeAccess } from './cluster.ts';
import { ensureDataDir } from './data-dir.ts';
import { ensureDatabase } from './ensure-database.ts';
import { DataDirInUseError } from './errors.ts';
import { removeCluster, sweepLeftovers } from './leftovers.ts';
import { type OwnerLock, takeOwnerLock } from './owner-lock.ts';
import { removeStalePidFile } from './pid-file.ts';
import { type Settings, startPostmaster } from './postmaster.ts';
import { endOrphan } from './shut-down.ts';

export type EmbeddedPostgresOptions = {
  /** The cluster's own directory; see `clusterDirectory`. Lock, log and access file are made beside it. */
  dataDir: string;
  /** Created when missing; `campaign_pulse` by default. */
  database?: string;
  /** A throw-away cluster: no fsync, and removed by `stop`. */
  ephemeral?: boolean;
  /** Server settings that override ours, such as `{max_connections: 200}`. */
  settings?: Settings;
  log?: (line: string) => void;
};

export type EmbeddedPostgres = {
  /** With the password; loopback only. */
  url: string;
  /** The postmaster's. */
  pid: number;
  /** Where the rows are. Another directory than the one asked for when PostgreSQL's account could not enter that. */
  dataDir: string;
  /** The server's version, such as `18.4`. */
  version: string;
  /** Settles when the postmaster is gone, with its exit code or signal in words: also when it was killed or crashed. */
  exited: Promise<string>;
  /** Stops it and gives the directory free. May be called twice, and after a crash. */
  stop(): Promise<void>;
};

const defaultDatabase = 'campaign_pulse';
const HOLDER_GONE_WITHIN = 1_000;

/** The address of a cluster that runs already, from its access file. */
export function databaseUrlOf(access: Access, database = defaultDatabase): string {
  return urlOf(access, access.port, database);
}

/** Where the cluster lives below DATA_DIR: `<DATA_DIR>/pg18`, because a cluster can be read by one major version only. */
export function clusterDirectory(dataDir: string): string {
  return path.resolve(dataDir, `pg${majorVersion(findBinaries())}`);
}

/**
 * Starts the cluster in `dataDir`, making it first when it is not there. Rejects with DataDirInUseError while a live
 * process has it, else with EmbeddedPostgresError and the end of PostgreSQL's log.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const name = path.resolve(options.dataDir);
  if (options.ephemeral) sweepLeftovers();
  fs.mkdirSync(path.dirname(name), { recursive: true });
  const lock = await own(name);
  try {
    return await startOwned(name, lock, options);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** A holder that was killed an instant ago takes some milliseconds to be gone, so the first refusal is not the last. */
async function own(name: string): Promise<OwnerLock> {
  for (const end = performance.now() + HOLDER_GONE_WITHIN; ; await sleep(50)) {
    try {
      return takeOwnerLock(filesBeside(name).lock, name);
    } catch (error) {
      if (!(error instanceof DataDirInUseError) || performance.now() > end) throw error;
    }
  }
}

async function startOwned(name: string, lock: OwnerLock, options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { database = defaultDatabase, ephemeral = false, log = () => {} } = options;
  const cluster = locateCluster(name, log);
  await endOrphan(cluster.dataDir, log);
  removeStalePidFile(cluster.dataDir, log);
  const access = await ensureDataDir(cluster, { durable: !ephemeral });
  const postmaster = await startPostmaster(cluster, access.port, { ...defaults(ephemeral), ...options.settings });
  const { pid, port, exited } = postmaster;
  try {
    writeAccess(name, { ...access, port });
    const version = await ensureDatabase(urlOf(access, port, 'postgres'), database);
    let stopped: Promise<void> | undefined;
    const stop = async () => {
      await postmaster.stop();
      if (ephemeral) removeCluster(name);
      lock.release();
    };
    const stopOnce = () => (stopped ??= stop());
    return { url: urlOf(access, port, database), pid, dataDir: cluster.dataDir, version, exited, stop: stopOnce };
  } catch (error) {
    await postmaster.stop();
    throw error;
  }
}

function defaults(ephemeral: boolean): Settings {
  const common = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 100,
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
  return ephemeral ? { ...common, fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : common;
}

function urlOf(access: Access, port: number, database: string): string {
  return `postgres://${access.user}:${access.password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

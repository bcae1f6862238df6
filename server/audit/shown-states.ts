import type { Pool } from '../platform/db.ts';
import type { StateOfFrame } from '../relay/frame.ts';
import type { Difference } from './difference.ts';

/** Compared at a time; the next look goes on behind them. */
const pageSize = 200;
/** A node proves its rooms every two seconds, so what it shows five times later is not on its way any more. */
const lateMs = 10_000;

interface StoredState {
  stream: string;
  name: string;
  key: string;
  version: number;
  data: string;
}

/** Compares what this node last showed with the database, some of it at each look. */
export interface ShownAudit {
  /** What is wrong now and was not before. */
  look(shown: Iterable<StateOfFrame>): Promise<Difference[]>;
  /** How much of what is shown is wrong. */
  wrong(): number;
}

/**
 * At the same version the data has to be the same; and a version that the database had ten seconds ago has to have been
 * shown. Remembers no more than there are states shown. States that no table holds (presence) can't be compared.
 */
export function createShownAudit(pool: Pool, now: () => number = Date.now): ShownAudit {
  let looked = 0;
  const wrong = new Set<string>();
  /** The oldest version not shown yet, and when the database was seen to have it. */
  const awaited = new Map<string, { version: number; since: number }>();

  const isWrong = (frame: StateOfFrame, stored: StoredState): boolean => {
    const id = idOf(frame);
    if (stored.version === frame.version) {
      awaited.delete(id);
      return stored.data !== frame.data;
    }
    const waiting = awaited.get(id);
    if (waiting && frame.version < waiting.version) return now() - waiting.since > lateMs;
    awaited.set(id, { version: stored.version, since: now() });
    return false;
  };

  return {
    async look(shown) {
      const frames = new Map([...shown].map((frame) => [idOf(frame), frame]));
      for (const id of [...wrong, ...awaited.keys()]) if (!frames.has(id)) forget(id, wrong, awaited);
      if (looked >= frames.size) looked = 0;
      const page = [...frames.values()].slice(looked, looked + pageSize);
      looked += pageSize;
      const found: Difference[] = [];
      for (const stored of await readStored(pool, page)) {
        const frame = frames.get(idOf(stored));
        if (!frame) continue;
        if (!isWrong(frame, stored)) wrong.delete(idOf(stored));
        else if (!wrong.has(idOf(stored))) {
          wrong.add(idOf(stored));
          found.push(differenceOf(frame, stored));
        }
      }
      return found;
    },
    wrong: () => wrong.size,
  };
}

const idOf = ({ stream, name, key }: Pick<StateOfFrame, 'stream' | 'name' | 'key'>) => `${stream} ${name} ${key}`;

function forget(id: string, wrong: Set<string>, awaited: Map<string, unknown>): void {
  wrong.delete(id);
  awaited.delete(id);
}

function differenceOf(frame: StateOfFrame, stored: StoredState): Difference {
  const [, campaign] = /^campaign:(\d+)$/.exec(frame.stream) ?? [];
  return {
    campaignId: campaign === undefined ? null : Number(campaign),
    projection: 'shown',
    key: `${frame.name} ${frame.key}`.trim(),
    stored: `version ${frame.version}: ${frame.data}`,
    counted: `version ${stored.version}: ${stored.data}`,
  };
}

/** What the database has for these states now. */
async function readStored(pool: Pool, frames: StateOfFrame[]): Promise<StoredState[]> {
  if (frames.length === 0) return [];
  const oldest = new Map<string, number>();
  for (const { stream, version } of frames) {
    oldest.set(stream, Math.min(version, oldest.get(stream) ?? Number.POSITIVE_INFINITY));
  }
  const { rows } = await pool.query<StoredState>({
    name: 'audit_shown',
    text: `select t.stream, t.name, t.key, t.version, t.data::text as data
           from stream_states($1, $2) t
           join unnest($3::text[], $4::text[], $5::text[]) shown (stream, name, key) using (stream, name, key)`,
    values: [
      [...oldest.keys()],
      [...oldest.values()].map((version) => version - 1),
      frames.map(({ stream }) => stream),
      frames.map(({ name }) => name),
      frames.map(({ key }) => key),
    ],
  });
  return rows;
}

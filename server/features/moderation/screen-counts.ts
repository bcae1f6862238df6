/**
 * On how many screens the comments are that wait at the desk, over all nodes: the desk orders by it.
 *   1. tell: each node writes down how many of its sockets show them, when that changes and every five seconds
 *   2. show: a node where a desk is open sends the sums as `moderation:screens`, when they change and every five seconds
 */
import { randomBytes } from 'node:crypto';
import type { ModerationScreensData } from '../../contract/live.ts';
import type { Rooms } from '../../live/rooms.ts';
import type { Screens } from '../../live/screens.ts';
import { type Loop, startLoop } from '../../platform/background-loop.ts';
import type { Pool } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';

const everyMs = 1_000;
const againMs = 5_000;
const mostTold = 1_000;
const mostShown = 200;
const desk = 'moderation';
const prefix = 'campaign:';

interface ScreenCountsOptions {
  pool: Pool;
  screens: Screens;
  rooms: Rooms;
  log: Log;
}

export function startScreenCounts({ pool, screens, rooms, log }: ScreenCountsOptions): Loop {
  const node = randomBytes(6).toString('hex');
  const told = new Changes();
  const shown = new Changes();
  let version = 0;

  /** Of the comments that wait, those that a socket of this node shows. */
  const counted = async (): Promise<[comment: number, screens: number][]> => {
    const streams = [...screens.streams];
    if (streams.length === 0) return [];
    const { rows } = await pool.query<{ comment: number; campaign: number }>({
      name: 'waiting_items',
      text: `select comment_id as comment, campaign_id as campaign from moderation_item
             where queue in ('reported', 'pending') and campaign_id = any ($1)
             order by weight desc, comment_id limit ${mostTold}`,
      values: [streams.map((stream) => Number(stream.slice(prefix.length)))],
    });
    return rows
      .map(({ comment, campaign }): [number, number] => [comment, screens.count(`${prefix}${campaign}`, comment)])
      .filter(([, count]) => count > 0);
  };
  const tell = async () => {
    const counts = await counted();
    if (counts.length === 0 && told.nothing) return;
    if (!told.differs(JSON.stringify(counts), counts.length === 0)) return;
    await pool.query({
      name: 'tell_screens',
      text: 'select tell_screens($1, $2, $3)',
      values: [node, counts.map(([comment]) => comment), counts.map(([, count]) => count)],
    });
  };
  const show = async () => {
    const room = rooms.get(desk);
    if (!room) return;
    const { rows: items } = await pool.query<ModerationScreensData['items'][number]>({
      name: 'shown_screens',
      text: `select comment_id as "commentId", sum(screens)::integer as screens from comment_screens
             where at > clock_timestamp() - interval '10 seconds'
             group by comment_id order by screens desc, comment_id limit ${mostShown}`,
    });
    const data = JSON.stringify({ items } satisfies ModerationScreensData);
    if (!shown.differs(data, items.length === 0)) return;
    version = Math.max(version + 1, Date.now());
    room.broadcastState({
      class: 'state',
      stream: desk,
      name: 'moderation:screens',
      key: '',
      version,
      at: new Date().toISOString(),
      data,
    });
  };
  return startLoop({
    name: 'screen counts',
    everyMs,
    log,
    work: async () => {
      await tell();
      await show();
    },
  });
}

/** Of these comments the ones that some screen of any node says it shows. */
export async function countedScreens(
  pool: Pick<Pool, 'query'>,
  comments: { commentId: number }[],
): Promise<Map<number, number>> {
  const { rows } = await pool.query<{ comment: number; screens: number }>({
    name: 'counted_screens',
    text: `select comment_id as comment, sum(screens)::integer as screens from comment_screens
           where comment_id = any ($1) and at > clock_timestamp() - interval '10 seconds' group by comment_id`,
    values: [comments.map(({ commentId }) => commentId)],
  });
  return new Map(rows.map(({ comment, screens }) => [comment, screens]));
}

/** Whether something has to be said: it is another than last time, or that was five seconds ago. */
class Changes {
  nothing = true;
  #last = '';
  #at = 0;

  differs(now: string, nothing: boolean): boolean {
    if (now === this.#last && performance.now() - this.#at < againMs) return false;
    this.#last = now;
    this.#at = performance.now();
    this.nothing = nothing;
    return true;
  }
}

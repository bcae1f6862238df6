/**
 * Delivers what waits in the outbox. Each round is one call of the database:
 *   1. record: what came of the attempts that ended since the last round
 *   2. take:   what is due, under leases that outlast an attempt; of several nodes each gets its own
 *   3. send:   all of it at once; whatever ends wakes the next round
 * A node that dies leaves its leases to run out, and others send the same ids again. A round that fails records nothing,
 * and the next one does. Stopping lets attempts end for a moment, then breaks them off and gives back what it has.
 */
import { setMaxListeners } from 'node:events';
import { type Loop, startLoop } from '../../platform/background-loop.ts';
import type { Pool } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import { settleWithin } from '../../platform/settle-within.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import type { Sender, Sent } from './send.ts';
import { signatureHeaders } from './signature.ts';

/** Retries are due by the clock and announced by nobody. */
const everyMs = 500;
/** Attempts under way on this node, to endpoints that are well and to those that fail: a dead one holds its own up. */
const roomAtMost = 256;
const failingRoomAtMost = 64;
/** Attempts under way to one endpoint, over all nodes. */
const eachAtMost = 16;
/** Beyond an attempt's own time: for the way back into the database. */
const leaseMarginMs = 5_000;
const stopPatienceMs = 3_000;

interface Leased {
  id: number;
  lease: string;
  endpoint_id: number;
  url: string;
  secrets: string[];
  webhook_id: string;
  body: string;
  type: string;
  tries: number;
  failing: boolean;
}

type Result = Outcome & Pick<Leased, 'id' | 'lease'> & Partial<Sent> & { durationMs: number };

export interface DeliveryLoopOptions {
  pool: Pool;
  sender: Sender;
  timeoutMs: number;
  log: Log;
  metrics: Pick<Metrics, 'webhookAttempts' | 'webhookOutcomes'>;
}

export function startDeliveryLoop({ pool, sender, timeoutMs, log, metrics }: DeliveryLoopOptions): Loop {
  const ended: Result[] = [];
  const under = new Map<Promise<void>, boolean>();
  const stopping = new AbortController();
  setMaxListeners(roomAtMost + failingRoomAtMost + 1, stopping.signal); // one an attempt
  let draining = false;

  const deliver = async (leased: Leased) => {
    const at = new Date();
    const began = performance.now();
    const { url, body, webhook_id: webhookId, secrets } = leased;
    const headers = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'CampaignPulse-Webhooks/1.0',
      ...signatureHeaders({ webhookId, body, secrets, at }),
    };
    const sent = await sender.send({ url, headers, body, signal: stopping.signal });
    const durationMs = Math.round(performance.now() - began);
    const outcome = outcomeOf(sent, leased.tries, new Date(), Math.random());
    ended.push({ id: leased.id, lease: leased.lease, ...sent, ...outcome, durationMs });
    metrics.webhookOutcomes.inc({ outcome: outcome.outcome });
    if (outcome.outcome !== 'returned') metrics.webhookAttempts.observe(durationMs / 1_000);
    if (outcome.outcome === 'gone') log.info({ endpoint: leased.endpoint_id }, 'a webhook endpoint is gone');
  };
  const begin = (leased: Leased) => {
    const one: Promise<void> = deliver(leased)
      .catch((error: unknown) => {
        // Its lease runs out and it is tried again.
        log.warn({ endpoint: leased.endpoint_id, cause: String(error) }, 'a webhook could not be attempted');
      })
      .finally(() => {
        under.delete(one);
        loop.wake();
      });
    under.set(one, leased.failing);
  };

  const round = async () => {
    const failing = [...under.values()].filter(Boolean).length;
    const room = draining ? 0 : Math.max(0, roomAtMost - (under.size - failing));
    const failingRoom = draining ? 0 : Math.max(0, failingRoomAtMost - failing);
    const results = ended.slice();
    const { rows } = await pool.query<Leased>({
      name: 'take_deliveries',
      text: 'select * from take_deliveries($1, $2, $3, $4, $5)',
      values: [JSON.stringify(results), room, failingRoom, eachAtMost, timeoutMs + leaseMarginMs],
    });
    ended.splice(0, results.length);
    for (const leased of rows) begin(leased);
  };

  const loop = startLoop({ name: 'webhooks', everyMs, log, work: round });
  const drain = async () => {
    draining = true;
    await loop.stop(); // The round that runs may still bring some, which have their moment too.
    await settleWithin(Promise.all(under.keys()), stopPatienceMs);
    stopping.abort();
    await Promise.all(under.keys());
    if (ended.length > 0) {
      await round().catch((error: unknown) => log.warn({ cause: String(error) }, 'webhooks were not given back'));
    }
    sender.close();
  };
  let drained: Promise<void> | undefined;
  return {
    wake: loop.wake,
    stop() {
      drained ??= drain();
      return drained;
    },
  };
}

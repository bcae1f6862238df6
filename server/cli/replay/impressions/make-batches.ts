import { createHash } from 'node:crypto';
import type { RecordedImpression } from './read-rows.ts';

/** Positions of the recording, in the vocabulary of placements. */
export const placementOf: Record<number, string> = { 1: 'widget', 2: 'popup', 3: 'insession' };

export interface PlannedBatch {
  events: Record<string, unknown>[];
  /** When its first impression is due, in milliseconds of the recording's clock. */
  atMs: number;
  /** Sent once more after it was answered, as a client does that lost the answer. */
  again: boolean;
  /** Cut off once after it was sent and before it is answered. */
  cut: boolean;
}

export interface BatchPlan {
  batches: PlannedBatch[];
  /** Distinct events: what has to be accepted, once each. */
  events: number;
  /** Events that are in a batch twice. */
  repeated: number;
}

const batchSize = 500;

/**
 * The rows as a careless network delivers them: each eleventh event twice in its batch, clicks before their impressions
 * and in the batch before it, every third batch sent again, every seventh cut off and tried again. The recording knows no
 * viewers, so each row is one of its own. Event ids are made of `run` and the row, so a run can be told from the next.
 */
export function makeBatches(rows: RecordedImpression[], campaigns: Map<string, number>, run: string): BatchPlan {
  const slots: { atMs: number; event: Record<string, unknown> }[] = [];
  for (const [n, row] of rows.entries()) {
    const impressionEventId = idOf(`${run} impression ${n}`);
    const occurredAt = row.at;
    const seen = {
      type: 'impression',
      eventId: impressionEventId,
      campaignId: campaigns.get(row.campaign),
      placement: placementOf[row.position],
      sessionId: `replay ${n}`,
      occurredAt,
    };
    const click = { type: 'click', eventId: idOf(`${run} click ${n}`), impressionEventId, occurredAt };
    slots.push({ atMs: row.atMs, event: seen });
    // Every second click well before its impression: mostly in the same batch, at its border in the one before.
    if (row.clicked)
      slots.splice(n % 2 === 0 ? slots.length : Math.max(0, slots.length - 20), 0, { atMs: row.atMs, event: click });
  }
  const batches: PlannedBatch[] = [];
  let repeated = 0;
  const distinct = batchSize - Math.ceil(batchSize / 11);
  for (let first = 0; first < slots.length; first += distinct) {
    const part = slots.slice(first, first + distinct);
    const twice = part.filter((_, n) => n % 11 === 10);
    repeated += twice.length;
    const number = batches.length;
    batches.push({
      events: [...part, ...twice].map(({ event }) => event),
      atMs: Math.min(...part.map(({ atMs }) => atMs)),
      again: number % 3 === 0,
      cut: number % 7 === 1,
    });
  }
  return { batches, events: slots.length, repeated };
}

/** A version 4 UUID in form, the same for the same name. */
function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

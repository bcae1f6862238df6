import pg from 'pg';
import { expect } from 'vitest';
import type { Follower } from '../support/follower.ts';
import { eventually } from '../support/poll.ts';

interface Promised {
  databaseUrl: string;
  campaignId: number;
  acknowledged: string[];
  followers: Follower[];
  /** The contract's bound: converged 15 s after a fault ends. */
  within?: number;
}

/**
 * Promises 1 to 3 of the contract, after a fault: every acknowledged write is there, once; each follower has exactly the
 * events of the database, none missing, none twice, in order; and nobody was reset or left with a silent gap.
 */
export async function expectPromisesKept({
  databaseUrl,
  campaignId,
  acknowledged,
  followers,
  within = 15_000,
}: Promised) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      "select comment_text as text from campaign_engagement where campaign_id = $1 and engagement_type = 'comment'",
      [campaignId],
    );
    const stored = rows.map((row) => row.text as string);
    expect(new Set(stored).size, 'no comment is stored twice').toBe(stored.length);
    expect(
      acknowledged.filter((text) => !stored.includes(text)),
      'every acknowledged comment is stored',
    ).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(0);

    const logged = await client.query(
      "select seq, data ->> 'text' as text from live_event where stream = $1 and name = 'comment:created' order by seq",
      [`campaign:${campaignId}`],
    );
    for (const follower of followers) {
      const first = follower.applied[0]?.seq ?? 0;
      const expected = logged.rows.filter((row) => Number(row.seq) >= first).map((row) => row.text);
      await eventually(() => expect(follower.applied.map((frame) => frame.data.text)).toEqual(expected), { within });
      expect(follower.told.resets).toBe(0);
    }
  } finally {
    await client.end();
  }
}

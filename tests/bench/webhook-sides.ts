import type { NodeChild } from './children.ts';
import { makeLiveCampaigns } from './crowd.ts';
import { adminHeaders } from './owner.ts';
import type { Contender } from './rounds.ts';
import { startOurs } from './servers.ts';
import { runSql, type Stage } from './stage.ts';
import type { Received } from './webhook-receiver.ts';

export const messages = 2_000;
export const names = { ours: 'our outbox', bare: 'bare posts' };

export interface WebhookRound {
  /** Deliveries/s, from the first that came to the last. */
  rate: number;
  repeats: number;
}

/** To one receiver: a like each, written by one statement and delivered from the outbox, beside a program that only posts. */
export async function openWebhookSides(stage: Stage): Promise<Contender<WebhookRound>[]> {
  const databaseUrl = await stage.database('webhooks_ours');
  const server = await startOurs(stage, databaseUrl, [], { WEBHOOK_ALLOW_PRIVATE: '1' });
  const receiver = stage.start('tests/bench/webhook-receiver.ts', { env: {} });
  const { port } = await receiver.message<{ port: number }>();
  const posts = stage.start('tests/bench/webhook-posts.ts', { env: {} });
  await posts.message();
  const url = `http://127.0.0.1:${port}/hook`;
  const made = await fetch(`http://127.0.0.1:${server.port}/api/v1/webhook-endpoints`, {
    method: 'POST',
    headers: { ...(await adminHeaders()), 'content-type': 'application/json' },
    body: JSON.stringify({ url, events: ['engagement:created'] }),
  });
  if (made.status !== 201) throw new Error(`the endpoint was answered ${made.status}`);
  const round = (start: () => unknown) => async () => {
    receiver.send({ count: messages });
    await start();
    return figuresOf(receiver);
  };
  const like = async () => {
    const [campaign] = await makeLiveCampaigns(databaseUrl, 1);
    await runSql(
      databaseUrl,
      `insert into campaign_engagement (campaign_id, user_id, engagement_type) select $1, n, 'like' from generate_series(1, $2::int) n`,
      [campaign, messages],
    );
  };
  return [
    { name: names.ours, round: round(like) },
    { name: names.bare, round: round(() => posts.send({ url, count: messages })) },
  ];
}

async function figuresOf(receiver: NodeChild): Promise<WebhookRound> {
  const { firstAt, lastAt, repeats } = await receiver.message<Received>();
  return { rate: ((messages - 1) * 1_000) / (lastAt - firstAt), repeats };
}

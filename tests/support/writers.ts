import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { apiAs } from './api.ts';
import { token } from './app.ts';

/**
 * People who write comments one after the other, as good clients do: each with an Idempotency-Key, tried again until it
 * is answered; each rests `pauseMs` after an answer. `acknowledged` holds every text that got a 2xx, `refused` every other final answer.
 */
export async function startWriters(urls: string[], campaignId: number, count: number, pauseMs = 0) {
  const acknowledged: string[] = [];
  const refused: number[] = [];
  let repeats = 0;
  let writing = true;
  const writeOne = async (writer: number, n: number, bearer: string) => {
    const text = `writer ${writer} comment ${n}`;
    const key = randomUUID();
    for (let attempt = 0; ; attempt++) {
      const url = urls[(writer + attempt) % urls.length] ?? '';
      const reply = await apiAs(url, bearer)(
        'POST',
        `/campaigns/${campaignId}/comments`,
        { text },
        { 'Idempotency-Key': key },
      ).catch(() => null);
      if (reply && reply.status < 300) return void acknowledged.push(text);
      if (reply && reply.status < 500) return void refused.push(reply.status);
      repeats++;
      await delay(20 + Math.random() * 50);
    }
  };
  const done = Array.from({ length: count }, async (_, writer) => {
    const bearer = await token(5_000 + writer);
    for (let n = 0; writing; n++) {
      await writeOne(writer, n, bearer);
      if (pauseMs > 0) await delay(pauseMs);
    }
  });
  return {
    acknowledged,
    refused,
    /** Requests that were sent again. */
    repeats: () => repeats,
    async stop() {
      writing = false;
      await Promise.all(done);
    },
  };
}

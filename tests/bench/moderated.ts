import { setTimeout as sleep } from 'node:timers/promises';
import { msOfIso, nowMs } from './clock.ts';
import type { Connection } from './keep-alive.ts';
import { type Quantiles, quantile, quantilesOf } from './statistics.ts';
import { subscribe } from './subscriber.ts';

export const sockets = 1_000;
/** Comments that are reported and rejected in a second. */
export const aSecond = 4;

const connectAtOnce = 50;
const lostAfterMs = 5_000;

export interface ModeratedRound {
  toDesk: Quantiles;
  /** From each decision until 99.9 % of the sockets, and until the last, had the removal. */
  toMost: Quantiles;
  toLast: Quantiles;
  decided: number;
  lost: number;
}

export interface Desk {
  port: number;
  campaign: number;
  moderator: string;
  reader(nth: number): string;
  connection: Connection;
}

interface Times {
  desk: Map<number, number>;
  gone: Map<number, number[]>;
}

/** The readers' sockets and one of a desk, which record when each comment came and went. */
export async function openAudience(
  { port, campaign, moderator }: Omit<Desk, 'connection'>,
  times: Times,
): Promise<void> {
  const closed = () => {};
  const onRemoved = (packet: Buffer) => {
    const id = packet.includes('"comment:removed"') && /"data":\s*\{"id":\s*(\d+)/.exec(packet.toString('latin1'))?.[1];
    if (id) times.gone.get(Number(id))?.push(nowMs());
  };
  const onEntered = (packet: Buffer) => {
    if (!packet.includes('"moderation:item-entered"') || !packet.includes('"reported"')) return;
    const id = Number(/"commentId":\s*(\d+)/.exec(packet.toString('latin1'))?.[1]);
    if (!times.desk.has(id)) times.desk.set(id, nowMs());
  };
  const greeting = { event: 'subscribe', payload: { stream: `campaign:${campaign}` } };
  for (let open = 0; open < sockets; open += connectAtOnce)
    await Promise.all(Array.from({ length: connectAtOnce }, () => subscribe(port, greeting, onRemoved, closed)));
  await subscribe(port, { event: 'subscribe', payload: { stream: 'moderation' }, token: moderator }, onEntered, closed);
}

/** Each comment is reported by a reader, and rejected a moment later. */
export async function measureModerated(desk: Desk, times: Times, comments: number[]): Promise<ModeratedRound> {
  const flagged: number[] = [];
  const decided = new Map<number, number>();
  for (const id of comments) times.gone.set(id, []);
  const start = performance.now();
  for (const [nth, id] of comments.entries()) {
    await sleep(Math.max(0, start + (nth * 1_000) / aSecond - performance.now()));
    const flag = await post(desk, desk.reader(nth), `/comments/${id}/flags`, { reason: 'spam' });
    await sleep(1_000 / aSecond / 2);
    flagged.push((times.desk.get(id) ?? Number.NaN) - msOfIso(flag.createdAt));
    const body = { action: 'reject', reason: 'spam', revision: 1 };
    decided.set(id, msOfIso((await post(desk, desk.moderator, `/moderation/items/${id}/decisions`, body)).at));
  }
  const missing = () => comments.reduce((sum, id) => sum + sockets - (times.gone.get(id)?.length ?? 0), 0);
  for (const end = performance.now() + lostAfterMs; missing() > 0 && performance.now() < end; ) await sleep(20);
  const after = (share: number) =>
    quantilesOf(
      Float64Array.from(comments, (id) => quantile(times.gone.get(id)?.sort() ?? [], share) - (decided.get(id) ?? 0)),
    );
  return {
    toDesk: quantilesOf(Float64Array.from(flagged)),
    toMost: after(0.999),
    toLast: after(1),
    decided: comments.length,
    lost: missing() + flagged.filter(Number.isNaN).length,
  };
}

async function post({ connection }: Desk, token: string, path: string, body: object) {
  const text = JSON.stringify(body);
  const { status, body: answer } = await connection.request(
    `POST /api/v1${path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
  if (status !== 201) throw new Error(`${path} was answered ${status}: ${answer.toString().slice(0, 300)}`);
  return JSON.parse(answer.toString()) as { createdAt: string; at: string };
}

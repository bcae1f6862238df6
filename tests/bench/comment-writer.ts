import { setTimeout as sleep } from 'node:timers/promises';
import { commentText, type Written } from './arrivals.ts';
import { nowMs } from './clock.ts';
import { type Connection, openConnection } from './keep-alive.ts';

interface CommentLoad {
  port: number;
  path: string;
  tokens: string[];
  aSecond: number;
  comments: number;
  /** Called when so many have been sent. */
  milestones: Map<number, () => void>;
}

/**
 * Writes comments at a fixed rate, whether or not the last one was answered: a server that gets slow is not spared
 * (a writer that waits would leave its worst moments out of the figures).
 */
export async function writeComments(load: CommentLoad): Promise<Written[]> {
  const idle: Connection[] = [];
  const opened: Connection[] = [];
  const answers: Promise<Written>[] = [];
  const start = performance.now();
  try {
    for (let number = 0; number < load.comments; number++) {
      await sleep(Math.max(0, start + (number * 1_000) / load.aSecond - performance.now()));
      load.milestones.get(number)?.();
      const connection = idle.pop() ?? (await openConnection(load.port));
      if (!opened.includes(connection)) opened.push(connection);
      const answer = write(connection, requestOf(load, number)).finally(() => idle.push(connection));
      answer.catch(() => {}); // the wait for all of them below hears of it
      answers.push(answer);
    }
    return await Promise.all(answers);
  } finally {
    for (const connection of opened) connection.close();
  }
}

async function write(connection: Connection, request: string): Promise<Written> {
  const sentAt = nowMs();
  const { status, body } = await connection.request(request);
  const answeredAt = nowMs();
  if (status !== 201) throw new Error(`a comment was answered ${status}: ${body.toString().slice(0, 300)}`);
  return { sentAt, answeredAt };
}

function requestOf({ path, tokens }: CommentLoad, number: number): string {
  const body = JSON.stringify({ text: commentText(number) });
  return (
    `POST ${path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${tokens[number % tokens.length]}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  );
}

import { refusal, type SubscribeRequest } from '../../server/contract/live.ts';
import { readAnswer } from './frames.ts';
import type { Asked } from './sink.ts';

/** What is needed of a socket. */
export interface Asking {
  timeout(ms: number): { emitWithAck(name: string, payload: object): Promise<unknown> };
}

const DEADLINE_MS = 5_000;

/** Subscribes over a socket. Whatever goes wrong is an answer too. */
export async function askOver(socket: Asking, request: SubscribeRequest): Promise<Asked> {
  try {
    const answer: unknown = await socket.timeout(DEADLINE_MS).emitWithAck('subscribe', request);
    const refused = refusal.safeParse(answer);
    if (refused.success) return { mode: 'refused', code: refused.data.error.code };
    const read = readAnswer(answer);
    return read === null ? { mode: 'unreadable' } : { mode: 'answered', answer: read };
  } catch {
    return { mode: 'silent' };
  }
}

/** Says something that changes nothing here. Answers whether the server took it. */
export async function tellOver(socket: Asking, name: string, notice: object): Promise<boolean> {
  try {
    const answer: unknown = await socket.timeout(DEADLINE_MS).emitWithAck(name, notice);
    return !refusal.safeParse(answer).success;
  } catch {
    return false;
  }
}

/** Parses what comes over the socket. Nothing behind this file sees an unparsed frame. */
import {
  type LogFrame,
  logEvents,
  logFrameSchema,
  type StateFrame,
  type SubscribeAnswer,
  stateEvents,
  stateFrameSchema,
  subscribeAnswer,
} from '../../server/contract/live.ts';

/** A log event of a later version of the server: we can't show it, but it has its place in the order. */
export interface UnknownLogFrame {
  name: 'unknown';
  stream: string;
  epoch: string;
  seq: number;
}
export type AnyLogFrame = LogFrame | UnknownLogFrame;
export type Frame = AnyLogFrame | StateFrame;

export type Answer = Omit<SubscribeAnswer, 'events' | 'state'> & { events: AnyLogFrame[]; state: StateFrame[] };

export const isLog = (frame: Frame): frame is AnyLogFrame => 'epoch' in frame;

/** Null when it is no frame, or one of a shape that we can't read: its place in the order will be missed and asked for. */
export function readFrame(name: string, payload: unknown): Frame | null {
  const named = typeof payload === 'object' && payload !== null ? { ...payload, name } : null;
  const log = logFrameSchema.safeParse(named);
  if (log.success) return readLog(log.data);
  const state = stateFrameSchema.safeParse(named);
  return state.success ? readState(state.data) : null;
}

/** Null when an event in it can't be read; state frames that can't are left out, since newer ones will come. */
export function readAnswer(payload: unknown): Answer | null {
  const answer = subscribeAnswer.safeParse(payload);
  if (!answer.success) return null;
  const events = answer.data.events.map(readLog);
  const state = answer.data.state.map(readState);
  if (!events.every((event) => event !== null)) return null;
  return { ...answer.data, events, state: state.filter((frame) => frame !== null) };
}

function readLog(frame: { name: string; stream: string; epoch: string; seq: number; data: unknown }) {
  if (!isKey(logEvents, frame.name)) {
    return { name: 'unknown', stream: frame.stream, epoch: frame.epoch, seq: frame.seq } as const;
  }
  const data = logEvents[frame.name].safeParse(frame.data);
  // The one cast here: name and data were matched by the table, which the types can't follow.
  return data.success ? ({ ...frame, data: data.data } as LogFrame) : null;
}

function readState(frame: { name: string; data: unknown }) {
  if (!isKey(stateEvents, frame.name)) return null;
  const data = stateEvents[frame.name].safeParse(frame.data);
  return data.success ? ({ ...frame, data: data.data } as StateFrame) : null;
}

const isKey = <T extends object>(table: T, name: PropertyKey): name is keyof T => Object.hasOwn(table, name);

/** How far a stream has been read: every log event up to and with `seq` of this `epoch` is in the state. */
export interface Position {
  readonly epoch: string;
  readonly seq: number;
}

/** What became of a frame: `gap` means that events are missing before it, and that nothing was changed. */
export type Verdict = 'applied' | 'dropped' | 'gap';

/** Log events come once each and in order: seen ones are dropped, the next one is applied, anything else is a gap. */
export function admitLog(position: Position | null, frame: Position): Verdict {
  if (position === null || frame.epoch !== position.epoch) return 'gap';
  if (frame.seq <= position.seq) return 'dropped';
  return frame.seq === position.seq + 1 ? 'applied' : 'gap';
}

/** A state frame tells the head of its stream; one that is ahead of us proves that events are missing. */
export function admitState(position: Position | null, frame: { seq: number }): Verdict {
  return position === null || frame.seq > position.seq ? 'gap' : 'applied';
}

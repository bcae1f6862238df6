/** A message on its way to the sockets of a stream. `data` is JSON text straight from PostgreSQL: parsed by nobody. */
export type Frame = LogEventFrame | StateOfFrame;

export interface LogEventFrame {
  class: 'log';
  stream: string;
  epoch: string;
  seq: number;
  name: string;
  at: string;
  data: string;
}

export interface StateOfFrame {
  class: 'state';
  stream: string;
  name: string;
  /** Frames of one name and key replace each other. */
  key: string;
  version: number;
  at: string;
  data: string;
}

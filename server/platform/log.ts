import { type Logger, pino } from 'pino';

export type Log = Logger;

/** JSON lines on standard output. Tokens, addresses and texts of people have no place in them. */
export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['token', 'authorization', '*.token', '*.authorization', '*.password'], censor: '[redacted]' },
  });
}

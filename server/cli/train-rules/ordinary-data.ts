import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Talk that carries no spam: a chat and the threads of a forum. What is learnt from is not what is measured on. */
export interface OrdinaryTexts {
  /** Equally much is made of both, however many they are. */
  learnt: { chat: string[]; threads: string[] };
  measured: { chat: string[]; threads: string[] };
}

/** irc-ubuntu (days of dev are none of train), and stackexchange, of which every other item is kept back. */
export function readOrdinary(folder: string): OrdinaryTexts {
  const chat = (name: string) =>
    lines(path.join(folder, 'irc-ubuntu', name)).flatMap(({ text, system }) => (system || !text ? [] : String(text)));
  const threads = lines(path.join(folder, 'stackexchange/items.jsonl')).flatMap(({ html }) =>
    html ? String(html) : [],
  );
  return {
    learnt: {
      chat: chat('train.jsonl').filter((_, at) => at % 4 === 0),
      threads: threads.filter((_, at) => at % 2 === 0),
    },
    measured: { chat: chat('dev.jsonl'), threads: threads.filter((_, at) => at % 2 === 1) },
  };
}

const lines = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

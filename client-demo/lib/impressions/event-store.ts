/** Events that no answer has come for, kept over the end of their page. */
import { z } from 'zod';
import { type ImpressionEvent, impressionEventSchema } from '../../../server/contract/impression.ts';

/**
 * `by`: the user at whose browser it happened, null for nobody signed in. Undefined: nobody was known yet on this page; who
 * is known next is taken to be the same person, as long as the page lives.
 */
export interface KeptEvent {
  event: ImpressionEvent;
  by: string | null | undefined;
}

export interface EventStore {
  read(): KeptEvent[];
  write(events: KeptEvent[]): void;
}

/** The server takes an event up to seven days late; and a browser's storage is small. */
const MOST = 1_000;
const prefix = 'campaign-pulse:impressions:';

/**
 * Each page writes an entry of its own, so that two tabs never overwrite each other, and begins with whatever others have
 * left. A tab that still lives may send the same events too: the server takes each once.
 */
export function createEventStore(storage: () => Storage, page: string = crypto.randomUUID()): EventStore {
  const own = prefix + page;
  const write = (events: KeptEvent[]) => {
    try {
      if (events.length === 0) storage().removeItem(own);
      else storage().setItem(own, JSON.stringify(events.slice(-MOST)));
    } catch {
      // Storage may be full or forbidden: then they last as long as the page.
    }
  };
  return {
    read() {
      try {
        const shelf = storage();
        const keys = Array.from({ length: shelf.length }, (_, n) => shelf.key(n)).filter((key) =>
          key?.startsWith(prefix),
        );
        const events = keys.flatMap((key) => eventsIn(shelf.getItem(key ?? '')));
        const byId = new Map(events.map((kept) => [kept.event.eventId, kept]));
        write([...byId.values()]);
        for (const key of keys) if (key !== null && key !== own) shelf.removeItem(key);
        return [...byId.values()].slice(-MOST);
      } catch {
        return [];
      }
    },
    write,
  };
}

/** What is no event any more (of another version, say) is nothing that the server would take. */
function eventsIn(text: string | null): KeptEvent[] {
  const parsed: unknown = JSON.parse(text ?? '[]');
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((one) => {
    const kept = keptSchema.safeParse(one);
    return kept.success ? [kept.data] : [];
  });
}

/** An event alone is of a page that did not say whose it was. */
const keptSchema = z
  .union([
    z.object({ event: z.unknown(), by: z.string().nullable().optional() }),
    z.unknown().transform((event) => ({ event })),
  ])
  .pipe(z.object({ event: impressionEventSchema, by: z.string().nullable().default(null) }));

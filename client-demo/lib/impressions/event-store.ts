/** Events that no answer has come for, kept over the end of their page. */
import { type ImpressionEvent, impressionEventSchema } from '../../../server/contract/impression.ts';

export interface EventStore {
  read(): ImpressionEvent[];
  write(events: ImpressionEvent[]): void;
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
  const write = (events: ImpressionEvent[]) => {
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
        const kept = storage();
        const keys = Array.from({ length: kept.length }, (_, n) => kept.key(n)).filter((key) =>
          key?.startsWith(prefix),
        );
        const events = keys.flatMap((key) => eventsIn(kept.getItem(key ?? '')));
        const byId = new Map(events.map((event) => [event.eventId, event]));
        write([...byId.values()]);
        for (const key of keys) if (key !== null && key !== own) kept.removeItem(key);
        return [...byId.values()].slice(-MOST);
      } catch {
        return [];
      }
    },
    write,
  };
}

/** What is no event any more (of another version, say) is nothing that the server would take. */
function eventsIn(text: string | null): ImpressionEvent[] {
  const parsed: unknown = JSON.parse(text ?? '[]');
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((one) => {
    const event = impressionEventSchema.safeParse(one);
    return event.success ? [event.data] : [];
  });
}

import { z } from 'zod';
import { clipText } from './clip-text.ts';
import { parseRows } from './json-lines.ts';
import { orderPosts } from './order-posts.ts';
import type { Plan, PlannedPost } from './plan.ts';

const messageSchema = z.object({
  room: z.string().min(1),
  n: z.int(),
  time: z.string(),
  nick: z.string().nullable(),
  system: z.boolean(),
  reply_to: z.array(z.int()),
  text: z.string(),
});
type Message = z.infer<typeof messageSchema>;

interface Source {
  file: string;
  rows: unknown[];
  limit?: number | undefined;
}

/**
 * A room is a campaign, a nick an author, and the first antecedent that is there and earlier is the parent. Rooms were
 * recorded years apart; each one's clock starts at its own first message, so that they are played side by side.
 */
export function readIrc({ file, rows, limit }: Source): Plan {
  const messages = parseRows(messageSchema, rows, file);
  const spoken = messages.filter((message) => !message.system && message.nick !== null);
  const present = new Set(spoken.map(keyOf));
  const clock = createRoomClock();
  const posts = spoken.map((message): PlannedPost => {
    const parent = message.reply_to.find((n) => n < message.n && present.has(keyOf({ room: message.room, n })));
    return {
      key: keyOf(message),
      campaign: message.room,
      parent: parent === undefined ? null : keyOf({ room: message.room, n: parent }),
      author: message.nick ?? '',
      text: clipText(message.text) || '(no text)',
      atMs: clock(message),
    };
  });
  const skipped = messages.length - spoken.length;
  return {
    format: 'irc-ubuntu',
    posts: orderPosts(posts).slice(0, limit),
    likes: [],
    ballots: null,
    notes: ['one campaign for each room', ...(skipped > 0 ? [`system messages, skipped: ${skipped}`] : [])],
  };
}

const keyOf = ({ room, n }: Pick<Message, 'room' | 'n'>) => `${room}#${n}`;

const dayMinutes = 24 * 60;

/** Milliseconds since a room's first message. Only HH:MM is recorded; a fall by half a day or more is the next day. */
export function createRoomClock(): (message: Pick<Message, 'room' | 'time'>) => number {
  const rooms = new Map<string, { first: number; last: number }>();
  return ({ room, time }) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    const known = rooms.get(room);
    const last = known?.last ?? hours * 60 + minutes;
    const day = Math.floor(last / dayMinutes) * dayMinutes;
    const sameDay = day + (hours * 60 + minutes || 0);
    const now = Math.max(last, sameDay + dayMinutes / 2 <= last ? sameDay + dayMinutes : sameDay);
    const first = known?.first ?? now;
    rooms.set(room, { first, last: now });
    return (now - first) * 60_000;
  };
}

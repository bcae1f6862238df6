import fc from 'fast-check';
import type { Api } from '../support/api.ts';

/** What somebody does over HTTP. Numbers stand for things: a campaign's place, a comment modulo how many there are. */
export interface Call {
  user: number;
  method: 'PUT' | 'DELETE' | 'POST' | 'PATCH';
  /** `:c` is a campaign and `:m` a comment. */
  path: string;
  campaign: number;
  comment: number;
  body?: (world: CallWorld) => unknown;
  key?: string;
}
export interface CallWorld {
  campaigns: number[];
  comments: number[];
  round: number;
}

const campaign = fc.nat({ max: 3 });
const comment = fc.nat({ max: 1_000 });
const user = fc.integer({ min: 1, max: 6 });
const switched = fc.constantFrom('PUT', 'PUT', 'DELETE');
const reaction = fc.constantFrom('like', 'save', 'bookmark');
const key = fc.option(
  fc.nat({ max: 40 }).map((n) => `key-${n}`),
  { nil: undefined },
);
const place = { user, campaign, comment };

/** Of a round's pool or of the round before: so that some come twice, and some before the impression they belong to. */
const eventId = (round: number, n: number) =>
  `00000000-0000-4000-8000-${(round * 60 + n).toString(16).padStart(12, '0')}`;
const event = fc.record({
  type: fc.constantFrom('impression', 'impression', 'viewable', 'click', 'conversion'),
  n: fc.nat({ max: 119 }),
  campaign,
  session: fc.nat({ max: 8 }),
  device: fc.constantFrom('mobile', 'desktop', undefined),
});
type Event = typeof event extends fc.Arbitrary<infer E> ? E : never;

/** An id in an impression and in a later event is the same number in two ranges. */
function eventOf({ type, n, campaign, session, device }: Event, { round, campaigns }: CallWorld): object {
  const impression = eventId(round, n);
  if (type === 'impression') {
    const seen = { placement: 'widget', sessionId: `s${session}`, deviceType: device };
    return { type, eventId: impression, campaignId: campaigns[campaign], ...seen };
  }
  const later = { type, eventId: impression.replace(/^0{8}/, `0000000${session % 3}`), impressionEventId: impression };
  return type === 'viewable' ? { ...later, durationMs: 1_000 + n } : later;
}

export const call: fc.Arbitrary<Call> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .record({ ...place, method: switched, type: reaction, key })
      .map(({ type, ...rest }): Call => ({ ...rest, path: `/campaigns/:c/reactions/${type}` })),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({ ...place, method: switched, key })
      .map((rest): Call => ({ ...rest, path: '/comments/:m/like' })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ ...place, key })
      .map(
        (rest): Call => ({ ...rest, method: 'POST', path: '/campaigns/:c/shares', body: () => ({ channel: 'mail' }) }),
      ),
  },
  {
    weight: 4,
    arbitrary: fc.record({ ...place, reply: fc.boolean(), key }).map(
      ({ reply, ...rest }): Call => ({
        ...{ ...rest, method: 'POST', path: '/campaigns/:c/comments' },
        body: ({ comments }) => ({ text: 'over HTTP', parentId: reply ? nth(comments, rest.comment) : null }),
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record(place).map(
      (rest): Call => ({
        ...rest,
        method: 'PATCH',
        path: '/comments/:m',
        body: () => ({ text: 'edited', revision: 1 }),
      }),
    ),
  },
  { weight: 1, arbitrary: fc.record(place).map((rest): Call => ({ ...rest, method: 'DELETE', path: '/comments/:m' })) },
  {
    weight: 2,
    arbitrary: fc.record({ ...place, event }).map(
      ({ event, ...rest }): Call => ({
        ...{ ...rest, method: 'POST', path: '/campaigns/:c/impressions' },
        body: (world) => {
          const { campaignId: _, ...one } = eventOf({ ...event, type: 'impression' }, world) as { campaignId: number };
          return one;
        },
      }),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.record({ ...place, events: fc.array(event, { minLength: 1, maxLength: 12 }) }).map(
      ({ events, ...rest }): Call => ({
        ...{ ...rest, method: 'POST', path: '/impressions' },
        body: (world) => ({ events: events.map((one) => eventOf(one, world)) }),
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ ...place, to: fc.constantFrom('paused', 'live', 'live') }).map(
      ({ to, ...rest }): Call => ({
        ...{ ...rest, user: 0, method: 'POST', path: '/campaigns/:c/transitions' },
        body: () => ({ to }),
      }),
    ),
  },
);

const nth = (all: number[], n: number): number => all[n % all.length] ?? 1;

/** The status of the answer; `people[0]` is an admin, the others are users by their number. */
export async function send(
  people: Api[],
  { user, method, path, campaign, comment, body, key }: Call,
  world: CallWorld,
) {
  const url = path
    .replace(':c', String(nth(world.campaigns, campaign)))
    .replace(':m', String(nth(world.comments, comment)));
  const headers: Record<string, string> =
    key === undefined ? {} : { 'Idempotency-Key': `${key}-of-round-${world.round}` };
  const reply = await people[user]?.(method, url, body?.(world), headers);
  return reply?.status ?? 0;
}

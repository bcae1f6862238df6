/* Promise 1: every acknowledged write is there, once, as it was acknowledged, and nothing is that nobody wrote. */
import type { Acknowledged, Database, Violation, Writes } from './history.ts';

export function writeViolations({ acknowledged, uncertain, refused }: Writes, database: Database): Violation[] {
  return [
    ...refused.map((what) => violation('refused', what)),
    ...comments(acknowledged, uncertain, database),
    ...contents(acknowledged, database),
    ...reactions(acknowledged, database),
    ...counted(
      'share',
      of(acknowledged, 'share').map(({ id, by }) => `${id} by ${by}`),
      database.shares.map(({ id, by }) => `${id} by ${by}`),
    ),
    // An HTTP share with its row gone and another in its place would look like one too many and one too few.
    ...counted(
      'impression',
      of(acknowledged, 'impression').map(({ eventId }) => eventId),
      database.impressions,
    ),
  ];
}

const violation = (kind: Violation['kind'], what: string): Violation => ({ kind, who: 'the writers', what });

const of = <W extends Acknowledged['what']>(all: Acknowledged[], what: W) =>
  all.filter((one): one is Extract<Acknowledged, { what: W }> => one.what === what);

function comments(acknowledged: Acknowledged[], uncertain: string[], database: Database): Violation[] {
  const nonces = of(acknowledged, 'comment').map(({ nonce }) => nonce);
  const may = new Set(uncertain);
  const stored = database.comments.map(({ nonce }) => nonce);
  const known = new Set([...nonces, ...uncertain]);
  return [
    ...counted(
      'comment',
      nonces,
      stored.filter((nonce) => !may.has(nonce) && known.has(nonce)),
    ),
    ...doubles(stored.filter((nonce) => may.has(nonce))).map((nonce) => violation('doubled write', `comment ${nonce}`)),
    ...stored.filter((nonce) => !known.has(nonce)).map((nonce) => violation('phantom row', `comment ${nonce}`)),
  ];
}

/** Each comment is its writer's own, who waits for an answer before the next act: the last one acknowledged holds. */
function contents(acknowledged: Acknowledged[], database: Database): Violation[] {
  const expected = new Map<number, { text: string; removed: boolean }>();
  for (const one of acknowledged) {
    if (one.what === 'comment') expected.set(one.id, { text: one.text, removed: false });
    else if (one.what === 'edit') expected.set(one.id, { text: one.text, removed: false });
    else if (one.what === 'removal') expected.set(one.id, { text: expected.get(one.id)?.text ?? '', removed: true });
  }
  const found: Violation[] = [];
  for (const { id, text, removed } of database.comments) {
    const should = expected.get(id);
    if (should && (should.text !== text || should.removed !== removed)) {
      const [is, was] = [{ text, removed }, should].map((one) => JSON.stringify(one));
      found.push(violation('not as acknowledged', `comment ${id} is ${is}, acknowledged was ${was}`));
    }
  }
  const ids = new Set(database.comments.map(({ id }) => id));
  for (const { id, nonce } of of(acknowledged, 'comment')) {
    const there = ids.has(id) || !database.comments.some((row) => row.nonce === nonce);
    if (!there) found.push(violation('not as acknowledged', `comment ${nonce} has not the id ${id} it was told`));
  }
  return found;
}

function reactions(acknowledged: Acknowledged[], database: Database): Violation[] {
  const last = new Map(of(acknowledged, 'reaction').map(({ key, on }) => [key, on]));
  const held = [...last].flatMap(([key, on]) => (on ? [key] : []));
  const found = counted('reaction', held, database.reactions);
  // What was taken back last and is there all the same was written, and is not as it was acknowledged.
  return found.map((one) =>
    one.kind === 'phantom row' && [...last.keys()].some((key) => one.what === `reaction ${key}`)
      ? violation('not as acknowledged', `${one.what} was taken back`)
      : one,
  );
}

/** Both as multisets: what is told has to be there once, and nothing else. */
function counted(what: string, told: string[], stored: string[]): Violation[] {
  const [should, is] = [new Set(told), new Set(stored)];
  return [
    ...[...should].filter((key) => !is.has(key)).map((key) => violation('lost write', `${what} ${key}`)),
    ...doubles(stored).map((key) => violation('doubled write', `${what} ${key}`)),
    ...[...is].filter((key) => !should.has(key)).map((key) => violation('phantom row', `${what} ${key}`)),
  ];
}

function doubles(keys: string[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const key of keys) (seen.has(key) ? twice : seen).add(key);
  return [...twice];
}

import { describe, expect, it } from 'vitest';
import { type Acknowledged, type Database, type History, type Kind, violations, type Wire } from './history.ts';

const entry = (seq: number, body = `comment ${seq}`) => ({ seq, name: 'comment:created', body });
const counters = (version: number, body = `${version} comments`) => ({ key: 'campaign:counters', version, body });
const event = (seq: number, epoch = 'e1', body?: string): Wire => ({
  at: seq,
  kind: 'event',
  epoch,
  entry: entry(seq, body),
});
const asked = (seq: number | null): Wire => ({
  at: 0,
  kind: 'asked',
  position: seq === null ? null : { epoch: 'e1', seq },
});
const answered = (from: number, seq: number, more: Partial<Extract<Wire, { kind: 'answered' }>> = {}): Wire => ({
  at: 0,
  kind: 'answered',
  mode: seq > from ? 'replayed' : 'live',
  epoch: 'e1',
  seq,
  events: Array.from({ length: seq - from }, (_, n) => entry(from + 1 + n)),
  states: [],
  ...more,
});
/** Without a position the answer is live at the head, whatever came before. */
const first = (seq: number) => answered(seq, seq);
const events = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => event(from + n));
const state = (version: number, body?: string): Wire => ({ at: 0, kind: 'state', state: counters(version, body) });
const lost: Wire = { at: 0, kind: 'lost' };

/** Three comments, one edited and one taken back, a like, a share, an impression; nobody was lied to. */
function truth() {
  const acknowledged: Acknowledged[] = [
    { what: 'comment', nonce: 'a', id: 1, text: 'a' },
    { what: 'comment', nonce: 'b', id: 2, text: 'b' },
    { what: 'edit', id: 2, text: 'b again' },
    { what: 'comment', nonce: 'c', id: 3, text: 'c' },
    { what: 'removal', id: 3 },
    { what: 'reaction', key: '5 like', on: true },
    { what: 'reaction', key: '6 like', on: true },
    { what: 'reaction', key: '6 like', on: false },
    { what: 'share', id: 7, by: 5 },
    { what: 'impression', eventId: 'i' },
  ];
  const database: Database = {
    epoch: 'e1',
    head: 5,
    log: [1, 2, 3, 4, 5].map((seq) => entry(seq)),
    states: [counters(9)],
    comments: [
      { id: 1, nonce: 'a', text: 'a', removed: false },
      { id: 2, nonce: 'b', text: 'b again', removed: false },
      { id: 3, nonce: 'c', text: 'c', removed: true },
    ],
    reactions: ['5 like'],
    shares: [{ id: 7, by: 5 }],
    impressions: ['i'],
    glass: ['1 a', '2 b again'],
  };
  const wire = [asked(null), first(0), event(1), event(2), state(9), event(3), event(4), event(5)];
  return {
    writes: { acknowledged, uncertain: ['u'], refused: [] as string[] },
    watched: [{ name: 'w', wire }],
    shown: [{ name: 's', glass: [...database.glass] }],
    database,
  } satisfies History;
}

type Truth = ReturnType<typeof truth>;
const kinds = (history: History): Kind[] => violations(history).map(({ kind }) => kind);
const withWire = (...wire: Wire[]) => ({ ...truth(), watched: [{ name: 'w', wire: [state(9), ...wire] }] });

describe('a history in which every promise is kept', () => {
  it('has no violation', () => {
    expect(violations(truth())).toEqual([]);
  });

  it.each<[string, Wire[]]>([
    ['is cut and resumed', [asked(null), first(0), event(1), lost, asked(1), answered(1, 4), event(5)]],
    ['is cut before the answer', [asked(null), lost, asked(null), first(0), ...events(1, 5)]],
    ['asks again', [asked(null), first(0), ...events(1, 4), asked(4), event(5), answered(4, 5)]],
    ['gives a question up, whose events come', [asked(null), first(3), asked(3), event(4), asked(3), answered(3, 5)]],
    ['came late', [asked(null), first(4), event(5)]],
  ])('also when a watcher %s', (_, wire) => {
    expect(violations(withWire(...wire))).toEqual([]);
  });

  it('also when what broke off unanswered is there', () => {
    const history = truth();
    history.database.comments.push({ id: 9, nonce: 'u', text: 'u', removed: false });
    expect(kinds(history)).toEqual([]);
  });
});

describe('a lie on a watcher’s wire is found', () => {
  const begun = [asked(null), first(0), ...events(1, 2)];
  it.each<[Kind, string, Wire[]]>([
    ['gap', 'an event left out', [...begun, event(4), event(5)]],
    ['duplicate', 'an event twice', [...begun, event(2), event(3), event(4), event(5)]],
    ['out of order', 'an old event again', [...begun, event(1), event(3), event(4), event(5)]],
    [
      'out of order',
      'an event on a connection that asked nothing',
      [...begun, lost, event(3), asked(2), answered(2, 5)],
    ],
    ['other event', 'an event that says something else', [...begun, event(3, 'e1', 'no'), event(4), event(5)]],
    ['other event', 'an event that the database has not', [...begun, ...events(3, 5), event(6)]],
    ['wrong epoch', 'an event of another epoch', [...begun, event(3, 'e0'), event(4), event(5)]],
    ['wrong epoch', 'an answer of another epoch', [...begun, lost, asked(2), answered(2, 5, { epoch: 'e0' })]],
    ['ends behind', 'events that never came', [...begun, event(3)]],
    [
      'reset',
      'a reset inside the window',
      [...begun, lost, asked(2), answered(2, 2, { mode: 'reset' }), ...events(3, 5)],
    ],
    [
      'false answer',
      'a replay with a hole',
      [...begun, lost, asked(2), answered(2, 5, { events: [entry(3), entry(5)] })],
    ],
    [
      'false answer',
      'live, though something was missed',
      [...begun, lost, asked(2), answered(2, 5, { mode: 'live', events: [] })],
    ],
  ])('%s: %s', (kind, _, wire) => {
    expect(kinds(withWire(...wire))).toContain(kind);
  });

  it.each<[Kind, string, Wire[]]>([
    ['state differs', 'the last value never came', [state(8)]],
    ['state differs', 'no value came', []],
    ['state differs', 'the version is right, the value is not', [state(9, 'wrong')]],
    ['state differs', 'a version that the database never had', [state(9), state(10)]],
    ['state forked', 'one version with two values', [state(9, 'wrong'), state(9)]],
    [
      'state from nowhere',
      'a value of a thing that the database has not',
      [state(9), { at: 0, kind: 'state', state: { key: 'comment:counters 77', version: 3, body: '' } }],
    ],
  ])('%s: %s', (kind, _, states) => {
    const wire = [asked(null), first(0), ...events(1, 5), ...states];
    expect(kinds({ ...truth(), watched: [{ name: 'w', wire }] })).toContain(kind);
  });

  it('though another watcher saw everything', () => {
    const history: History = truth();
    history.watched.push({ name: 'other', wire: [asked(null), first(0), state(9)] });
    expect(violations(history)).toEqual([{ kind: 'ends behind', who: 'other', what: 'has 0 of 5' }]);
  });
});

describe('a lie to a writer is found', () => {
  it.each<[Kind, string, (history: Truth) => void]>([
    ['lost write', 'a comment', ({ database }) => database.comments.splice(0, 1)],
    ['lost write', 'a like', ({ database }) => database.reactions.splice(0, 1)],
    ['lost write', 'a share', ({ database }) => database.shares.splice(0, 1)],
    ['lost write', 'an impression', ({ database }) => database.impressions.splice(0, 1)],
    [
      'doubled write',
      'a comment',
      ({ database }) => database.comments.push({ id: 8, nonce: 'a', text: 'a', removed: false }),
    ],
    ['doubled write', 'a like', ({ database }) => database.reactions.push('5 like')],
    ['doubled write', 'an impression', ({ database }) => database.impressions.push('i')],
    [
      'doubled write',
      'one that broke off',
      ({ database }) => {
        for (const id of [9, 10]) database.comments.push({ id, nonce: 'u', text: 'u', removed: false });
      },
    ],
    [
      'phantom row',
      'a comment',
      ({ database }) => database.comments.push({ id: 8, nonce: 'x', text: 'x', removed: false }),
    ],
    ['phantom row', 'a share more than was told', ({ database }) => database.shares.push({ id: 8, by: 5 })],
    ['not as acknowledged', 'an edit that is gone', ({ database }) => setComment(database, 2, { text: 'b' })],
    ['not as acknowledged', 'a removal that is gone', ({ database }) => setComment(database, 3, { removed: false })],
    ['not as acknowledged', 'a removal nobody made', ({ database }) => setComment(database, 1, { removed: true })],
    ['not as acknowledged', 'a like that was taken back', ({ database }) => database.reactions.push('6 like')],
    ['not as acknowledged', 'another id than was told', ({ database }) => setComment(database, 1, { id: 11 })],
    ['refused', 'an answer nobody should get', ({ writes }) => writes.refused.push('409 for a comment')],
  ])('%s: %s', (kind, _, lie) => {
    const history = truth();
    lie(history);
    expect(kinds(history)).toContain(kind);
  });
});

function setComment(database: Database, id: number, change: Partial<Database['comments'][number]>) {
  database.comments = database.comments.map((row) => (row.id === id ? { ...row, ...change } : row));
}

describe('a glass that does not show the database is found', () => {
  it.each<[string, string[]]>([
    ['something is missing', ['1 a']],
    ['something is shown that is not there', ['1 a', '2 b again', '3 c']],
    ['something is shown as it was', ['1 a', '2 b']],
    ['the order is another', ['2 b again', '1 a']],
  ])('%s', (_, glass) => {
    expect(kinds({ ...truth(), shown: [{ name: 's', glass }] })).toContain('glass differs');
  });
});

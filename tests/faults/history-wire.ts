/*
 * Promises 2 and 3: follows a watcher's wire as a client by the contract would, and finds whatever it would stumble on.
 * A server that keeps its promises sends, after the answer to a subscribe, each event once and in order until the
 * connection ends; while a question is out (or was given up), events may come before its answer, and wait for it.
 */
import type { Database, Kind, LogEntry, Position, StateEntry, Violation, Watched, Wire } from './history.ts';

export function wireViolations({ name, wire }: Watched, database: Database): Violation[] {
  const walk = new Walk(name, database);
  for (const one of wire) walk.take(one);
  walk.end();
  return walk.found;
}

type Of<K extends Wire['kind']> = Extract<Wire, { kind: K }>;

class Walk {
  readonly found: Violation[] = [];
  readonly #who: string;
  readonly #database: Database;
  readonly #logged: Map<number, LogEntry>;
  #last: LogEntry | null = null;
  readonly #states = new Map<string, StateEntry>();
  /** What this client has seen; null until its first answer. */
  #position: Position | null = null;
  #asked: Position | null = null;
  #held: Of<'event'>[] = [];
  /** not: no question was answered on this connection. asking: one is out. told: the server owes each next event. */
  #phase: 'not' | 'asking' | 'told' = 'not';

  constructor(who: string, database: Database) {
    this.#who = who;
    this.#database = database;
    this.#logged = new Map(database.log.map((entry) => [entry.seq, entry]));
  }

  take(one: Wire): void {
    switch (one.kind) {
      case 'asked':
        this.#asked = one.position;
        this.#phase = 'asking';
        return;
      case 'answered':
        this.#answered(one);
        return;
      case 'event':
        if (this.#phase === 'asking') this.#held.push(one);
        else this.#event(one);
        return;
      case 'state':
        this.#state(one.state);
        return;
      case 'lost':
        this.#phase = 'not';
        this.#held = [];
        return;
      default:
        one satisfies never;
    }
  }

  end(): void {
    const seq = this.#position?.seq ?? 0;
    const { head, states } = this.#database;
    if (seq < head) this.#say('ends behind', `has ${seq} of ${head}`);
    if (seq > head) this.#say('other event', `has ${seq}, and the database only ${head}`);
    for (const { key, version, body } of states) {
      const mine = this.#states.get(key);
      if (mine?.version === version && mine.body === body) continue;
      this.#say('state differs', `${key} is ${mine?.version} ${mine?.body}, in the database ${version} ${body}`);
    }
    const known = new Set(states.map(({ key }) => key));
    for (const key of this.#states.keys()) if (!known.has(key)) this.#say('state from nowhere', key);
  }

  #answered({ mode, epoch, seq, events, states }: Of<'answered'>): void {
    const from = this.#asked?.seq ?? seq;
    if (mode === 'reset') this.#say('reset', `at ${JSON.stringify(this.#asked)}`);
    if (epoch !== this.#database.epoch) this.#say('wrong epoch', `an answer of ${epoch}`);
    const expected = Array.from({ length: Math.max(0, seq - from) }, (_, n) => from + 1 + n);
    const brought = events.map((entry) => entry.seq);
    const said = mode === 'live' ? seq === from : mode === 'replayed' ? seq > from : true;
    if (!said || (mode !== 'reset' && brought.join() !== expected.join())) {
      this.#say('false answer', `${mode} from ${from} to ${seq} with ${brought.length} events`);
    }
    this.#position ??= { epoch, seq };
    this.#phase = 'told';
    for (const entry of events) if (entry.seq > this.#position.seq) this.#apply(entry);
    for (const state of states) this.#state(state);
    const held = this.#held.filter(({ entry }) => entry.seq > (this.#position?.seq ?? 0));
    this.#held = [];
    for (const one of held) this.#event(one);
  }

  #event({ epoch, entry }: Of<'event'>): void {
    if (epoch !== this.#database.epoch) this.#say('wrong epoch', `event ${entry.seq} of ${epoch}`);
    const at = this.#position?.seq ?? null;
    const again = this.#last?.seq === entry.seq;
    if (at === null || this.#phase === 'not') this.#say('out of order', `${entry.seq} before any answer`);
    else if (entry.seq <= at) this.#say(again ? 'duplicate' : 'out of order', `${entry.seq} after ${at}`);
    else {
      if (entry.seq > at + 1) this.#say('gap', `${entry.seq} after ${at}`);
      this.#apply(entry);
    }
  }

  #apply(entry: LogEntry): void {
    if (this.#position) this.#position = { ...this.#position, seq: entry.seq };
    this.#last = entry;
    const logged = this.#logged.get(entry.seq);
    if (logged?.name === entry.name && logged.body === entry.body) return;
    this.#say('other event', `${entry.seq} ${entry.name}, in the database ${logged ? logged.name : 'not there'}`);
  }

  /** The newest wins; the same version twice has to be the same value. */
  #state(state: StateEntry): void {
    const before = this.#states.get(state.key);
    if (before?.version === state.version && before.body !== state.body) {
      this.#say('state forked', `${state.key} ${state.version} is ${before.body} and ${state.body}`);
    }
    if (before === undefined || state.version > before.version) this.#states.set(state.key, state);
  }

  #say(kind: Kind, what: string): void {
    this.found.push({ kind, who: this.#who, what });
  }
}

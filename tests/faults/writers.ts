/*
 * People who write all at once, each one thing after the other and again until it is answered, as good clients do: every
 * act has an Idempotency-Key (an impression its event id) that it keeps over its attempts, on whichever node takes it.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { token } from '../support/app.ts';
import type { Untyped } from '../support/untyped.ts';
import type { Acknowledged, Writes } from './history.ts';
import type { Random } from './random.ts';

export interface Writers extends Writes {
  /** The longest that one act waited for its answer, since it was asked last. */
  longestWaitMs(): number;
  /** Starts nothing new; resolves when everything is answered. */
  pause(): Promise<void>;
}

interface WritersOptions {
  urls: string[];
  /** Past every proxy: another program's way to the database. */
  databaseUrl: string;
  campaignId: number;
  count: number;
  /** Between two acts of one writer, at most. */
  thinkMs: number;
  random: Random;
}

const attemptMs = 4_000;
const firstUser = 5_000;

/** Every comment of ours begins with it, through all its edits. */
export const nonceOf = (text: string): string => text.split(':')[0] ?? '';

export function startWriters({ urls, databaseUrl, campaignId, count, thinkMs, random }: WritersOptions): Writers {
  const writes: Writes = { acknowledged: [], uncertain: [], refused: [] };
  let writing = true;
  let longestWaitMs = 0;
  const waited = (ms: number) => {
    longestWaitMs = Math.max(longestWaitMs, ms);
  };
  const live = async (act: () => Promise<void>) => {
    while (writing) {
      await act();
      await sleep(random.between(0, thinkMs));
    }
  };
  const people = Array.from({ length: count }, async (_, n) => {
    const person = new Person({ user: firstUser + n, urls, campaignId, random, writes, waited });
    await live(() => person.act());
  });
  const program = new Program(databaseUrl, campaignId, writes);
  const all = Promise.all([...people, live(() => program.act())]);
  return {
    ...writes,
    longestWaitMs: () => longestWaitMs,
    async pause() {
      writing = false;
      await all;
      await program.end();
    },
  };
}

interface PersonOptions {
  user: number;
  urls: string[];
  campaignId: number;
  random: Random;
  writes: Writes;
  waited: (ms: number) => void;
}

interface Own {
  id: number;
  parent: Own | null;
  nonce: string;
  revision: number;
  liked: boolean;
}

const isBelow = (one: Own | null, mine: Own): boolean => one !== null && (one === mine || isBelow(one.parent, mine));

class Person {
  readonly #options: PersonOptions;
  #own: Own[] = [];
  readonly #on = new Map<string, boolean>();
  #acts = 0;

  constructor(options: PersonOptions) {
    this.#options = options;
  }

  async act(): Promise<void> {
    const { random } = this.#options;
    const mine = this.#own.length > 0 ? random.of(this.#own) : null;
    const dice = random.between(0, 100);
    if (mine === null || dice < 35) return this.#comment(null);
    if (dice < 50) return this.#comment(mine);
    if (dice < 60) return this.#edit(mine);
    if (dice < 65) return this.#remove(mine);
    if (dice < 75) return this.#likeComment(mine);
    if (dice < 90) return this.#react(random.of(['like', 'save', 'bookmark']));
    return dice < 95 ? this.#share() : this.#impress();
  }

  async #comment(parent: Own | null): Promise<void> {
    const { user, campaignId } = this.#options;
    const nonce = `${user}.${this.#acts++}`;
    const text = `${nonce}: said`;
    const body = { text, ...(parent ? { parentId: parent.id } : {}) };
    const answer = await this.#call('POST', `/campaigns/${campaignId}/comments`, body);
    if (answer === null) return;
    this.#own.push({ id: answer.id, parent, nonce, revision: 1, liked: false });
    this.#acknowledge({ what: 'comment', nonce, id: answer.id, text });
  }

  async #edit(mine: Own): Promise<void> {
    const text = `${mine.nonce}: said otherwise ${this.#acts++}`;
    const answer = await this.#call('PATCH', `/comments/${mine.id}`, { text, revision: mine.revision });
    if (answer === null) return;
    mine.revision = answer.revision;
    this.#acknowledge({ what: 'edit', id: mine.id, text });
  }

  async #remove(mine: Own): Promise<void> {
    // Nobody may reply below what is taken back, however far above it was.
    this.#own = this.#own.filter((one) => !isBelow(one, mine));
    if ((await this.#call('DELETE', `/comments/${mine.id}`)) === null) return;
    this.#acknowledge({ what: 'removal', id: mine.id });
  }

  async #likeComment(mine: Own): Promise<void> {
    const on = !mine.liked;
    if ((await this.#call(on ? 'PUT' : 'DELETE', `/comments/${mine.id}/like`)) === null) return;
    mine.liked = on;
    this.#acknowledge({ what: 'reaction', key: `${this.#options.user} like of ${mine.id}`, on });
  }

  async #react(type: string): Promise<void> {
    const { user, campaignId } = this.#options;
    const on = !this.#on.get(type);
    if ((await this.#call(on ? 'PUT' : 'DELETE', `/campaigns/${campaignId}/reactions/${type}`)) === null) return;
    this.#on.set(type, on);
    this.#acknowledge({ what: 'reaction', key: `${user} ${type}`, on });
  }

  async #share(): Promise<void> {
    const { user, campaignId } = this.#options;
    const answer = await this.#call('POST', `/campaigns/${campaignId}/shares`, {});
    if (answer !== null) this.#acknowledge({ what: 'share', id: answer.id, by: user });
  }

  async #impress(): Promise<void> {
    const { campaignId } = this.#options;
    const eventId = randomUUID();
    const event = { type: 'impression', eventId, campaignId, placement: 'widget', sessionId: eventId };
    const answer = await this.#call('POST', '/impressions', { events: [event] });
    if (answer === null) return;
    if (answer.accepted + answer.duplicates === 1) this.#acknowledge({ what: 'impression', eventId });
    else this.#options.writes.refused.push(`impression: ${JSON.stringify(answer)}`);
  }

  #acknowledge(one: Acknowledged): void {
    this.#options.writes.acknowledged.push(one);
  }

  /** The answer's body, or null when it was refused for good. */
  async #call(method: string, path: string, body?: object): Promise<Untyped> {
    const { urls, user, writes, waited } = this.#options;
    const bearer = await token(user, {}, '1d');
    const headers = {
      authorization: `Bearer ${bearer}`,
      'idempotency-key': randomUUID(),
      ...(body ? { 'content-type': 'application/json' } : {}),
    };
    const asked = performance.now();
    for (let attempt = 0; ; attempt++) {
      const url = urls[(user + attempt) % urls.length] ?? '';
      const signal = AbortSignal.timeout(attemptMs);
      const request = { method, headers, body: body ? JSON.stringify(body) : null, signal };
      const reply = await fetch(`${url}/api/v1${path}`, request)
        .then(async (response) => ({ status: response.status, body: await response.json() }))
        .catch(() => null);
      waited(performance.now() - asked);
      if (reply && reply.status < 300) return reply.body;
      if (reply && reply.status < 500) {
        writes.refused.push(`${method} ${path}: ${reply.status} ${reply.body.code}`);
        return null;
      }
      await sleep(20 + Math.random() * 50);
    }
  }
}

/** Another program with the database's password. When its connection breaks it can't know whether its row is there. */
class Program {
  readonly #url: string;
  readonly #campaignId: number;
  readonly #writes: Writes;
  #client: pg.Client | null = null;
  #rows = 0;

  constructor(url: string, campaignId: number, writes: Writes) {
    this.#url = url;
    this.#campaignId = campaignId;
    this.#writes = writes;
  }

  async act(): Promise<void> {
    const nonce = `sql.${this.#rows++}`;
    const text = `${nonce}: inserted`;
    try {
      const client = await this.#connected();
      const { rows } = await client.query(
        `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
         values ($1, 7, 'comment', $2) returning id`,
        [this.#campaignId, text],
      );
      this.#writes.acknowledged.push({ what: 'comment', nonce, id: Number(rows[0]?.id), text });
    } catch {
      this.#writes.uncertain.push(nonce);
      this.#client = null;
      await sleep(100);
    }
  }

  async end(): Promise<void> {
    await this.#client?.end().catch(() => {});
  }

  async #connected(): Promise<pg.Client> {
    if (this.#client) return this.#client;
    const client = new pg.Client({ connectionString: this.#url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => {}); // The query rejects too.
    await client.connect();
    this.#client = client;
    return client;
  }
}

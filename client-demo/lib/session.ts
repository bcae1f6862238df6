/** A demo identity: the same user after each reload, with a new token whenever the old one ends. */
import { demoTokenAnswer } from '../../server/contract/auth.ts';
import { type Credentials, createHttp, type Http } from './http.ts';
import { ownPersona, type Persona } from './persona.ts';
import { isPassing, ProblemError } from './problem.ts';

export interface Viewer {
  readonly id: number;
  readonly name: string;
}

const RENEW_BEFORE_MS = 30_000;

export class Session implements Credentials {
  readonly #http: Http;
  readonly #invent: () => string;
  readonly #persona: Persona;
  #pending: Promise<string | null> | null = null;

  /** `inventName` is asked once for each persona that brings no name. */
  constructor(inventName: () => string, http = createHttp(), persona = ownPersona) {
    this.#http = http;
    this.#invent = inventName;
    this.#persona = persona;
  }

  async token(): Promise<string | null> {
    const kept = this.#recall('token');
    const claims = kept === null ? null : readClaims(kept);
    const lasts = claims !== null && (claims.exp === undefined || claims.exp * 1_000 - Date.now() > RENEW_BEFORE_MS);
    return kept !== null && lasts ? kept : this.#obtain();
  }

  /** Many requests may learn at once that the token is stale; they share one renewal. */
  async renew(stale: string): Promise<string | null> {
    const kept = this.#recall('token');
    return kept !== null && kept !== stale ? kept : this.#obtain();
  }

  /** The user of the token that is kept; null while there is none. */
  subject(): string | null {
    return readClaims(this.#recall('token') ?? '')?.sub ?? null;
  }

  /** Null where there is no demo sign-in: then one reads and can't write. */
  async viewer(): Promise<Viewer | null> {
    const claims = readClaims((await this.token()) ?? '');
    return claims === null ? null : { id: Number(claims.sub), name: this.#name() };
  }

  #obtain(): Promise<string | null> {
    this.#pending ??= this.#fetchToken().finally(() => {
      this.#pending = null;
    });
    return this.#pending;
  }

  async #fetchToken(): Promise<string | null> {
    const { role } = this.#persona;
    const userId = await this.#userId();
    const body = { role, name: this.#name(), ...(userId === undefined ? {} : { userId }) };
    try {
      const { value } = await this.#http({ method: 'POST', path: '/demo/tokens', body, answer: demoTokenAnswer });
      const sub = readClaims(value.token)?.sub;
      if (sub !== undefined) this.#keep('user', sub);
      this.#keep('token', value.token);
      return value.token;
    } catch (error) {
      if (error instanceof ProblemError && !isPassing(error)) return null;
      throw error;
    }
  }

  async #userId(): Promise<number | undefined> {
    if (this.#persona.userId !== undefined) return this.#persona.userId();
    const known = Number(this.#recall('user'));
    return known > 0 ? known : undefined;
  }

  #name(): string {
    if (this.#persona.name !== undefined) return this.#persona.name;
    const kept = this.#recall('name');
    if (kept !== null) return kept;
    const name = this.#invent();
    this.#keep('name', name);
    return name;
  }

  #recall(key: string): string | null {
    return this.#persona.kept.recall(this.#persona.prefix + key);
  }

  #keep(key: string, value: string): void {
    this.#persona.kept.keep(this.#persona.prefix + key, value);
  }
}

/** The claims that concern us, read and not verified: that is the server's to do. */
export function readClaims(token: string): { sub: string; exp: number | undefined } | null {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const claims: unknown = JSON.parse(atob(payload));
    if (typeof claims !== 'object' || claims === null || !('sub' in claims)) return null;
    const exp = 'exp' in claims && typeof claims.exp === 'number' ? claims.exp : undefined;
    return { sub: String(claims.sub), exp };
  } catch {
    return null;
  }
}

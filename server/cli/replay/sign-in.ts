import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Config } from '../../config.ts';
import type { Role } from '../../contract/auth.ts';
import { keptSecret } from '../../platform/auth/secret-file.ts';
import { createTokens } from '../../platform/auth/tokens.ts';
import { CommandFailed } from '../failure.ts';
import type { Api } from './api.ts';

export interface Person {
  id: number;
  name: string;
  role: Role;
}

/** A token for a person; an advertiser owns the campaigns of the advertiser with the same number. */
export type SignIn = (person: Person) => Promise<string>;

/**
 * Signs tokens here when one of the secrets at hand is the server's, else asks its demo sign-in. A secret is tried on a
 * call that needs no token, as a bad one is refused there too.
 */
export async function chooseSignIn(api: Api, secrets: string[]): Promise<SignIn> {
  const probe: Person = { id: personId('replay'), name: 'Replay', role: 'user' };
  for (const secret of secrets) {
    const signIn = signHere(secret);
    const { status } = await api.call('GET', '/api/v1/campaigns?limit=1', { token: await signIn(probe) });
    if (status === 200) return remembering(signIn);
  }
  const { status } = await api.call('POST', '/api/v1/demo/tokens', { body: demoBody(probe) });
  if (status === 200) return remembering(askDemo(api));
  throw new CommandFailed(
    `${api.url} is not in demo mode and its JWT_SECRET is not in the environment, so nobody can be signed in there.`,
  );
}

/** The secrets that the server may have been started with; the one kept in DATA_DIR is read, never made. */
export async function secretsAtHand({ JWT_SECRET, DATA_DIR }: Config): Promise<string[]> {
  if (JWT_SECRET) return [JWT_SECRET];
  return existsSync(path.join(DATA_DIR, 'jwt-secret')) ? [await keptSecret(DATA_DIR)] : [];
}

/** The same name has the same id in each run; far above any id that a real platform has given out by counting. */
export function personId(name: string): number {
  return 2 ** 50 + createHash('sha256').update(name).digest().readUIntBE(0, 6);
}

function signHere(secret: string): SignIn {
  const { sign } = createTokens({ kind: 'secret', secret });
  if (!sign) throw new CommandFailed('There is no secret to sign with.');
  return ({ id, name, role }) => {
    const own = role === 'advertiser' ? { advertiser_id: id } : {};
    return sign({ sub: String(id), roles: [role], name, ...own }, '12h');
  };
}

function askDemo(api: Api): SignIn {
  return async (person) => {
    const { body } = await api.call('POST', '/api/v1/demo/tokens', { body: demoBody(person) });
    return z.object({ token: z.string() }).parse(body).token;
  };
}

const demoBody = ({ id, name, role }: Person) => ({ role, userId: id, name: name.slice(0, 80) });

/** One token a person for the whole run. */
function remembering(signIn: SignIn): SignIn {
  const tokens = new Map<string, Promise<string>>();
  return (person) => {
    const key = `${person.id} ${person.role}`;
    const token = tokens.get(key) ?? signIn(person);
    tokens.set(key, token);
    return token;
  };
}

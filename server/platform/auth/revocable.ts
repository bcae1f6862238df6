import { Refusal } from '../refusal.ts';
import type { AccessList } from './access-list.ts';
import type { Tokens } from './tokens.ts';

/** The same tokens, without those that were revoked. */
export function revocable(tokens: Tokens, access: Pick<AccessList, 'revokes'>): Tokens {
  const verify = async (token: string) => {
    const who = await tokens.verify(token);
    if (access.revokes(who)) throw new Refusal('token_revoked');
    return who;
  };
  return { ...tokens, verify };
}

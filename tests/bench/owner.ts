import { createTokens } from '../../server/platform/auth/tokens.ts';
import { secret } from './crowd.ts';

/** What an admin sends along with a call to this server. */
export async function adminHeaders(): Promise<Record<string, string>> {
  const { sign } = createTokens({ kind: 'secret', secret });
  if (!sign) throw new Error('tokens of a shared secret can be signed');
  return { authorization: `Bearer ${await sign({ sub: '1', roles: ['admin'] }, '6h')}` };
}

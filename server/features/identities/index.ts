import { demoTokenAnswer, demoTokenBody } from '../../contract/auth.ts';
import type { Tokens } from '../../platform/auth/tokens.ts';
import type { Pool } from '../../platform/db.ts';
import { operation } from '../../platform/http/operation.ts';
import type { Feature } from '../feature.ts';

/** The demo's advertiser, whose campaigns `npm start` shows. An advertiser who names a user id is that advertiser. */
export const demoAdvertiserId = 1;

/** Demo sign-in: a token for any role and any user. Only there in demo mode, and only with a secret of our own. */
export function identities(pool: Pool, sign: NonNullable<Tokens['sign']>): Feature {
  return {
    operations: [
      operation({
        method: 'post',
        path: '/demo/tokens',
        summary: 'A token for trying things out (demo mode only)',
        access: 'public',
        body: demoTokenBody,
        answers: { 200: demoTokenAnswer },
        handle: async ({ body: { role, userId, name } }) => {
          const sub = userId ?? (await nextDemoUser(pool));
          const token = await sign(
            {
              sub: String(sub),
              roles: [role],
              ...(name ? { name } : {}),
              ...(role === 'advertiser' ? { advertiser_id: userId ?? demoAdvertiserId } : {}),
            },
            '12h',
          );
          return { status: 200, body: { token } };
        },
      }),
    ],
  };
}

async function nextDemoUser(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ id: number }>("select nextval('demo_user') as id");
  return rows[0]?.id ?? 1;
}

import type { z } from 'zod';
import { demoTokenAnswer, demoTokenBody } from '../../contract/auth.ts';
import type { Tokens } from '../../platform/auth/tokens.ts';
import type { Pool } from '../../platform/db.ts';
import { operation } from '../../platform/http/operation.ts';
import type { Feature, Services } from '../feature.ts';
import { once } from '../once.ts';

/** The demo's advertiser, whose campaigns `npm start` shows. An advertiser who names a user id is that advertiser. */
export const demoAdvertiserId = 1;

type DemoToken = z.infer<typeof demoTokenBody>;
type Pools = Pick<Services, 'pool' | 'actPool'>;

/** Demo sign-in: a token for any role and any user. Only there in demo mode, and only with a secret of our own. */
export function identities({ pool, actPool }: Pools, sign: NonNullable<Tokens['sign']>): Feature {
  const issued = async (db: Pick<Pool, 'query'>, { role, userId, name }: DemoToken) => {
    const sub = userId ?? (await nextDemoUser(db));
    return sign(
      {
        sub: String(sub),
        roles: [role],
        ...(name ? { name } : {}),
        ...(role === 'advertiser' ? { advertiser_id: userId ?? demoAdvertiserId } : {}),
      },
      '12h',
    );
  };
  return {
    operations: [
      operation({
        method: 'post',
        path: '/demo/tokens',
        summary: 'A token for trying things out (demo mode only)',
        access: 'public',
        body: demoTokenBody,
        answers: { 200: demoTokenAnswer },
        handle: ({ body, receipt }) => {
          const issue = async (db: Pick<Pool, 'query'>) => ({ status: 200, body: { token: await issued(db, body) } });
          return receipt ? once(actPool, receipt, issue) : issue(pool);
        },
      }),
    ],
  };
}

async function nextDemoUser(db: Pick<Pool, 'query'>): Promise<number> {
  const { rows } = await db.query<{ id: number }>("select nextval('demo_user') as id");
  return rows[0]?.id ?? 1;
}

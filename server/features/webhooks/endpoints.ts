import type { Endpoint } from '../../contract/webhook.ts';
import type { Principal } from '../../platform/auth/principal.ts';
import type { Pool } from '../../platform/db.ts';
import { Refusal } from '../../platform/refusal.ts';

/** For an operation's `access`: advertisers, who are some advertiser, and admins. */
export const mayHaveEndpoints = (who: Principal): boolean =>
  who.roles.has('admin') || (who.roles.has('advertiser') && who.advertiserId !== null);

/** Whose endpoints this person sees: null for everybody's. */
export const ownerOf = (who: Principal): number | null => (who.roles.has('admin') ? null : who.advertiserId);

/** The endpoint, where it is this person's; of another's they do not learn that it is there. */
export async function requireEndpoint(db: Pick<Pool, 'query'>, id: number, who: Principal): Promise<Endpoint> {
  const { rows } = await db.query<{ endpoint: Endpoint }>(
    `select endpoint_document(w) as endpoint from webhook_endpoint w
     where id = $1 and deleted_at is null and ($2::bigint is null or advertiser_id = $2)`,
    [id, ownerOf(who)],
  );
  if (!rows[0]) throw new Refusal('unknown_endpoint');
  return rows[0].endpoint;
}

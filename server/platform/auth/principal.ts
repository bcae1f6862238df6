import type { Role } from '../../contract/auth.ts';

/** Who a valid token speaks for. */
export interface Principal {
  userId: number;
  roles: ReadonlySet<Role>;
  name: string | null;
  profileId: number | null;
  profileType: string | null;
  advertiserId: number | null;
  /** Seconds since 1970, or null for a token that does not say. */
  issuedAt: number | null;
  /** Seconds since 1970, or null for a token that never expires. */
  expiresAt: number | null;
}

/** Ownership needs the role and the number; admins own everything. */
export function owns(who: Principal | null, advertiserId: number | null): boolean {
  if (!who) return false;
  if (who.roles.has('admin')) return true;
  return who.roles.has('advertiser') && advertiserId !== null && who.advertiserId === advertiserId;
}

/** Who may read campaigns that are not public. */
export function seesHidden(who: Principal | null, advertiserId: number | null): boolean {
  return owns(who, advertiserId) || (who?.roles.has('moderator') ?? false);
}

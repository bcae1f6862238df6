import type { Principal } from '../../../platform/auth/principal.ts';
import { caller } from '../../../platform/http/operation.ts';
import type { Services } from '../../feature.ts';

export interface DeskServices extends Services {
  /** `shadow` and `off`: flags hide nothing. */
  automod: 'on' | 'shadow' | 'off';
  newFlaggerHours: number;
  screensShowing: ScreensShowing;
}

/** How many screens show each of these comments now; one that is not in the answer is on none. */
export type ScreensShowing = (comments: { commentId: number; campaignId: number }[]) => Promise<Map<number, number>>;

/** Who acts, as the log names them. */
export function moderatorOf(call: { who: Principal | null }): { id: number; name: string } {
  const { userId, name } = caller(call);
  return { id: userId, name: name ?? `user ${userId}` };
}

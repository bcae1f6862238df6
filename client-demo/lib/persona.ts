/** Who a visitor of the demo is: the browser's own user, or somebody else for as long as a tab lives. */
import type { Role } from '../../server/contract/auth.ts';
import { browserKeeper, type Keeper, tabKeeper } from './storage.ts';

export interface Persona {
  readonly role: Role;
  readonly kept: Keeper;
  /** What its keys in the storage begin with. */
  readonly prefix: string;
  /** Whose token is asked for, when that is not the user who was kept; undefined leaves it to the server. */
  readonly userId?: () => Promise<number | undefined>;
  readonly name?: string;
}

/** A user of this browser's own, in every tab. */
export const ownPersona: Persona = { role: 'user', kept: browserKeeper, prefix: '' };

/** Somebody of this tab alone. `as` tells those of one role apart. */
export const tabPersona = (role: Role, as: string): Persona => ({ role, kept: tabKeeper, prefix: `${as}:` });

/**
 * Who a tab is. Until somebody chooses, a screen decides: the advertiser's is seen by the campaign's advertiser, the
 * desk by a moderator, all others by the browser's own user. What was chosen holds in this tab until another choice.
 */
import { z } from 'zod';
import { createApi } from './lib/api.ts';
import { createHttp } from './lib/http.ts';
import { ownPersona, type Persona, tabPersona } from './lib/persona.ts';
import { tabKeeper } from './lib/storage.ts';
import { Store } from './lib/store.ts';
import type { Route } from './routing.tsx';

const identitySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('self') }),
  /** Another user, of this tab alone. */
  z.object({ kind: z.literal('guest') }),
  /** The advertiser whose campaign it is; without one, the demo's. */
  z.object({ kind: z.literal('advertiser'), campaignId: z.number().nullable() }),
  z.object({ kind: z.literal('moderator') }),
  z.object({ kind: z.literal('admin') }),
]);
export type Identity = z.infer<typeof identitySchema>;

const KEY = 'identity';
export const chosenIdentity = new Store<Identity | null>(read());

/** Null leaves it to the screens again. */
export function chooseIdentity(identity: Identity | null): void {
  tabKeeper.keep(KEY, identity === null ? null : JSON.stringify(identity));
  chosenIdentity.set(identity);
}

function read(): Identity | null {
  try {
    return identitySchema.parse(JSON.parse(tabKeeper.recall(KEY) ?? 'null'));
  } catch {
    return null;
  }
}

export function identityOn(route: Route, chosen: Identity | null): Identity {
  if (chosen !== null) return chosen;
  const screen = route.screen === 'settings' ? route.of : route.screen;
  if (screen === 'advertiser') return { kind: 'advertiser', campaignId: 'id' in route ? route.id : null };
  return screen === 'moderation' ? { kind: 'moderator' } : { kind: 'self' };
}

/** The same text for the same person. */
export const identityKey = (identity: Identity): string =>
  identity.kind === 'advertiser' ? `advertiser-of-${identity.campaignId ?? 'demo'}` : identity.kind;

export function personaOf(identity: Identity): Persona {
  switch (identity.kind) {
    case 'self':
      return ownPersona;
    case 'guest':
      return tabPersona('user', 'guest');
    case 'moderator':
    case 'admin':
      return tabPersona(identity.kind, identity.kind);
    case 'advertiser':
      return advertiserOf(identity.campaignId);
    default:
      return identity satisfies never;
  }
}

/** In the demo an advertiser's user has the advertiser's id. One that nobody may see is taken for the demo's own. */
function advertiserOf(campaignId: number | null): Persona {
  const persona = tabPersona('advertiser', `advertiser-of-${campaignId ?? 'demo'}`);
  const owner = async () => {
    if (campaignId === null) return undefined;
    const { value } = await createApi(createHttp()).campaign(campaignId);
    return value.advertiserId ?? undefined;
  };
  return { ...persona, name: 'The advertiser', userId: () => owner().catch(() => undefined) };
}

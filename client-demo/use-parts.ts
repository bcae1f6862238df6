import { useEffect, useState } from 'react';
import { type AppParts, createAppParts } from './app-context.ts';
import { type Identity, identityKey, personaOf } from './identity.ts';

/** The connection and API of whoever is here. Another person gets others, and the former ones are closed. */
export function useParts(identity: Identity): { key: string; parts: AppParts | null } {
  const key = identityKey(identity);
  const [held, setHeld] = useState<{ key: string; parts: AppParts } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of the identity
  useEffect(() => {
    const parts = createAppParts(personaOf(identity));
    parts.connection.open();
    setHeld({ key, parts });
    return () => parts.connection.close();
  }, [key]);
  return { key, parts: held?.key === key ? held.parts : null };
}

/** What a browser keeps. Storage may be full or forbidden: then things last as long as the page. */
export interface Keeper {
  recall(key: string): string | null;
  /** Null forgets. */
  keep(key: string, value: string | null): void;
}

const prefix = 'campaign-pulse:';

/** `storage` is asked each time, since where it is forbidden already naming it throws. */
export function createKeeper(storage: () => Storage): Keeper {
  const fallback = new Map<string, string>();
  return {
    recall(key) {
      try {
        return storage().getItem(prefix + key) ?? fallback.get(key) ?? null;
      } catch {
        return fallback.get(key) ?? null;
      }
    },
    keep(key, value) {
      if (value === null) fallback.delete(key);
      else fallback.set(key, value);
      try {
        if (value === null) storage().removeItem(prefix + key);
        else storage().setItem(prefix + key, value);
      } catch {
        // The fallback has it.
      }
    },
  };
}

/** Over reloads and in all tabs. */
export const browserKeeper = createKeeper(() => localStorage);
/** Over reloads, for one tab alone. */
export const tabKeeper = createKeeper(() => sessionStorage);
export const { recall, keep } = browserKeeper;

/** What a browser keeps over reloads. Storage may be full or forbidden: then things last as long as the page. */
const fallback = new Map<string, string>();
const prefix = 'campaign-pulse:';

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(prefix + key) ?? fallback.get(key) ?? null;
  } catch {
    return fallback.get(key) ?? null;
  }
}

/** Null forgets. */
export function keep(key: string, value: string | null): void {
  if (value === null) fallback.delete(key);
  else fallback.set(key, value);
  try {
    if (value === null) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, value);
  } catch {
    // The fallback has it.
  }
}

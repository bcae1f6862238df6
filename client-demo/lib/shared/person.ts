/** What of a token may differ between two tokens of one person with the same rights. */
const passing = new Set(['exp', 'iat', 'nbf', 'jti']);

/** The same text for the same person with the same rights: tabs of one person share a socket. Verified by the server alone. */
export function personOf(auth: object): string {
  const token = 'token' in auth && typeof auth.token === 'string' ? auth.token : null;
  if (token === null) return 'nobody';
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const claims = Object.entries(JSON.parse(atob(payload)) as object).filter(([name]) => !passing.has(name));
    return JSON.stringify(claims.sort(([a], [b]) => (a < b ? -1 : 1)));
  } catch {
    return token; // shared with nobody who has another
  }
}

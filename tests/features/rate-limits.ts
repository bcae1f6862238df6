import type { Api, Reply } from '../support/api.ts';

/** The answer's rate limit headers that are there, by name. */
export function limitHeadersOf({ headers }: Reply): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => name.startsWith('ratelimit') || name === 'retry-after'));
}

/** How many of `times` calls at once were let through; the others were 429, or this throws. */
export async function letThrough(times: number, call: (n: number) => Promise<Reply>): Promise<number> {
  const replies = await Promise.all(Array.from({ length: times }, (_, n) => call(n)));
  const other = replies.find(({ status }) => status !== 429 && status >= 300);
  if (other) throw new Error(`${other.status} ${JSON.stringify(other.body)}`);
  return replies.filter(({ status }) => status < 300).length;
}

export const commenting = (as: Api, id: number) => (n: number) =>
  as('POST', `/campaigns/${id}/comments`, { text: `comment ${n}` });

export const liking = (as: Api, id: number) => () => as('PUT', `/campaigns/${id}/reactions/like`);

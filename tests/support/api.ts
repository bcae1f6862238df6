import { token } from './app.ts';
import type { Untyped } from './untyped.ts';

export interface Reply {
  status: number;
  headers: Headers;
  body: Untyped;
}

/** Calls the API as one person. `as('POST', '/campaigns', body, headers)`. */
export function apiAs(url: string, bearer: string | null) {
  return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> => {
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : raw ? (body as BodyInit) : JSON.stringify(body),
      signal: AbortSignal.timeout(15_000),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
  };
}

export type Api = ReturnType<typeof apiAs>;

export const user = async (url: string, userId: number, name?: string): Promise<Api> =>
  apiAs(url, await token(userId, name ? { name } : {}));
export const admin = async (url: string): Promise<Api> => apiAs(url, await token(1, { roles: ['admin'] }));
export const advertiser = async (url: string, advertiserId: number): Promise<Api> =>
  apiAs(url, await token(900_000 + advertiserId, { roles: ['advertiser'], advertiser_id: advertiserId }));

/** A campaign brought to life through the front door. */
export async function liveCampaign(url: string, fields: Record<string, unknown> = {}): Promise<number> {
  const as = await admin(url);
  const { body } = await as('POST', '/campaigns', { name: 'A campaign', advertiserId: 5, ...fields });
  for (const to of ['submitted', 'verified', 'live']) await as('POST', `/campaigns/${body.id}/transitions`, { to });
  return body.id;
}

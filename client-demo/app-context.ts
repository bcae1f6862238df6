/** What every screen shares: one identity, one connection, one API. */
import { createContext, use } from 'react';
import { type Api, createApi } from './lib/api.ts';
import { Connection } from './lib/connection.ts';
import { createHttp } from './lib/http.ts';
import { ImpressionMeter } from './lib/impressions/meter.ts';
import { Session } from './lib/session.ts';
import { inventName } from './names.ts';

export interface AppParts {
  readonly session: Session;
  readonly connection: Connection;
  readonly api: Api;
  readonly impressions: ImpressionMeter;
}

export function createAppParts(): AppParts {
  const session = new Session(inventName);
  return {
    session,
    connection: new Connection({ credentials: session }),
    api: createApi(createHttp({ credentials: session })),
    impressions: new ImpressionMeter(session),
  };
}

export const AppContext = createContext<AppParts | null>(null);

export function useApp(): AppParts {
  const parts = use(AppContext);
  if (parts === null) throw new Error('There is no app around this component');
  return parts;
}

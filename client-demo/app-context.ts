/** What every screen shares: one identity, one connection, one API. */
import { createContext, use } from 'react';
import { type Api, createApi } from './lib/api.ts';
import { Connection } from './lib/connection.ts';
import { Freshness } from './lib/freshness.ts';
import { createHttp, type Http } from './lib/http.ts';
import { ImpressionMeter } from './lib/impressions/meter.ts';
import type { Persona } from './lib/persona.ts';
import { Session } from './lib/session.ts';
import type { Store } from './lib/store.ts';
import { inventName } from './names.ts';

export interface AppParts {
  readonly session: Session;
  readonly connection: Connection;
  readonly http: Http;
  readonly api: Api;
  readonly impressions: ImpressionMeter;
  /** How old the last change was when it was here, ms; null before there was one. */
  readonly delayMs: Store<number | null>;
}

export function createAppParts(persona: Persona): AppParts {
  const session = new Session(inventName, createHttp(), persona);
  const http = createHttp({ credentials: session });
  const connection = new Connection({ credentials: session });
  let meter: ImpressionMeter | null = null;
  return {
    session,
    connection,
    delayMs: new Freshness(connection).delayMs,
    http,
    api: createApi(http),
    /** Made by the first who shows an advertisement: it listens to the page for as long as that lives. */
    get impressions() {
      meter ??= new ImpressionMeter(session);
      return meter;
    },
  };
}

export const AppContext = createContext<AppParts | null>(null);

export function useApp(): AppParts {
  const parts = use(AppContext);
  if (parts === null) throw new Error('There is no app around this component');
  return parts;
}

/** Which screen an address shows. Links are real links; a plain click stays on the page. */
import type { MouseEvent, ReactNode } from 'react';
import { Store } from './lib/store.ts';
import { useStore } from './watching.ts';

export type Route =
  | { screen: 'home' }
  | { screen: 'campaign'; id: number }
  | { screen: 'advertiser'; id: number | null }
  | { screen: 'moderation' }
  | { screen: 'nowhere' };

export function routeOf(path: string): Route {
  const [, first = '', second = ''] = path.split('/');
  const id = /^[1-9]\d{0,15}$/.test(second) ? Number(second) : null;
  if (first === '') return { screen: 'home' };
  if (first === 'campaigns' && id !== null) return { screen: 'campaign', id };
  if (first === 'advertiser') return { screen: 'advertiser', id };
  return first === 'moderation' ? { screen: 'moderation' } : { screen: 'nowhere' };
}

const path = new Store(location.pathname);
const search = new Store(location.search);
addEventListener('popstate', look);

function look(): void {
  path.set(location.pathname);
  search.set(location.search);
}

export const useRoute = (): Route => routeOf(useStore(path));
export const useSearch = (): string => useStore(search);

/** What a screen shows of its subject: a step in the history, so that Back undoes it. */
export function showSearch(query: string): void {
  history.pushState(null, '', `${location.pathname}${query === '' ? '' : `?${query}`}`);
  look();
}

interface LinkProps {
  to: string;
  className?: string;
  current?: boolean;
  /** It leads to a place on the same screen, which that finds by itself. */
  keepsScroll?: boolean;
  children: ReactNode;
}

export function Link({ to, className, current = false, keepsScroll = false, children }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState(null, '', to);
    look();
    if (!keepsScroll) scrollTo(0, 0);
  };
  return (
    <a href={to} className={className} onClick={follow} aria-current={current ? 'page' : undefined}>
      {children}
    </a>
  );
}

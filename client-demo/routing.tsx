/** Which screen an address shows. Links are real links; a plain click stays on the page. */
import type { MouseEvent, ReactNode } from 'react';
import { Store } from './lib/store.ts';
import { useStore } from './watching.ts';

export type Route =
  | { screen: 'home' }
  | { screen: 'campaign'; id: number }
  | { screen: 'advertiser'; id: number | null }
  | { screen: 'moderation' }
  /** Whose settings: whoever the screen of that name is for. */
  | { screen: 'settings'; of: 'home' | 'advertiser' | 'moderation'; id: number | null }
  | { screen: 'nowhere' };

export function routeOf(path: string): Route {
  const [, first = '', second = '', third = ''] = path.split('/');
  const id = idIn(second);
  if (first === '') return { screen: 'home' };
  if (first === 'campaigns' && id !== null) return { screen: 'campaign', id };
  if (first === 'advertiser')
    return id === null && second !== '' ? { screen: 'nowhere' } : { screen: 'advertiser', id };
  if (first === 'settings') {
    return {
      screen: 'settings',
      of: second === 'advertiser' || second === 'moderation' ? second : 'home',
      id: idIn(third),
    };
  }
  return first === 'moderation' ? { screen: 'moderation' } : { screen: 'nowhere' };
}

const idIn = (part: string): number | null => (/^[1-9]\d{0,15}$/.test(part) ? Number(part) : null);

/** The settings of whoever a screen is for. */
export function settingsOf(route: Route): string {
  if (route.screen === 'settings') return location.pathname;
  if (route.screen === 'moderation') return '/settings/moderation';
  if (route.screen !== 'advertiser') return '/settings';
  return `/settings/advertiser${route.id === null ? '' : `/${route.id}`}`;
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

/** What a screen shows of its subject: a step in the history, so that Back undoes it; `quietly` is no step. */
export function showSearch(query: string, quietly = false): void {
  const address = `${location.pathname}${query === '' ? '' : `?${query}`}`;
  if (quietly) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  look();
}

interface LinkProps {
  to: string;
  className?: string;
  current?: boolean;
  /** It is followed on this page. */
  onFollow?: () => void;
  /** It leads to a place on the same screen, which that finds by itself. */
  keepsScroll?: boolean;
  children: ReactNode;
}

export function Link({ to, className, current = false, onFollow, keepsScroll = false, children }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState(null, '', to);
    look();
    onFollow?.();
    if (!keepsScroll) scrollTo(0, 0);
  };
  return (
    <a href={to} className={className} onClick={follow} aria-current={current ? 'page' : undefined}>
      {children}
    </a>
  );
}

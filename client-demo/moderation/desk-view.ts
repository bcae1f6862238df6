/** What of the desk is shown, as it stands in the address. */
import type { Queue } from '../../server/contract/desk.ts';

export const tabs = ['queue', 'appeals', 'notices', 'users', 'rules', 'log', 'statistics'] as const;
export type Tab = (typeof tabs)[number];
export const queues: readonly Queue[] = ['reported', 'pending', 'approved', 'rejected'];

export interface DeskView {
  readonly tab: Tab;
  readonly queue: Queue;
  /** The comment in hand; null leaves it to the screen. */
  readonly item: number | null;
  readonly user: number | null;
}

export function readView(search: string): DeskView {
  const query = new URLSearchParams(search);
  return {
    tab: tabs.find((tab) => tab === query.get('tab')) ?? 'queue',
    queue: queues.find((queue) => queue === query.get('queue')) ?? 'reported',
    item: idIn(query.get('item')),
    user: idIn(query.get('user')),
  };
}

/** Only what differs from what anyone sees first. */
export function writeView(view: DeskView): string {
  const query = new URLSearchParams();
  if (view.tab !== 'queue') query.set('tab', view.tab);
  if (view.queue !== 'reported') query.set('queue', view.queue);
  if (view.tab === 'queue' && view.item !== null) query.set('item', String(view.item));
  if (view.tab === 'users' && view.user !== null) query.set('user', String(view.user));
  return query.toString();
}

const idIn = (value: string | null): number | null =>
  value !== null && /^[1-9]\d{0,15}$/.test(value) ? Number(value) : null;

import { words } from '../words/moderation.ts';
import type { Desk } from './desk-context.ts';
import { refusalText } from './refusal-text.ts';
import { say } from './toast-store.ts';

/** Takes the last decision back, and the comment in hand again. */
export async function undoLast({ acting, live, show }: Pick<Desk, 'acting' | 'live' | 'show'>): Promise<void> {
  const decided = acting.done.get()?.decisions[0]?.commentId ?? null;
  const acted = await acting.undo();
  if (acted === null) return;
  say(acted.ok ? words.done.undo : refusalText(acted.refused), acted.ok ? 'plain' : 'problem');
  if (!acted.ok || decided === null) return;
  show({ tab: 'queue', item: decided }, true);
  void live.refresh();
}

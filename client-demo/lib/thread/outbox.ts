/**
 * Posts of our own on their way. The answer and the broadcast of a post come in either order; whichever is first puts the
 * comment into the list and takes the outgoing one off the glass, so that a post is never seen twice.
 */
import type { Comment } from '../../../server/contract/comment.ts';
import { learn } from './content.ts';
import type { OutboxMessage } from './messages.ts';
import { place } from './place.ts';
import type { Outgoing, ThreadState } from './state.ts';

export function reduceOutbox(state: ThreadState, message: OutboxMessage): ThreadState {
  const { key } = message;
  switch (message.kind) {
    case 'sending': {
      const { parentId, text, at } = message;
      const known = state.outbox.find((post) => post.key === key);
      if (known) return change(state, key, { status: 'sending', code: null });
      return {
        ...state,
        outbox: [...state.outbox, { key, parentId, text, at, status: 'sending', id: null, code: null }],
      };
    }
    case 'sent': {
      const learned = learn(without(state, key), message.comment, { seq: 0, live: true });
      return place(learned, message.comment);
    }
    case 'in review':
      return change(state, key, { status: 'in review', code: message.code });
    case 'failed':
      // Seen in a broadcast: it did arrive, whatever became of the answer.
      return state.outbox.some((post) => post.key === key && post.id !== null)
        ? without(state, key)
        : change(state, key, { status: 'failed', code: message.code });
    case 'discarded':
      return without(state, key);
    default:
      return message satisfies never;
  }
}

/** Called when a comment of ours comes by broadcast: the oldest outgoing post that it can be is no longer shown. */
export function matchOutgoing(state: ThreadState, comment: Comment): ThreadState {
  const { id, parentId, text } = comment;
  if (state.outbox.some((post) => post.id === id)) return state;
  const post = state.outbox.find((one) => one.id === null && one.parentId === parentId && normal(one.text) === text);
  if (post === undefined) return state;
  return post.status === 'sending' ? change(state, post.key, { id }) : without(state, post.key);
}

/** As the server stores it. */
const normal = (text: string): string => text.toWellFormed().normalize('NFC').trim();

const without = (state: ThreadState, key: string): ThreadState => ({
  ...state,
  outbox: state.outbox.filter((post) => post.key !== key),
});

const change = (state: ThreadState, key: string, fields: Partial<Outgoing>): ThreadState => ({
  ...state,
  outbox: state.outbox.map((post) => (post.key === key ? { ...post, ...fields } : post)),
});

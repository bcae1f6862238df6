import { expect, it } from 'vitest';
import type { Notification } from '../../server/contract/notification.ts';
import { placeOf, reasonOf, textOf } from './notification-text.ts';

const at = '2026-11-22T12:00:00.000Z';
const note = (fields: Partial<Notification>): Notification => ({
  ...{ id: 1, kind: 'reply', commentId: 7, campaignId: 3, count: 1, actors: [], data: {}, readAt: null },
  ...{ createdAt: at, updatedAt: at },
  ...fields,
});
const people = (...names: string[]) => names.map((name, n) => ({ id: n + 1, name }));

it.each([
  [1, people('Ada'), 'Ada replied to your comment'],
  [2, people('Ada', 'Bo'), 'Ada and Bo replied to your comment'],
  [3, people('Ada', 'Bo', 'Cyd'), 'Ada, Bo, and 1 other replied to your comment'],
  [9, people('Ada', 'Bo', 'Cyd'), 'Ada, Bo, and 7 others replied to your comment'],
  [9, [], '9 people replied to your comment'],
])('%i people are named or counted, each once', (count, actors, text) => {
  expect(textOf(note({ count, actors }))).toBe(text);
});

it('a milestone says what of, a share of the plan or the budget as percent', () => {
  const milestone = (data: Notification['data']) => textOf(note({ kind: 'milestone', data }));
  expect(milestone({ metric: 'likes', value: 1_000 })).toBe('1,000 likes reached');
  expect(milestone({ metric: 'plan', value: 50 })).toBe('50% of the plan delivered');
  expect(milestone({ metric: 'budget', value: 100 })).toBe('100% of the budget spent');
});

it('a note leads to the comment, the advertiser’s screen or nowhere', () => {
  expect(placeOf(note({}))).toBe('/campaigns/3?comment=7');
  expect(placeOf(note({ kind: 'invoice_paid', commentId: null }))).toBe('/advertiser/3');
  expect(placeOf(note({ kind: 'sanction', commentId: null, campaignId: null }))).toBeNull();
});

it('a decision says why, in the moderator’s words where there are some', () => {
  expect(reasonOf(note({ data: { reason: 'personal_attack', explanation: 'You named him.' } }))).toBe('You named him.');
  expect(reasonOf(note({ data: { reason: 'personal_attack', explanation: null } }))).toBe('personal attack');
  expect(reasonOf(note({}))).toBeNull();
});

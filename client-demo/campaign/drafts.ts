/** What is being written outlives updates, reloads and lost connections. */
import { keep, recall } from '../lib/storage.ts';

const keyOf = (campaignId: number, parentId: number | null) => `draft:${campaignId}:${parentId ?? 'top'}`;

export const readDraft = (campaignId: number, parentId: number | null): string =>
  recall(keyOf(campaignId, parentId)) ?? '';

export const hasDraft = (campaignId: number, parentId: number | null): boolean =>
  readDraft(campaignId, parentId).trim() !== '';

export const keepDraft = (campaignId: number, parentId: number | null, text: string): void =>
  keep(keyOf(campaignId, parentId), text === '' ? null : text);

/** Reads a campaign over HTTP: the snapshot a stream starts from, and whatever the reader asks for later. */
import type { Comment, CommentSort } from '../../server/contract/comment.ts';
import type { Api } from './api.ts';
import type { Verdict } from './position.ts';
import { NoAnswerError } from './problem.ts';
import type { CampaignRead, Message, PageRead } from './thread/messages.ts';
import type { ReactionKey, ThreadState } from './thread/state.ts';

export const PAGE = 20;
/** Whoever asks for more reads on. */
export const MORE = 50;
export const PREVIEWS = 3;
const MOST_AT_ONCE = 100;
const MOST_AFTER_RESET = 1_000;

export interface ThreadAccess {
  readonly campaignId: number;
  readonly api: Api;
  get(): ThreadState;
  dispatch(message: Message): Verdict;
}

/**
 * As much as is on the glass now, read anew. The page comes before the campaign: what changes in between is then in the
 * campaign and comes again as an event, while the other way round it would be in neither.
 */
export async function readSnapshot(thread: ThreadAccess): Promise<Message> {
  const { top, branches } = thread.get();
  const wanted = Math.min(Math.max(PAGE, top.ids.length), MOST_AFTER_RESET);
  const first = await readPage(thread, { sort: top.sort, limit: Math.min(wanted, MOST_AT_ONCE) });
  const pages = [first];
  for (let page = first; pages.length * MOST_AT_ONCE < wanted && page.nextCursor !== null; pages.push(page)) {
    page = await readPage(thread, { sort: top.sort, limit: MOST_AT_ONCE, cursor: page.nextCursor });
  }
  const opened = new Map<number, PageRead>();
  for (const [parentId, branch] of branches) {
    if (branch.ids.length > PREVIEWS)
      opened.set(parentId, await readReplies(thread, parentId, { limit: MOST_AT_ONCE }));
  }
  if (pages.some(({ epoch }) => epoch !== first.epoch))
    throw new NoAnswerError('The stream began anew while it was read');
  const campaign = await readCampaign(thread);
  return { kind: 'snapshot', snapshot: { sort: top.sort, pages, branches: opened, campaign } };
}

export async function readCampaign({ api, campaignId, get }: ThreadAccess): Promise<CampaignRead> {
  const { tick, position } = get();
  const { value } = await api.campaign(campaignId);
  return { campaign: value, seq: position?.seq ?? 0, since: tick };
}

export async function readPage(
  { api, campaignId, get }: ThreadAccess,
  query: { sort: CommentSort; limit?: number; cursor?: string },
): Promise<PageRead> {
  const since = get().tick;
  const { value } = await api.comments(campaignId, { limit: PAGE, previewReplies: PREVIEWS, ...query });
  return { ...value, since, previews: PREVIEWS };
}

/** A page without a position is true at least at the one we stood at when we asked. */
export async function readReplies(
  { api, get }: ThreadAccess,
  parentId: number,
  query: { limit?: number; cursor?: string },
): Promise<PageRead> {
  const { tick: since, position } = get();
  const { value } = await api.replies(parentId, { sort: 'oldest', limit: PAGE, previewReplies: PREVIEWS, ...query });
  const { items, nextCursor, epoch = position?.epoch ?? '', seq = position?.seq ?? 0 } = value;
  return { items, nextCursor, epoch, seq, since, previews: PREVIEWS };
}

/** Those above a comment that an event brought and that we never heard of, nearest first. */
export async function readAncestors({ api, get }: ThreadAccess, id: number): Promise<Message> {
  const { epoch = '', seq = 0 } = get().position ?? {};
  const comments: Comment[] = [];
  let above = get().comments.get(id)?.comment.parentId ?? null;
  while (above !== null && !get().comments.has(above)) {
    const { value } = await api.comment(above);
    comments.push(value);
    above = value.parentId;
  }
  return { kind: 'ancestors', comments, epoch, seq };
}

/** Which reactions of the campaign are ours already. */
export async function readMine({ api, campaignId }: ThreadAccess): Promise<ReactionKey[]> {
  const keys: ReactionKey[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < 10; pages++) {
    const { value } = await api.myEngagement(campaignId, cursor);
    for (const { type, commentId } of value.items) {
      if (type === 'like' && commentId !== null) keys.push(`comment:${commentId}`);
      else if (type === 'like' || type === 'save' || type === 'bookmark') keys.push(type);
    }
    if (value.nextCursor === null) break;
    cursor = value.nextCursor;
  }
  return keys;
}

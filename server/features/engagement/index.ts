import { createBatchWriter } from '../../writing/batch-writer.ts';
import { sendBatchTo, type WriteAnswer } from '../../writing/sql-batch.ts';
import type { Feature, Services } from '../feature.ts';
import { addShare, type ShareItem } from './add-share.ts';
import { likeComment, unlikeComment } from './like-comment.ts';
import { listEngaged } from './list-engaged.ts';
import { listMine } from './list-mine.ts';
import { type ReactionItem, setReaction, takeBackReaction } from './react.ts';
import { readCounts, readMine } from './read-engagement.ts';

/** Likes, saves, follows (bookmarks) and shares of campaigns, and likes of comments. */
export function engagement(services: Services): Feature {
  const { pool, writePool, log, metrics, maxQueue } = services;
  const reactions = createBatchWriter<ReactionItem, WriteAnswer>({
    name: 'reactions',
    send: sendBatchTo(writePool, 'write_reactions'),
    groupOf: ({ c, m }) => (c === undefined ? `comment ${m}` : `campaign ${c}`),
    keysOf: ({ c, m, u, t, key, scope }) => [`${c} ${m} ${u} ${t}`, ...(key ? [`${scope} ${key}`] : [])],
    maxQueue,
    log,
    metrics,
  });
  const shares = createBatchWriter<ShareItem, WriteAnswer>({
    name: 'shares',
    send: sendBatchTo(writePool, 'add_shares'),
    groupOf: ({ c }) => String(c),
    keysOf: ({ scope, key }) => [`${scope} ${key}`],
    maxQueue,
    log,
    metrics,
  });
  return {
    operations: [
      setReaction(pool, reactions),
      takeBackReaction(pool, reactions),
      likeComment(pool, reactions),
      unlikeComment(pool, reactions),
      addShare(pool, shares),
      readCounts(pool),
      readMine(pool),
      listEngaged(pool),
      listMine(pool),
    ],
    stop: async () => {
      await Promise.all([reactions.stop(), shares.stop()]);
    },
  };
}

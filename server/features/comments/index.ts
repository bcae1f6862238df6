import { createBatchWriter } from '../../writing/batch-writer.ts';
import { sendBatchTo, type WriteAnswer } from '../../writing/sql-batch.ts';
import type { Feature, Services } from '../feature.ts';
import { addComment, type CommentItem } from './add-comment.ts';
import { editComment, removeComment } from './edit-comment.ts';
import { listComments, listReplies } from './list-comments.ts';
import { listOwnComments } from './list-own.ts';
import { listRevisions } from './list-revisions.ts';
import { readComment } from './read-comment.ts';
import { readContext } from './read-context.ts';

/** Threads: any depth, every list by keyset, each page with the position in the stream at which it is true. */
export function comments({
  pool,
  writePool,
  actPool,
  pastPool,
  log,
  metrics,
  maxQueue,
  judge,
  editWindowSeconds,
}: Services): Feature {
  const writer = createBatchWriter<CommentItem, WriteAnswer>({
    name: 'comments',
    send: sendBatchTo(writePool, 'add_comments'),
    groupOf: ({ c }) => String(c),
    keysOf: ({ scope, key }) => [`${scope} ${key}`],
    maxQueue,
    log,
    metrics,
  });
  return {
    operations: [
      addComment({ pool, writer, judge }),
      listComments({ pool, pastPool }),
      listReplies({ pool, pastPool }),
      readComment(pool),
      readContext(pool),
      editComment({ pool, actPool, judge, windowSeconds: editWindowSeconds }),
      removeComment(pool, actPool),
      listRevisions(pool),
      listOwnComments(pool),
    ],
    stop: writer.stop,
  };
}

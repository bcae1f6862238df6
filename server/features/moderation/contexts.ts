import type { Pool } from '../../platform/db.ts';
import type { AuthorRecord, RecentPost } from './rules/judgement.ts';

export interface ContextItem {
  u: number;
  exact: string;
  bands: number[];
  /** The comment that is edited; null for a new one. */
  self: number | null;
}

export interface SubmissionContext {
  author: AuthorRecord;
  recent: RecentPost[];
}

/** What the rules ask the database, for all texts that wait, in one query; the answers stand in the order of the items. */
export const contextsFrom =
  (pool: Pick<Pool, 'query'>) =>
  async (items: ContextItem[]): Promise<SubmissionContext[]> => {
    const { rows } = await pool.query<SubmissionContext & { o: number }>({
      name: 'submission_contexts',
      text: 'select o, author, recent from submission_contexts($1::jsonb)',
      values: [JSON.stringify(items.map((item, o) => ({ ...item, o })))],
    });
    const contexts = new Array<SubmissionContext>(items.length);
    for (const { o, ...context } of rows) contexts[o] = context;
    if (contexts.includes(undefined as never)) throw new Error('submission_contexts left an item out');
    return contexts;
  };

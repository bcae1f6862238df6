import pg from 'pg';
import { CommandFailed } from '../failure.ts';
import { campaignDocument, campaignName, commentDocuments, type Documents, type RawComment } from './documents.ts';
import type { OpenCampaign } from './open-campaigns.ts';

interface EngagementRow {
  id: number;
  campaignId: number;
  userId: number;
  type: 'like' | 'share' | 'comment' | 'save' | 'bookmark';
  parentId: number | null;
  text: string | null;
}

const plural = { like: 'likes', share: 'shares', comment: 'comments', save: 'saves', bookmark: 'bookmarks' } as const;

/** The same state from the rows of campaign_engagement alone: no view, function or counter of the server is asked. */
export async function readOverSql(databaseUrl: string, campaignIds: number[]): Promise<Documents> {
  const rows = await withClient(databaseUrl, async (client) => {
    const found = await client.query<EngagementRow>(
      `select id, campaign_id as "campaignId", user_id as "userId", engagement_type as type,
         parent_comment_id as "parentId", comment_text as text
       from campaign_engagement where campaign_id = any ($1) order by id`,
      [campaignIds],
    );
    return found.rows;
  });
  const documents = commentDocuments(rawComments(rows));
  for (const id of campaignIds) {
    const counts = { likes: 0, shares: 0, comments: 0, saves: 0, bookmarks: 0 };
    // A like of a comment is that comment's, not the campaign's.
    for (const { campaignId, type, parentId } of rows) {
      if (campaignId === id && (type !== 'like' || parentId === null)) counts[plural[type]]++;
    }
    documents.set(campaignName(id), campaignDocument(counts));
  }
  return documents;
}

/** Throws unless the campaigns just made over HTTP are there: comparing with another server's database says nothing. */
export async function assertSameDatabase(databaseUrl: string, campaigns: OpenCampaign[]): Promise<void> {
  const ids = campaigns.map(({ id }) => id);
  const names = await withClient(databaseUrl, async (client) => {
    const found = await client.query<{ id: number; name: string }>(
      'select id, name from campaign_profile where id = any ($1)',
      [ids],
    );
    return new Map(found.rows.map(({ id, name }) => [id, name]));
  });
  const stranger = campaigns.find(({ id, name }) => names.get(id) !== name.slice(0, 200));
  if (!stranger) return;
  throw new CommandFailed(
    `DATABASE_URL is not the database of that server: campaign ${stranger.id}, just created there, is not in it.`,
  );
}

function rawComments(rows: EngagementRow[]): RawComment[] {
  const likes = new Map<number, number>();
  for (const { type, parentId } of rows) {
    if (type === 'like' && parentId !== null) likes.set(parentId, (likes.get(parentId) ?? 0) + 1);
  }
  return rows
    .filter((row) => row.type === 'comment')
    .map(({ id, campaignId, parentId, userId, text }) => ({
      id,
      campaignId,
      parentId,
      authorId: userId,
      text,
      likes: likes.get(id) ?? 0,
    }));
}

async function withClient<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'campaign-pulse replay' });
  // bigint arrives as text; ids and counts fit in a double.
  client.setTypeParser(pg.types.builtins.INT8, Number);
  client.on('error', () => {}); // The query rejects too.
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

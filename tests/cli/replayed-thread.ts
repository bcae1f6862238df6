import pg from 'pg';

export type Row = [author: string, text: string, parent: string | null, likes: number];

/** Every comment with the beginning of its parent, in the order of author and text. */
export async function threadIn(databaseUrl: string): Promise<Row[]> {
  const rows = await query<{ author: string; text: string; parent: string | null; likes: number }>(
    databaseUrl,
    `select n.name as author, c.comment_text as text, left(p.comment_text, 10) as parent,
       (select count(*)::int from campaign_engagement l where l.parent_comment_id = c.id and l.engagement_type = 'like') as likes
     from campaign_engagement c
     join person n on n.user_id = c.user_id
     left join campaign_engagement p on p.id = c.parent_comment_id
     where c.engagement_type = 'comment' and c.campaign_id in (select id from campaign_profile where description like 'Replayed from %')`,
  );
  return rows.map(({ author, text, parent, likes }): Row => [author, text, parent, likes]).toSorted();
}

/** Throws while likes are still to come. Without its triggers the table changes, and nothing that is kept from it does. */
export async function deleteUnseen(databaseUrl: string, text: string, likesBefore: number): Promise<void> {
  const likes = (await threadIn(databaseUrl)).reduce((sum, row) => sum + row[3], 0);
  if (likes < likesBefore) throw new Error(`${likes} likes so far`);
  await query(databaseUrl, 'alter table campaign_engagement disable trigger user');
  await query(databaseUrl, `delete from campaign_engagement where comment_text = '${text}'`);
  await query(databaseUrl, 'alter table campaign_engagement enable trigger user');
}

async function query<R extends pg.QueryResultRow>(databaseUrl: string, text: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
}

/*
 * The baseline of `likes`, a process of its own: what one writes first. A plain Express handler, one transaction a
 * request that inserts and notifies. Nobody listens on the channel, which is to the baseline's advantage.
 */
import type { AddressInfo } from 'node:net';
import express from 'express';
import { jwtVerify } from 'jose';
import pg from 'pg';

const { DATABASE_URL, JWT_SECRET, POOL_MAX } = process.env;
const key = new TextEncoder().encode(JWT_SECRET);
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Number(POOL_MAX) });
await pool.query(`create table if not exists campaign_like (
  id bigint generated always as identity primary key,
  campaign_id bigint not null,
  user_id bigint not null,
  engagement_type text not null,
  created_at timestamptz not null default now(),
  unique (campaign_id, user_id, engagement_type)
)`);

const app = express();
app.put('/campaigns/:id/reactions/like', async (request, response) => {
  const token = request.headers.authorization?.slice('Bearer '.length) ?? '';
  const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'] });
  const { id } = request.params;
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('insert into campaign_like (campaign_id, user_id, engagement_type) values ($1, $2, $3)', [
      id,
      payload.sub,
      'like',
    ]);
    await client.query('select pg_notify($1, $2)', ['likes', JSON.stringify({ campaignId: id, userId: payload.sub })]);
    await client.query('commit');
    response.status(201).json({ campaignId: id, liked: true });
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
});
/** For scale: what Express and the load generator make of nothing at all. */
app.put('/empty/:id', (_request, response) => void response.status(201).json({ liked: true }));

const server = app.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));

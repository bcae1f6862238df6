/*
 * The baseline of `delivery`, a process of its own: stock Socket.IO with @socket.io/postgres-adapter. The handler inserts
 * the comment, emits the row to the room and answers. Between the commit and the emit it can die, and then nobody hears
 * of the comment; there are no positions by which a client would notice.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdapter } from '@socket.io/postgres-adapter';
import express from 'express';
import { jwtVerify } from 'jose';
import pg from 'pg';
import { Server } from 'socket.io';

const { DATABASE_URL, JWT_SECRET, POOL_MAX } = process.env;
const key = new TextEncoder().encode(JWT_SECRET);
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Number(POOL_MAX) });
await pool.query(`create table if not exists campaign_comment (
    id bigint generated always as identity primary key,
    campaign_id bigint not null,
    user_id bigint not null,
    comment_text text not null,
    created_at timestamptz not null
  );
  create table if not exists socket_io_attachments (
    id bigserial unique, created_at timestamptz default now(), payload bytea
  )`);

const app = express();
const http = createServer(app);
const io = new Server(http, { adapter: createAdapter(pool) });
io.on('connection', (socket) => {
  socket.on('join', async (campaignId: number, reply: (answer: { ok: boolean }) => void) => {
    await socket.join(`campaign:${campaignId}`);
    reply({ ok: true });
  });
});

app.post('/campaigns/:id/comments', express.json(), async (request, response) => {
  const token = request.headers.authorization?.slice('Bearer '.length) ?? '';
  const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'] });
  const { rows } = await pool.query(
    `insert into campaign_comment (campaign_id, user_id, comment_text, created_at)
     values ($1, $2, $3, clock_timestamp())
     returning id, campaign_id as "campaignId", user_id as "userId", comment_text as text,
       to_char(created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`,
    [request.params.id, payload.sub, request.body.text],
  );
  const comment = { ...rows[0], author: payload.name, parentId: null, likes: 0, replies: 0 };
  io.to(`campaign:${request.params.id}`).emit('comment', comment);
  response.status(201).json(comment);
});

http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as AddressInfo).port }));

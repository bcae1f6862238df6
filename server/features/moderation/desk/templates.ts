import { z } from 'zod';
import { decisionParams, templateBody, templateSchema } from '../../../contract/desk.ts';
import type { Pool } from '../../../platform/db.ts';
import { caller, type Operation, operation } from '../../../platform/http/operation.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { once } from '../../once.ts';
import { moderates } from '../../visible-comment.ts';

const path = '/moderation/templates';
/** A list that nobody scrolls: what is beyond is not shown. */
const most = 500;

export const listTemplates = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path,
    summary: 'Sentences to explain a decision with',
    access: moderates,
    answers: { 200: z.object({ items: z.array(templateSchema) }) },
    handle: async () => {
      const { rows } = await pool.query({
        name: 'moderation_templates',
        text: `select id, reason, title, text from moderation_template order by reason, id limit ${most}`,
      });
      return { status: 200, body: { items: rows } };
    },
  });

export const addTemplate = (actPool: Pool): Operation =>
  operation({
    method: 'post',
    path,
    summary: 'Keep a sentence to explain decisions with',
    access: moderates,
    body: templateBody,
    answers: { 201: templateSchema },
    handle: (call) =>
      once(actPool, call.receipt, async (client) => {
        const { reason, title, text } = call.body;
        const { rows } = await client.query(
          `insert into moderation_template (reason, title, text, created_by) values ($1, $2, $3, $4)
           returning id, reason, title, text`,
          [reason, title, text, caller(call).userId],
        );
        return { status: 201, body: rows[0] };
      }),
  });

export const removeTemplate = (actPool: Pool): Operation =>
  operation({
    method: 'delete',
    path: `${path}/:id`,
    summary: 'Drop a sentence',
    access: moderates,
    params: decisionParams,
    answers: { 200: templateSchema },
    handle: (call) =>
      once(actPool, call.receipt, async (client) => {
        const { rows } = await client.query(
          'delete from moderation_template where id = $1 returning id, reason, title, text',
          [call.params.id],
        );
        if (!rows[0]) throw new Refusal('unknown_template');
        return { status: 200, body: rows[0] };
      }),
  });

import { z } from 'zod';
import { idParamSchema } from '../../contract/primitives.ts';
import { createSanctionBody, deskSanctionSchema, liftSanctionQuery } from '../../contract/sanction.ts';
import type { Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import { once } from '../once.ts';
import { outcomeOf } from '../outcome.ts';
import { fromEngaging, refuseRestricted } from '../restriction.ts';
import { moderates } from '../visible-comment.ts';

const path = '/moderation/users/:id/sanctions';
const params = z.object({ id: idParamSchema });

/** One of a kind that holds already is replaced: longer, shorter or for another reason, and both stay in the history. */
export const sanctionUser = (actPool: Pool): Operation =>
  operation({
    method: 'post',
    path,
    summary: 'Warn, mute, premoderate, suspend or ban a user, everywhere or in one campaign',
    access: moderates,
    params,
    body: createSanctionBody,
    answers: { 201: deskSanctionSchema },
    handle: (call) => {
      const { kind, campaignId, reason, explanation, until } = call.body;
      const { userId, name } = caller(call);
      return once(actPool, call.receipt, async (client) => {
        await refuseRestricted(client, { userId, campaignId: campaignId ?? null }, fromEngaging);
        const body = await outcomeOf(client, 'select * from sanction_user($1, $2, $3, $4, $5, $6, $7, $8)', [
          call.params.id,
          kind,
          campaignId ?? null,
          reason,
          explanation ?? null,
          until ?? null,
          userId,
          name,
        ]);
        return { status: 201, body };
      });
    },
  });

/** Without a campaign: the one that holds everywhere. */
export const liftSanction = (actPool: Pool): Operation =>
  operation({
    method: 'delete',
    path,
    summary: 'Lift a sanction before its time',
    access: moderates,
    params,
    query: liftSanctionQuery,
    answers: { 200: deskSanctionSchema },
    handle: (call) => {
      const { kind, campaignId } = call.query;
      const { userId, name } = caller(call);
      return once(actPool, call.receipt, async (client) => {
        await refuseRestricted(client, { userId, campaignId: campaignId ?? null }, fromEngaging);
        const values = [call.params.id, kind, campaignId ?? null, userId, name];
        const body = await outcomeOf(client, 'select * from lift_sanction($1, $2, $3, $4, $5)', values);
        return { status: 200, body };
      });
    },
  });

import { z } from 'zod';
import { exportQuery } from '../../contract/export.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { ownersOnly } from '../owners-only.ts';
import { requireCampaign } from '../visible-campaign.ts';
import { type TransferMeans, transfer } from './transfer.ts';

/** Each holds a connection and a snapshot for as long as its client reads. */
const atOnce = 2;

/** What it answers stands in contract/export.ts. */
export function exportCampaign(means: TransferMeans): Operation {
  const { pool, metrics } = means;
  let running = 0;
  return operation({
    method: 'get',
    path: '/campaigns/:id/export',
    summary: 'Every row of a campaign as CSV or NDJSON, for its owner',
    access: ownersOnly(pool),
    ofCampaign: true,
    params: z.object({ id: idParamSchema }),
    query: exportQuery,
    answers: { 200: z.string() },
    handle: async ({ params, query, who }) => {
      await requireCampaign(pool, params.id, who);
      return {
        status: 200,
        body: null,
        stream: async (request, response) => {
          if (running >= atOnce) {
            metrics.exportsEnded.inc({ outcome: 'refused' });
            throw new Refusal('too_many_exports', { retryAfterSeconds: 10 });
          }
          metrics.exportsRunning.set(++running);
          try {
            await transfer(means, { campaignId: params.id, query, request, response });
          } finally {
            metrics.exportsRunning.set(--running);
          }
        },
      };
    },
  });
}

import { owns } from '../../platform/auth/principal.ts';
import type { Pool } from '../../platform/db.ts';
import type { Feature, Services } from '../feature.ts';
import { visibleCampaign } from '../visible-campaign.ts';
import { startAlertLoop } from './alert-loop.ts';
import { readAlertRules, setAlertRules } from './alert-rules.ts';
import { readMetrics } from './read-metrics.ts';

/** What an advertiser looks at; `advertiser:{campaignId}` is the stream of it, for the campaign's owner and admins. */
export function metrics({ pool, actPool, log, metrics: measures }: Services): Feature {
  const alerts = startAlertLoop(actPool, log, measures);
  return {
    operations: [readMetrics(pool), readAlertRules(pool), setAlertRules(pool, actPool)],
    stop: alerts.stop,
    streams: [
      {
        pattern: /^advertiser:([1-9][0-9]{0,14})$/,
        admit: async (id, who) => {
          const campaign = await visibleCampaign(pool, Number(id), who);
          if (!campaign) return 'not_found';
          if (!who) return 'unauthenticated';
          if (!owns(who, campaign.advertiserId)) return 'forbidden';
          await wake(actPool, `advertiser:${id}`);
          return null;
        },
        byRights: true,
      },
    ],
  };
}

/** Of a stream that nobody ever opened, engagements are not logged: most campaigns are watched by nobody. */
async function wake(pool: Pool, stream: string): Promise<void> {
  await pool.query({ name: 'wake_stream', text: 'select wake_stream($1)', values: [stream] });
}

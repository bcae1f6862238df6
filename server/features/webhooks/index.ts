import type { Feature, Services } from '../feature.ts';
import { deleteEndpoint, enableEndpoint, pingEndpoint, rotateSecret } from './change-endpoint.ts';
import { createEndpoint } from './create-endpoint.ts';
import { listDeliveries, replayDelivery } from './deliveries.ts';
import { startDeliveryLoop } from './delivery-loop.ts';
import { startKeepLoop } from './keep-loop.ts';
import { listEndpoints, readEndpoint } from './list-endpoints.ts';
import { createSender, type SenderOptions } from './send.ts';

/** Advertisers' own programs, told by HTTP of what happens to their campaigns, as Standard Webhooks describes it. */
export function webhooks(
  { pool, actPool, log, metrics }: Services,
  options: SenderOptions,
): Feature & { wake(): void } {
  const sender = createSender(options);
  const loop = startDeliveryLoop({ pool: actPool, sender, timeoutMs: options.timeoutMs, log, metrics });
  const keep = startKeepLoop(actPool, log, metrics);
  return {
    operations: [
      createEndpoint(actPool, options),
      listEndpoints(pool),
      readEndpoint(pool),
      deleteEndpoint(actPool),
      enableEndpoint(actPool),
      rotateSecret(actPool),
      pingEndpoint(actPool),
      listDeliveries(pool),
      ...replayDelivery(actPool),
    ],
    wake: loop.wake,
    async stop() {
      await Promise.all([loop.stop(), keep.stop()]);
    },
  };
}

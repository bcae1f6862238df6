import type { Delivery } from '../../../server/contract/webhook.ts';
import { type Api, advertiser } from '../../support/api.ts';
import { eventually } from '../../support/poll.ts';
import { type Answering, type Receiver, startReceiver } from '../../support/receiver.ts';

export interface Hooked {
  receiver: Receiver;
  id: number;
  owner: Api;
  ping(): Promise<Delivery>;
  deliveries(query?: string): Promise<Delivery[]>;
  /** The newest delivery, once the predicate holds. */
  newest(predicate: (delivery: Delivery) => boolean, within?: number): Promise<Delivery>;
}

/** A receiver with an endpoint of advertiser 5 that leads to it. */
export async function hook(appUrl: string, answer?: Answering, fields: Record<string, unknown> = {}): Promise<Hooked> {
  const owner = await advertiser(appUrl, 5);
  const receiver = await startReceiver(answer);
  const made = await owner('POST', '/webhook-endpoints', { url: receiver.url, ...fields });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  const { id } = made.body;
  const deliveries = async (query = '') =>
    (await owner('GET', `/webhook-endpoints/${id}/deliveries${query}`)).body.items;
  return {
    ...{ receiver, id, owner, deliveries },
    ping: async () => (await owner('POST', `/webhook-endpoints/${id}/ping`)).body,
    newest: (predicate, within = 15_000) =>
      eventually(
        async () => {
          const [first] = await deliveries();
          if (!first || !predicate(first)) throw new Error(JSON.stringify(first));
          return first;
        },
        { within },
      ),
  };
}

export const answerOnce =
  (status: number, headers: Record<string, string> = {}): Answering =>
  (_, response, nth) =>
    nth === 1 ? response.writeHead(status, headers).end(`first ${status}`) : response.writeHead(204).end();

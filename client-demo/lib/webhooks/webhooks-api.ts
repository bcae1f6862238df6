/** The calls of the API that an advertiser's webhooks need, each one typed by the contract. */
import { pageOf } from '../../../server/contract/primitives.ts';
import {
  createdEndpointSchema,
  deliverySchema,
  endpointSchema,
  rotatedSecretSchema,
} from '../../../server/contract/webhook.ts';
import type { Http } from '../http.ts';

export interface NewEndpoint {
  readonly url: string;
  /** None: all. */
  readonly events: readonly string[];
  readonly ordered: boolean;
}

const path = '/webhook-endpoints';

export type WebhooksApi = ReturnType<typeof createWebhooksApi>;

export function createWebhooksApi(http: Http) {
  return {
    endpoints: () =>
      http({ method: 'GET', path: `${path}?limit=100`, answer: pageOf(endpointSchema) }).then(
        ({ value }) => value.items,
      ),
    create: (body: NewEndpoint) =>
      http({ method: 'POST', path, body, answer: createdEndpointSchema }).then(({ value }) => value),
    remove: (id: number) => http({ method: 'DELETE', path: `${path}/${id}`, answer: endpointSchema }),
    enable: (id: number) => http({ method: 'POST', path: `${path}/${id}/enable`, answer: endpointSchema }),
    ping: (id: number) => http({ method: 'POST', path: `${path}/${id}/ping`, answer: deliverySchema }),
    rotate: (id: number) =>
      http({ method: 'POST', path: `${path}/${id}/secrets`, answer: rotatedSecretSchema }).then(({ value }) => value),
    deliveries: (id: number) =>
      http({ method: 'GET', path: `${path}/${id}/deliveries?limit=20`, answer: pageOf(deliverySchema) }).then(
        ({ value }) => value.items,
      ),
    replay: (id: number, deliveryId: number) =>
      http({ method: 'POST', path: `${path}/${id}/deliveries/${deliveryId}/replay`, answer: deliverySchema }),
  };
}

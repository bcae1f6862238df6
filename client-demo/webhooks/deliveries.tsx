import { useState } from 'react';
import { RelativeTime } from '../campaign/relative-time.tsx';
import { Store } from '../lib/store.ts';
import type { WebhooksApi } from '../lib/webhooks/webhooks-api.ts';
import { notifyProblem } from '../notices.tsx';
import { useLiveQuery } from '../use-live-query.ts';
import { words } from '../words/webhooks.ts';

/** No stream tells of deliveries, so they are asked for while one looks. */
const EVERY_MS = 1_500;

/** The newest twenty. */
export function Deliveries({ endpointId, api }: { endpointId: number; api: WebhooksApi }) {
  const [changes] = useState(() => new Store(0));
  const { value } = useLiveQuery({
    key: String(endpointId),
    read: () => api.deliveries(endpointId),
    when: changes,
    gapMs: 250,
    everyMs: EVERY_MS,
  });
  const replay = (id: number) => api.replay(endpointId, id).then(() => changes.set(changes.get() + 1), notifyProblem);
  if (value === null) return null;
  if (value.length === 0) return <p className="webhooks-none">{words.noDeliveries}</p>;
  return (
    <ul className="deliveries">
      {value.map(({ id, type, state, status, createdAt, attempts, body }) => (
        <li key={id}>
          <details>
            <summary>
              <code>{type}</code>
              <span data-state={state}>
                {words.states[state]}
                {status !== null && ` · ${status}`}
              </span>
              <span>{words.attempts(attempts.length)}</span>
              <RelativeTime at={createdAt} />
            </summary>
            <pre dir="auto">{body}</pre>
            {attempts.at(-1)?.error && <p className="settings-hint">{attempts.at(-1)?.error}</p>}
            <button type="button" className="text-button" onClick={() => replay(id)}>
              {words.replay}
            </button>
          </details>
        </li>
      ))}
    </ul>
  );
}

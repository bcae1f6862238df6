import { useMemo, useState } from 'react';
import { useApp } from '../app-context.ts';
import { formatFull } from '../format.ts';
import { codeOf } from '../lib/problem.ts';
import { Store } from '../lib/store.ts';
import { createWebhooksApi } from '../lib/webhooks/webhooks-api.ts';
import { notifyProblem } from '../notices.tsx';
import { useLiveQuery } from '../use-live-query.ts';
import { problemText } from '../words/page.ts';
import { words } from '../words/webhooks.ts';
import { EndpointForm } from './endpoint-form.tsx';
import { EndpointItem } from './endpoint-item.tsx';
import { SecretOnce } from './secret-once.tsx';

interface Shown {
  url: string;
  secret: string;
  note: string | null;
}

/** An advertiser's endpoints. A secret is shown when it is made, and never again. */
export function WebhooksPanel() {
  const { http } = useApp();
  const api = useMemo(() => createWebhooksApi(http), [http]);
  const [changes] = useState(() => new Store(0));
  const [secret, setSecret] = useState<Shown | null>(null);
  const { value, code } = useLiveQuery({
    key: 'endpoints',
    read: api.endpoints,
    when: changes,
    gapMs: 250,
    everyMs: 10_000,
  });
  const changed = () => changes.set(changes.get() + 1);
  const act = (doing: Promise<unknown>) => doing.then(changed, notifyProblem);
  return (
    <section className="webhooks" aria-labelledby="webhooks-title">
      <h2 id="webhooks-title">{words.title}</h2>
      <p className="settings-hint">{words.hint}</p>
      {code !== null && (
        <p role="alert">{code === 'forbidden' ? words.forAdvertisers : (words.problems[code] ?? problemText(code))}</p>
      )}
      {secret !== null && <SecretOnce {...secret} />}
      {value?.length === 0 && <p className="webhooks-none">{words.none}</p>}
      <ul className="endpoints">
        {value?.map((endpoint) => (
          <EndpointItem
            key={endpoint.id}
            endpoint={endpoint}
            api={api}
            act={act}
            onRotate={() =>
              api.rotate(endpoint.id).then(({ secret, previousValidUntil }) => {
                setSecret({ url: endpoint.url, secret, note: words.previous(formatFull(previousValidUntil)) });
              }, notifyProblem)
            }
          />
        ))}
      </ul>
      <EndpointForm
        onAdd={async (wanted) => {
          try {
            const { url, secret } = await api.create(wanted);
            setSecret({ url, secret, note: null });
            changed();
            return null;
          } catch (error) {
            return codeOf(error);
          }
        }}
      />
    </section>
  );
}

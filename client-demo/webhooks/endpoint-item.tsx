import { useState } from 'react';
import type { Endpoint } from '../../server/contract/webhook.ts';
import { formatFull } from '../format.ts';
import type { WebhooksApi } from '../lib/webhooks/webhooks-api.ts';
import { words } from '../words/webhooks.ts';
import { Deliveries } from './deliveries.tsx';

interface EndpointProps {
  endpoint: Endpoint;
  api: WebhooksApi;
  act: (doing: Promise<unknown>) => Promise<void>;
  onRotate: () => void;
}

export function EndpointItem({ endpoint, api, act, onRotate }: EndpointProps) {
  const { id, url, events, disabledAt, failingSince } = endpoint;
  const [open, setOpen] = useState(false);
  const [sure, setSure] = useState(false);
  const tone = disabledAt !== null ? 'disabled' : failingSince !== null ? 'failing' : 'active';
  const button = (text: string, onClick: () => void) => (
    <button type="button" className="text-button" aria-label={words.of(text, url)} onClick={onClick}>
      {text}
    </button>
  );
  return (
    <li className="endpoint">
      <p className="endpoint-head">
        <bdi className="endpoint-address">{url}</bdi>
        <span className="badge" data-tone={tone}>
          {stateOf(endpoint)}
        </span>
      </p>
      <p className="settings-hint">{events.length === 0 ? words.all : events.join(', ')}</p>
      <div className="endpoint-acts">
        <button
          type="button"
          className="text-button"
          aria-expanded={open}
          aria-label={words.of(words.deliveries, url)}
          onClick={() => setOpen(!open)}
        >
          {words.deliveries}
        </button>
        {disabledAt === null
          ? button(words.ping, () => {
              setOpen(true);
              void act(api.ping(id));
            })
          : button(words.enable, () => void act(api.enable(id)))}
        {button(words.rotate, onRotate)}
        {sure ? button(words.removeSure, () => void act(api.remove(id))) : button(words.remove, () => setSure(true))}
      </div>
      {open && <Deliveries endpointId={id} api={api} />}
    </li>
  );
}

function stateOf({ disabledAt, disabledReason, failingSince }: Endpoint): string {
  if (disabledAt !== null) return disabledReason === null ? words.disabledPlainly : words.disabled[disabledReason];
  return failingSince === null ? words.active : words.failing(formatFull(failingSince));
}

import { type FormEvent, useId, useState } from 'react';
import { webhookEvents } from '../../server/contract/webhook.ts';
import type { NewEndpoint } from '../lib/webhooks/webhooks-api.ts';
import { problemText } from '../words/page.ts';
import { words } from '../words/webhooks.ts';

/** `onAdd` answers why not. What was typed stays until it is accepted. */
export function EndpointForm({ onAdd }: { onAdd: (wanted: NewEndpoint) => Promise<string | null> }) {
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<readonly string[]>([]);
  const [ordered, setOrdered] = useState(false);
  const [code, setCode] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const id = useId();
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    const refused = await onAdd({ url: url.trim(), events, ordered });
    setSending(false);
    setCode(refused);
    if (refused === null) setUrl('');
  };
  const toggle = (name: string) =>
    setEvents(events.includes(name) ? events.filter((one) => one !== name) : [...events, name]);
  return (
    <form className="endpoint-form" onSubmit={add}>
      <label className="endpoint-url">
        <span>{words.url}</span>
        <input
          className="settings-choice"
          inputMode="url"
          autoComplete="off"
          required
          maxLength={2_048}
          value={url}
          placeholder="https://"
          aria-invalid={code !== null}
          aria-describedby={code === null ? undefined : id}
          onChange={({ target }) => setUrl(target.value)}
        />
      </label>
      {code !== null && (
        <p className="settings-wrong" role="alert" id={id}>
          {words.problems[code] ?? problemText(code)}
        </p>
      )}
      <fieldset className="endpoint-events">
        <legend>{words.events}</legend>
        {webhookEvents.map((name) => (
          <label key={name}>
            <input type="checkbox" checked={events.includes(name)} onChange={() => toggle(name)} />
            <code>{name}</code>
          </label>
        ))}
      </fieldset>
      <label className="quiet-on">
        <input type="checkbox" checked={ordered} onChange={({ target }) => setOrdered(target.checked)} />
        {words.ordered}
      </label>
      <button type="submit" className="button button-primary" aria-disabled={sending}>
        {words.add}
      </button>
    </form>
  );
}

import { useState } from 'react';
import { words } from '../words/webhooks.ts';

/** Where copying is forbidden the text can still be chosen by hand. */
export function SecretOnce({ url, secret, note }: { url: string; secret: string; note: string | null }) {
  const [copied, setCopied] = useState<string | null>(null);
  const copy = () =>
    navigator.clipboard?.writeText(secret).then(
      () => setCopied(secret),
      () => {},
    );
  return (
    <div className="secret" role="status">
      <p>{words.secretOf(url)}</p>
      <code>{secret}</code>
      <button type="button" className="button button-quiet" onClick={copy}>
        {copied === secret ? words.copied : words.copy}
      </button>
      <p className="settings-hint">
        {words.secretHint} {note}
      </p>
    </div>
  );
}

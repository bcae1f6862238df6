import { useEffect } from 'react';
import { Message } from '../message.tsx';
import { Link } from '../routing.tsx';
import { problemText, strings } from '../words/page.ts';

const notThere = new Set(['not_found', 'unknown_campaign', 'invalid_id']);

/** Why there is nothing to see, and a way on. It tries again by itself when the browser is back online. */
export function LoadFailed({ code, onRetry }: { code: string; onRetry: () => void }) {
  useEffect(() => {
    addEventListener('online', onRetry);
    return () => removeEventListener('online', onRetry);
  }, [onRetry]);
  if (notThere.has(code)) {
    return (
      <Message title={strings.failed.notFound} hint={strings.failed.notFoundHint}>
        <Link to="/" className="button button-primary">
          {strings.failed.home}
        </Link>
      </Message>
    );
  }
  return (
    <Message title={strings.failed.title} hint={problemText(code)}>
      <button type="button" className="button button-primary" onClick={onRetry}>
        {strings.failed.retry}
      </button>
    </Message>
  );
}

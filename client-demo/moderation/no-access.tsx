import { LoadFailed } from '../campaign/load-failed.tsx';
import { chooseIdentity } from '../identity.ts';
import { Message } from '../message.tsx';
import { Link } from '../routing.tsx';
import { words } from '../words/moderation.ts';

/** Whose desk this is, said calmly, and the way to be a moderator in the demo. */
export function NoAccess({ code, onRetry }: { code: string; onRetry: () => void }) {
  if (code !== 'forbidden' && code !== 'unauthenticated') return <LoadFailed code={code} onRetry={onRetry} />;
  return (
    <Message title={words.access[code]} hint={words.access[`${code}Hint`]}>
      <div className="message-actions">
        <button type="button" className="button button-primary" onClick={() => chooseIdentity({ kind: 'moderator' })}>
          {words.access.beModerator}
        </button>
        <Link to="/" className="button button-quiet">
          {words.access.toCampaign}
        </Link>
      </div>
    </Message>
  );
}

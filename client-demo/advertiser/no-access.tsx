import { LoadFailed } from '../campaign/load-failed.tsx';
import { chooseIdentity } from '../identity.ts';
import { Message } from '../message.tsx';
import { Link } from '../routing.tsx';
import { words } from '../words/advertiser.ts';

/** Whose figures these are, said clearly, and the way to be that person in the demo. */
export function NoAccess(props: { code: string; campaignId: number | null; onRetry: () => void }) {
  const { code, campaignId, onRetry } = props;
  if (code !== 'forbidden' && code !== 'unauthenticated') return <LoadFailed code={code} onRetry={onRetry} />;
  return (
    <Message title={words[code]} hint={words[`${code}Hint`]}>
      <div className="message-actions">
        <button
          type="button"
          className="button button-primary"
          onClick={() => chooseIdentity({ kind: 'advertiser', campaignId })}
        >
          {words.beAdvertiser}
        </button>
        <Link to={campaignId === null ? '/' : `/campaigns/${campaignId}`} className="button button-quiet">
          {words.toCampaign}
        </Link>
      </div>
    </Message>
  );
}

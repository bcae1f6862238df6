import { amount } from '../lib/registers.ts';
import { useStore } from '../watching.ts';
import { words } from '../words/campaign.ts';
import { useCampaign, useThread } from './campaign-context.ts';

/** How many others are writing now. The line is always there, so that its coming and going moves nothing. */
export function Writers() {
  const own = useStore(useCampaign().typing.counted) ? 1 : 0;
  const others = useThread((state) => Math.max(0, amount(state.presence, 'typing') - own));
  return (
    <p className="writers">
      {others > 0 && (
        <>
          <span className="writers-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {words.typing(others)}
        </>
      )}
    </p>
  );
}

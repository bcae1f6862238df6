import type { ReactNode } from 'react';
import { useState } from 'react';
import { formatCount } from '../format.ts';
import { BellIcon, HeartIcon, SaveIcon, ShareIcon } from '../icons.tsx';
import { amount } from '../lib/registers.ts';
import { reactionOf } from '../lib/thread/select.ts';
import type { ReactionKey } from '../lib/thread/state.ts';
import { notify } from '../notices.tsx';
import { strings } from '../words/page.ts';
import { useCampaign, useThread } from './campaign-context.ts';

export function ActionBar() {
  return (
    <fieldset className="actions">
      <legend className="visually-hidden">{strings.actions.label}</legend>
      <Toggle reaction="like" label={strings.actions.like} icon={(on) => <HeartIcon filled={on} />} />
      <Toggle reaction="save" label={strings.actions.save} icon={(on) => <SaveIcon filled={on} />} />
      <Toggle reaction="bookmark" label={strings.actions.follow} icon={(on) => <BellIcon filled={on} />} />
      <Share />
    </fieldset>
  );
}

interface ToggleProps {
  reaction: ReactionKey;
  label: string;
  icon: (on: boolean) => ReactNode;
}

function Toggle({ reaction, label, icon }: ToggleProps) {
  const { reactor } = useCampaign();
  const { on, count } = useThread((state) => reactionOf(state, reaction));
  return (
    <button type="button" className="action" aria-pressed={on} onClick={() => reactor.toggle(reaction)}>
      {icon(on)}
      <span className="action-label">{label}</span> <span className="action-count">{formatCount(count)}</span>
    </button>
  );
}

function Share() {
  const campaign = useCampaign();
  const shares = useThread((state) => amount(state.counters, 'shares'));
  const [busy, setBusy] = useState(false);
  const share = async () => {
    setBusy(true);
    const how = await handOver(campaign.url);
    if (how !== null && (await campaign.sharing.share(how))) {
      notify(how === 'link' ? strings.shared : strings.sharedWithoutCopy);
    }
    setBusy(false);
  };
  return (
    <button type="button" className="action" aria-disabled={busy} onClick={() => (busy ? undefined : void share())}>
      <ShareIcon />
      <span className="action-label">{strings.actions.share}</span>{' '}
      <span className="action-count">{formatCount(shares)}</span>
    </button>
  );
}

/** By the system's own sheet on a phone, else as a link to paste. Null when the person changed their mind. */
async function handOver(url: string): Promise<'sheet' | 'link' | 'other' | null> {
  try {
    if (navigator.share !== undefined && matchMedia('(pointer: coarse)').matches) {
      await navigator.share({ url, title: document.title });
      return 'sheet';
    }
    await navigator.clipboard.writeText(url);
    return 'link';
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError' ? null : 'other';
  }
}

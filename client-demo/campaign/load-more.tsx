import { useRef, useState } from 'react';
import { strings } from '../words/page.ts';
import { useCampaign } from './campaign-context.ts';
import { focusComment } from './focus.ts';

export function LoadMore({ after }: { after: number }) {
  const { pager } = useCampaign();
  const [busy, setBusy] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const load = async () => {
    const list = button.current?.previousElementSibling;
    setBusy(true);
    if (await pager.more()) focusComment(list, after);
    setBusy(false);
  };
  return (
    <button
      type="button"
      ref={button}
      className="button button-quiet load-more"
      aria-disabled={busy}
      onClick={() => !busy && void load()}
    >
      {busy ? strings.discussion.loading : strings.discussion.more}
    </button>
  );
}

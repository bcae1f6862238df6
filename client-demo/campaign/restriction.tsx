import type { Sanction, SanctionKind } from '../../server/contract/sanction.ts';
import { formatFull } from '../format.ts';
import { WarningIcon } from '../icons.tsx';
import { announce } from '../notices.tsx';
import { useStore } from '../watching.ts';
import { reasonText, words } from '../words/campaign.ts';
import { problemText } from '../words/page.ts';
import { useCampaign } from './campaign-context.ts';
import { useSending } from './use-sending.ts';

const gravest: readonly SanctionKind[] = ['ban', 'suspend', 'mute', 'warn', 'premod'];

/** The gravest of what restricts the reader here; null: nothing does. */
export function useRestriction(): Sanction | null {
  const sanctions = useStore(useCampaign().own.sanctions);
  for (const kind of gravest) {
    const found = sanctions.find((one) => one.kind === kind && (kind !== 'warn' || one.acknowledgedAt === null));
    if (found !== undefined) return found;
  }
  return null;
}

/** Whether it keeps the reader from writing. */
export const bars = (sanction: Sanction | null): boolean => sanction !== null && sanction.kind !== 'premod';

/** Stands where one would write, and says why one can't, until when, and what can be done about it. */
export function Restriction({ sanction }: { sanction: Sanction }) {
  const { reason, explanation } = sanction;
  return (
    <section className="restriction" role="status">
      <WarningIcon />
      <div>
        <p className="restriction-title">{titleOf(sanction)}</p>
        <p>
          {words.restricted.because}: {reasonText(reason)}.
          {explanation && (
            <q className="standing-words" dir="auto">
              {explanation}
            </q>
          )}
        </p>
        {sanction.kind === 'warn' && <Acknowledge id={sanction.id} />}
      </div>
    </section>
  );
}

function Acknowledge({ id }: { id: number }) {
  const { own } = useCampaign();
  const { busy, code, send } = useSending(
    () => own.acknowledge(id),
    () => announce(words.restricted.acknowledged),
  );
  return (
    <p className="restriction-foot">
      <button type="button" className="button button-primary" aria-disabled={busy} onClick={() => void send()}>
        {words.restricted.acknowledge}
      </button>
      {code !== null && <span role="alert">{problemText(code)}</span>}
    </p>
  );
}

function titleOf({ kind, until }: Sanction): string {
  const end = until === null ? null : formatFull(until);
  switch (kind) {
    case 'suspend':
    case 'mute':
      return words.restricted[kind](end);
    case 'ban':
    case 'warn':
    case 'premod':
      return words.restricted[kind];
    default:
      return kind satisfies never;
  }
}

import { useState } from 'react';
import type { SanctionKind } from '../../server/contract/sanction.ts';
import { Segmented } from '../advertiser/segmented.tsx';
import { attempt } from '../lib/moderation/acting.ts';
import { Modal } from '../modal.tsx';
import { reasonText, words } from '../words/moderation.ts';
import { useDesk } from './desk-context.ts';
import { refusalText } from './refusal-text.ts';
import { say } from './toast-store.ts';

const { sanction: text } = words;
const kinds = ['warn', 'mute', 'premod', 'suspend', 'ban'] as const;
const HOUR_MS = 3_600_000;
const durations = { hour: 1, day: 24, week: 7 * 24, month: 30 * 24, forever: null } as const;
type Duration = keyof typeof durations;

interface SanctionDialogProps {
  user: { id: number; name: string };
  /** Where it may be restricted to; null: everywhere is the only choice. */
  campaignId: number | null;
  reason?: string | null;
  onClose: () => void;
  onDone?: () => void;
}

export function SanctionDialog({ user, campaignId, reason = null, onClose, onDone }: SanctionDialogProps) {
  const { live } = useDesk();
  const [kind, setKind] = useState<SanctionKind>('warn');
  const [why, setWhy] = useState(reason === null ? '' : reasonText(reason));
  const [duration, setDuration] = useState<Duration>('day');
  const [isHere, setHere] = useState<'everywhere' | 'here'>('everywhere');
  // A warning is acknowledged, a suspension ends.
  const offered = (Object.keys(durations) as Duration[]).filter((one) => kind !== 'suspend' || one !== 'forever');
  const hours = durations[offered.includes(duration) ? duration : 'day'];
  const submit = async () => {
    const until = kind === 'warn' || hours === null ? null : new Date(Date.now() + hours * HOUR_MS).toISOString();
    const acted = await attempt(() =>
      live.api.sanction(user.id, {
        kind,
        reason: why.trim(),
        until,
        campaignId: isHere === 'here' ? campaignId : null,
      }),
    );
    say(acted.ok ? text.done(text.kinds[kind]) : refusalText(acted.refused), acted.ok ? 'plain' : 'problem');
    if (!acted.ok) return;
    onDone?.();
    onClose();
  };
  return (
    <Modal title={text.title(user.name)} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div>
          <Segmented
            label={text.kind}
            value={kind}
            options={kinds.map((value) => ({ value, text: text.kinds[value] }))}
            onChange={setKind}
          />
          <p className="modal-hint">{text.means[kind]}</p>
        </div>
        <label className="form-label">
          {text.reason}
          <input
            className="input"
            dir="auto"
            maxLength={200}
            required
            value={why}
            onChange={({ target }) => setWhy(target.value)}
          />
        </label>
        {kind !== 'warn' && (
          <div className="form-label">
            {text.until}
            <Segmented
              label={text.until}
              value={offered.includes(duration) ? duration : 'day'}
              options={offered.map((value) => ({ value, text: text.durations[value] }))}
              onChange={setDuration}
            />
          </div>
        )}
        {campaignId !== null && (
          <div className="form-label">
            {text.where}
            <Segmented
              label={text.where}
              value={isHere}
              options={[
                { value: 'everywhere', text: text.everywhere },
                { value: 'here', text: text.here },
              ]}
              onChange={setHere}
            />
          </div>
        )}
        <div className="modal-actions">
          <button type="button" className="button button-quiet" onClick={onClose}>
            {words.escalate.cancel}
          </button>
          <button type="submit" className="button button-primary" disabled={why.trim() === ''}>
            {text.confirm}
          </button>
        </div>
      </form>
    </Modal>
  );
}

import { WarningIcon } from '../icons.tsx';
import { words } from '../words/campaign.ts';

interface NudgeProps {
  sentence: string;
  onEdit: () => void;
  onPost: () => void;
}

/** A word to the author before it is sent. It asks, and keeps nobody from posting. */
export function Nudge({ sentence, onEdit, onPost }: NudgeProps) {
  return (
    <div className="nudge" role="alert">
      <WarningIcon />
      <p className="nudge-sentence">{sentence}</p>
      <span className="nudge-buttons">
        <button type="button" className="text-button" onClick={onEdit}>
          {words.nudge.edit}
        </button>
        <button type="button" className="text-button" onClick={onPost}>
          {words.nudge.post}
        </button>
      </span>
    </div>
  );
}

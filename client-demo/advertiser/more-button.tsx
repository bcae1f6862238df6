import { words } from '../words/advertiser.ts';

/** Asks for what a list has beyond what it shows. */
export function MoreButton({ onMore }: { onMore: () => void }) {
  return (
    <button type="button" className="text-button more" onClick={onMore}>
      {words.more}
    </button>
  );
}

import { type RefObject, useEffect } from 'react';
import { useCampaign } from './campaign-context.ts';

/** After each of these it may have changed. Posting empties a field without any of them, so the campaign tells of it. */
const occasions = ['scroll', 'resize', 'focusin', 'focusout', 'input', 'pointerup', 'pointercancel'] as const;

/**
 * Tells the campaign whether new comments may be shown as they come: while the top of the list is in sight or still
 * below it, and nobody is writing. Otherwise nothing on the screen moves by itself; nor does it under a finger, lest a
 * press end on something else than it began on.
 */
export function useFollowing(section: RefObject<HTMLElement | null>, list: RefObject<HTMLElement | null>): void {
  const campaign = useCampaign();
  useEffect(() => {
    let frame = 0;
    let pressed = false;
    const look = () => {
      frame = 0;
      const top = list.current?.getBoundingClientRect().top ?? 0;
      campaign.setFollowing(top >= 0 && !pressed && !isWriting(section.current));
    };
    const later = (event: Event) => {
      if (event.type.startsWith('pointer')) pressed = false;
      frame ||= requestAnimationFrame(look);
    };
    const press = () => {
      pressed = true;
      campaign.setFollowing(false);
    };
    for (const occasion of occasions) addEventListener(occasion, later, { passive: true });
    addEventListener('pointerdown', press, { passive: true });
    const endEmptied = campaign.emptied.subscribe(() => {
      frame ||= requestAnimationFrame(look);
    });
    look();
    return () => {
      cancelAnimationFrame(frame);
      endEmptied();
      for (const occasion of occasions) removeEventListener(occasion, later);
      removeEventListener('pointerdown', press);
    };
  }, [campaign, section, list]);
}

/** Something is begun, or a reply is open and waits for its first letter. */
function isWriting(section: HTMLElement | null): boolean {
  const fields = [...(section?.querySelectorAll('textarea') ?? [])];
  return fields.some(
    (field) => field.value.trim() !== '' || (field === document.activeElement && field.dataset.reply === 'true'),
  );
}

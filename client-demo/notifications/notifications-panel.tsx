import { Popover } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { currentCampaign } from '../current-campaign.ts';
import type { LiveNotifications } from '../lib/notifications/live-notifications.ts';
import { Link, settingsOf, useRoute } from '../routing.tsx';
import { useStore } from '../watching.ts';
import { words } from '../words/notifications.ts';
import { NotificationList } from './notification-list.tsx';
import '../styles/notifications.css';

/** The list under the bell. It is read anew whenever it may have changed, also by another tab. */
export default function NotificationsPanel({ live, face }: { live: LiveNotifications; face: ReactNode }) {
  const [open, setOpen] = useState(true);
  const close = () => setOpen(false);
  const settings = settingsOf(useRoute());
  const campaignId = useStore(currentCampaign)?.id ?? null;
  return (
    // Not modal: a modal one writes a style sheet into the page, which its Content-Security-Policy refuses.
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="icon-button bell">{face}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="notifications"
          align="end"
          sideOffset={8}
          collisionPadding={12}
          aria-label={words.title}
        >
          <NotificationList live={live} onLeave={close} />
          <footer className="notifications-foot">
            <Link to={settings} className="text-link" onFollow={close}>
              {words.settings}
            </Link>
            {campaignId !== null && (
              <Link to={`${settings}?campaign=${campaignId}`} className="text-link" onFollow={close}>
                {words.ofThisCampaign}
              </Link>
            )}
          </footer>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

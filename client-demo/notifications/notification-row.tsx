import type { Notification } from '../../server/contract/notification.ts';
import { Avatar } from '../avatar.tsx';
import { RelativeTime } from '../campaign/relative-time.tsx';
import { BellIcon, CheckIcon, CloseIcon } from '../icons.tsx';
import { Link } from '../routing.tsx';
import { words } from '../words/notifications.ts';
import { placeOf, reasonOf, textOf } from './notification-text.ts';
import { useCampaignName } from './use-campaign-name.ts';

interface RowProps {
  item: Notification;
  onFollow: () => void;
  onRead: () => void;
  onArchive: () => void;
}

/** The words are the link; what can be done with the row stands beside it. */
export function NotificationRow({ item, onFollow, onRead, onArchive }: RowProps) {
  const [text, place, reason] = [textOf(item), placeOf(item), reasonOf(item)];
  const campaign = useCampaignName(item.campaignId);
  const [actor] = item.actors;
  return (
    <li className="notification" data-unread={item.readAt === null || undefined}>
      {actor === undefined ? (
        <span className="avatar notification-sign">
          <BellIcon />
        </span>
      ) : (
        <Avatar {...actor} />
      )}
      <div className="notification-body">
        {place === null ? (
          <span dir="auto">{text}</span>
        ) : (
          <Link to={place} className="notification-link" onFollow={onFollow}>
            <bdi>{text}</bdi>
          </Link>
        )}
        {item.readAt === null && <span className="visually-hidden">{words.unread}</span>}
        {reason !== null && (
          <p className="notification-reason" dir="auto">
            {words.reason(reason)}
          </p>
        )}
        <p className="notification-meta">
          <RelativeTime at={item.updatedAt} />
          {campaign !== null && <bdi>{campaign}</bdi>}
        </p>
      </div>
      <div className="notification-acts">
        {item.readAt === null && (
          <button
            type="button"
            className="icon-button"
            aria-label={words.read(text)}
            title={words.read('').replace(/: $/, '')}
            onClick={onRead}
          >
            <CheckIcon />
          </button>
        )}
        <button
          type="button"
          className="icon-button"
          aria-label={words.archive(text)}
          title={words.archive('').replace(/: $/, '')}
          onClick={onArchive}
        >
          <CloseIcon />
        </button>
      </div>
    </li>
  );
}

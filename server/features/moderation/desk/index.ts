import type { Rooms } from '../../../live/rooms.ts';
import type { Screens } from '../../../live/screens.ts';
import type { Feature } from '../../feature.ts';
import { moderates } from '../../visible-comment.ts';
import { countedScreens, startScreenCounts } from '../screen-counts.ts';
import { claimItem, releaseItem } from './claim-item.ts';
import { startLeases } from './claim-loop.ts';
import { decideBatch, decideItem } from './decide-item.ts';
import { flagComment } from './flag-comment.ts';
import { listItems } from './list-items.ts';
import { listLog } from './list-log.ts';
import { escalateItem, noteItem } from './note-item.ts';
import { readItem } from './read-item.ts';
import { readQueues } from './read-queues.ts';
import type { DeskServices, ScreensShowing } from './services.ts';
import { addTemplate, listTemplates, removeTemplate } from './templates.ts';
import { undoBatch, undoDecision } from './undo-decision.ts';
import { verifyLog } from './verify-log.ts';

interface DeskOptions extends Omit<DeskServices, 'screensShowing'> {
  /** Sockets of this node that watch a campaign. */
  viewers: (campaignId: number) => number;
  screens: Screens;
  rooms: Rooms;
}

/**
 * What readers report and moderators decide. The queues are derived in the database; `moderation` is the stream of the
 * desk. Where no screen says what it shows, a comment is taken to be on every one of this node that watches its campaign.
 */
export function desk({ viewers, screens, rooms, ...given }: DeskOptions): Feature {
  const counts = startScreenCounts({ pool: given.pool, screens, rooms, log: given.log });
  const screensShowing: ScreensShowing = async (comments) => {
    const told = await countedScreens(given.pool, comments);
    return new Map(
      comments.map(({ commentId, campaignId }) => [commentId, told.get(commentId) ?? viewers(campaignId)]),
    );
  };
  const services = { ...given, screensShowing };
  const { pool, actPool, log } = given;
  const leases = startLeases(actPool, log);
  return {
    operations: [
      flagComment(services),
      readQueues(pool),
      listItems(services),
      readItem(services),
      claimItem(services),
      releaseItem(services),
      decideItem(services),
      decideBatch(services),
      undoDecision(services),
      undoBatch(services),
      noteItem(services),
      escalateItem(services),
      listTemplates(pool),
      addTemplate(actPool),
      removeTemplate(actPool),
      listLog(pool),
      verifyLog(given.pastPool),
    ],
    streams: [
      {
        pattern: /^(moderation)$/,
        admit: async (_, who) => {
          if (!who) return 'unauthenticated';
          if (!moderates(who)) return 'forbidden';
          leases.userHere(who.userId);
          return null;
        },
        byRights: true,
      },
    ],
    userGone: (who, isBack) => {
      if (moderates(who)) leases.userGone(who.userId, isBack);
    },
    stop: async () => {
      await Promise.all([leases.stop(), counts.stop()]);
    },
  };
}

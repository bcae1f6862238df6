import type { Feature, Services } from '../feature.ts';
import { startExpiryLoop } from './expiry-loop.ts';
import { acknowledgeSanction, listOwnSanctions } from './own-sanctions.ts';
import { ownStream } from './own-stream.ts';
import { readPerson } from './read-person.ts';
import { liftSanction, sanctionUser } from './sanction-user.ts';

/** Who may do what, and until when; every user hears of it on `user:{id}`. Writes are judged where they are written. */
export function sanctions({ pool, actPool, log, metrics }: Services): Feature {
  const expiry = startExpiryLoop(actPool, log, metrics);
  return {
    operations: [
      readPerson(pool),
      sanctionUser(actPool),
      liftSanction(actPool),
      listOwnSanctions(pool),
      acknowledgeSanction(actPool),
    ],
    streams: [ownStream(actPool)],
    stop: expiry.stop,
  };
}

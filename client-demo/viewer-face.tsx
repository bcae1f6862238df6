import { Avatar } from './avatar.tsx';
import type { Viewer } from './lib/session.ts';
import { strings } from './words/page.ts';

/** Who is signed in. */
export function ViewerFace({ viewer }: { viewer: Viewer }) {
  return (
    <span className="viewer" title={strings.signedInAs(viewer.name)}>
      <Avatar id={viewer.id} name={viewer.name} />
      <span className="viewer-name">{viewer.name}</span>
    </span>
  );
}

import { lazy, Suspense, useState } from 'react';
import type { IdentityMenuProps } from './identity-menu.tsx';
import { ViewerFace } from './viewer-face.tsx';
import { strings } from './words/page.ts';

const load = () => import('./identity-menu.tsx');
const IdentityMenu = lazy(load);

/** The menu and its library come when somebody reaches for them: whoever only reads pays nothing for them. */
export function IdentityButton(props: IdentityMenuProps) {
  const [opened, setOpened] = useState(false);
  const button = (
    <button
      type="button"
      className="viewer-button"
      aria-haspopup="menu"
      aria-expanded="false"
      onPointerEnter={load}
      onFocus={load}
      onClick={() => setOpened(true)}
    >
      <ViewerFace viewer={props.viewer} />
      <span className="visually-hidden">{strings.identity.menu}</span>
    </button>
  );
  if (!opened) return button;
  return (
    <Suspense fallback={button}>
      <IdentityMenu {...props} />
    </Suspense>
  );
}

import { DropdownMenu } from 'radix-ui';
import { CheckIcon } from './icons.tsx';
import { chooseIdentity, chosenIdentity, type Identity, identityOn } from './identity.ts';
import type { Viewer } from './lib/session.ts';
import type { Route } from './routing.tsx';
import { ViewerFace } from './viewer-face.tsx';
import { useStore } from './watching.ts';
import { strings } from './words/page.ts';
import './styles/menu.css';

export interface IdentityMenuProps {
  viewer: Viewer;
  route: Route;
  campaignId: number | null;
}

/** Somebody else in one click: the demo's sign-in. */
export default function IdentityMenu(props: IdentityMenuProps) {
  const { viewer, route, campaignId } = props;
  const now = identityOn(route, useStore(chosenIdentity));
  const people: Record<Identity['kind'], Identity> = {
    self: { kind: 'self' },
    guest: { kind: 'guest' },
    advertiser: { kind: 'advertiser', campaignId },
    moderator: { kind: 'moderator' },
    admin: { kind: 'admin' },
  };
  return (
    // Not modal: a modal one writes a style sheet into the page, which its Content-Security-Policy refuses.
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger className="viewer-button">
        <ViewerFace viewer={viewer} />
        <span className="visually-hidden">{strings.identity.menu}</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={8} collisionPadding={12}>
          <DropdownMenu.Label className="menu-label">{strings.identity.title}</DropdownMenu.Label>
          <DropdownMenu.RadioGroup value={now.kind}>
            {Object.values(people).map((person) => (
              <DropdownMenu.RadioItem
                key={person.kind}
                value={person.kind}
                className="menu-item"
                onSelect={() => chooseIdentity(person)}
              >
                <span>{strings.identity[person.kind]}</span>
                <DropdownMenu.ItemIndicator className="menu-check">
                  <CheckIcon />
                </DropdownMenu.ItemIndicator>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item className="menu-item" onSelect={() => chooseIdentity(null)}>
            {strings.identity.automatic}
          </DropdownMenu.Item>
          <p className="menu-hint">{strings.identity.hint}</p>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

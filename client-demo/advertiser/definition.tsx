import { Popover } from 'radix-ui';
import { words } from '../words/advertiser.ts';

interface DefinitionProps {
  /** What it is called here. */
  name: string;
  of: string;
}

/** The name of a figure, which says what it means to whoever asks. */
export function Definition({ name, of }: DefinitionProps) {
  const text = words.definitions[of];
  if (text === undefined) return name;
  return (
    <Popover.Root>
      <Popover.Trigger className="definition-button" title={text}>
        {name}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="definition" sideOffset={6} collisionPadding={12} aria-label={name}>
          <strong>{words.metrics[of] ?? name}</strong>
          <p>{text}</p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

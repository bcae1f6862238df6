/** The shared worker of a browser: it owns the sockets of all tabs. */
import { createDoor } from './door.ts';

const open = createDoor();
addEventListener('connect', ({ ports }: Event & { ports?: readonly MessagePort[] }) => {
  for (const port of ports ?? []) open(port);
});

import { Command } from 'cmdk';
import { type ReactNode, useEffect, useRef } from 'react';
import { useStore } from '../watching.ts';
import { reasonText, words } from '../words/moderation.ts';
import { useDesk } from './desk-context.ts';
import { queues, tabs } from './desk-view.ts';
import { type Hand, hand, reasons, toggleMark } from './hand.ts';
import { Key } from './key.tsx';
import { undoLast } from './undo-last.ts';

/** Everything the desk can do, by name. The dialog is the browser's own; cmdk keeps the list and its keyboard. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const desk = useDesk();
  const { live, acting, show } = desk;
  const now = useStore(hand);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  const run = (act: () => void) => () => {
    // Closed first, so that the focus is back where the act may take it from.
    dialog.current?.close();
    act();
  };
  const item = (text: string, act: () => void, key?: string, value = text): ReactNode => (
    <Command.Item key={value} value={value} className="palette-item" onSelect={run(act)}>
      <span>{text}</span>
      {key !== undefined && <Key>{key}</Key>}
    </Command.Item>
  );
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, as every dialog
    <dialog
      className="palette"
      ref={dialog}
      onClose={onClose}
      aria-label={words.palette}
      onClick={({ target }) => target === dialog.current && dialog.current.close()}
    >
      <Command label={words.palette} loop>
        <Command.Input className="palette-input" placeholder={words.palettePlaceholder} autoFocus />
        <Command.List className="palette-list">
          <Command.Empty className="panel-note">{words.paletteEmpty}</Command.Empty>
          {now !== null && <Command.Group heading={words.commands.groups.comment}>{onHand(now, item)}</Command.Group>}
          <Command.Group heading={words.commands.groups.desk}>
            {acting.done.get() !== null && item(words.done.undoButton, () => void undoLast(desk), 'U')}
            {item(words.commands.refresh, () => void live.refresh(), 'G')}
            {now !== null &&
              item(words.commands.user, () => show({ tab: 'users', user: now.author.id }), undefined, 'open author')}
          </Command.Group>
          <Command.Group heading={words.commands.groups.go}>
            {queues.map((queue) =>
              item(words.commands.goTo(words.queues[queue]), () => show({ tab: 'queue', queue, item: null })),
            )}
            {tabs.slice(1).map((tab) => item(words.commands.goTo(words.tabs[tab]), () => show({ tab, user: null })))}
          </Command.Group>
        </Command.List>
      </Command>
    </dialog>
  );
}

function onHand(now: Hand, item: (text: string, act: () => void, key?: string) => ReactNode): ReactNode {
  return (
    <>
      {item(words.decide.approve, () => now.approve(), 'A')}
      {item(words.decide.reject, () => now.reject(), 'R')}
      {reasons.map((reason) => item(words.commands.rejectAs(reasonText(reason)), () => now.reject(reason)))}
      {item(words.decide.escalate, () => now.escalate(), 'E')}
      {item(words.commands.claim, () => now.claim(), 'C')}
      {item(words.commands.mark, () => toggleMark(now.commentId), 'B')}
      {item(words.commands.note, () => now.note(), 'N')}
      {item(words.commands.explain, () => now.explain(), 'X')}
      {item(words.commands.sanction, () => now.sanction(), 'S')}
    </>
  );
}

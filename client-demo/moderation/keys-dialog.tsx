import { Modal } from '../modal.tsx';
import { words } from '../words/moderation.ts';

export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal title={words.keys.title} onClose={onClose}>
      <div className="keys">
        {words.keys.groups.map(({ name, keys }) => (
          <section key={name}>
            <h3 className="item-title">{name}</h3>
            <dl className="key-list">
              {keys.map(([key, what]) => (
                <div className="key-line" key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

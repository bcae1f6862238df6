import { formatFull } from '../format.ts';
import { actionText, reasonText, words } from '../words/moderation.ts';
import { useDesk } from './desk-context.ts';

const { log: text } = words;

export interface LogLine {
  readonly id: number;
  readonly at: string;
  readonly actor: { readonly id: number | null; readonly name: string | null } | null;
  readonly action: string;
  readonly commentId: number | null;
  readonly userId: number | null;
  readonly reason: string | null;
  readonly explanation: string | null;
  readonly hash?: string;
}

/** Lines of the log. Each leads to what it was about. */
export function LogTable({ entries }: { entries: readonly LogLine[] }) {
  const { show } = useDesk();
  const hasHash = entries[0]?.hash !== undefined;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <section className="table-scroll" tabIndex={0} aria-label={text.title}>
      <table className="table log-table">
        <thead>
          <tr>
            <th scope="col">{text.line}</th>
            <th scope="col">{text.when}</th>
            <th scope="col">{text.who}</th>
            <th scope="col">{text.what}</th>
            <th scope="col">{text.about}</th>
            <th scope="col">{text.why}</th>
            {hasHash && <th scope="col">{text.hash}</th>}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td className="number quiet">{entry.id}</td>
              <td className="number">
                <time dateTime={entry.at} title={formatFull(entry.at)}>
                  {moment.format(new Date(entry.at))}
                </time>
              </td>
              <td dir="auto">{entry.actor?.name ?? words.aRule}</td>
              <td className="log-action">{actionText(entry.action)}</td>
              <td>
                {entry.commentId !== null && (
                  <button
                    type="button"
                    className="text-button"
                    onClick={() => show({ tab: 'queue', item: entry.commentId })}
                  >
                    {text.comment(entry.commentId)}
                  </button>
                )}
                {entry.userId !== null && (
                  <button
                    type="button"
                    className="text-button"
                    onClick={() => show({ tab: 'users', user: entry.userId })}
                  >
                    {text.user(entry.userId)}
                  </button>
                )}
              </td>
              <td className="log-why" dir="auto">
                {[entry.reason === null ? null : reasonText(entry.reason), entry.explanation]
                  .filter(Boolean)
                  .join(': ')}
              </td>
              {hasHash && (
                <td className="log-hash" title={entry.hash}>
                  {entry.hash?.slice(0, 10)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const moment = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

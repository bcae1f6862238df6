import { useState } from 'react';
import { Pending } from '../advertiser/panel.tsx';
import { Segmented } from '../advertiser/segmented.tsx';
import { attempt } from '../lib/moderation/acting.ts';
import type { Replay, Rules, RulesDraft } from '../lib/moderation/desk-api.ts';
import { Store } from '../lib/store.ts';
import { useLiveQuery } from '../use-live-query.ts';
import { words } from '../words/moderation.ts';
import { useDesk } from './desk-context.ts';
import { refusalText } from './refusal-text.ts';
import { ReplayReport } from './replay-report.tsx';
import { RuleTable } from './rule-table.tsx';
import { say } from './toast-store.ts';

const { ruleSet: text } = words;
const modes = ['on', 'shadow', 'off'] as const;

/** The rules in force, and a draft of others that is held against past decisions before anybody is judged by it. */
export default function RulesPart() {
  const { live } = useDesk();
  const [moves] = useState(() => new Store(0));
  const { value, code } = useLiveQuery({ key: 'rules', read: () => live.api.rules(), when: moves, gapMs: 200 });
  return (
    <section className="part" aria-label={text.title}>
      {value === null ? (
        <Pending code={code} lines={10} />
      ) : (
        <Editor rules={value} key={value.version} onSaved={() => moves.set(moves.get() + 1)} />
      )}
    </section>
  );
}

const written = ({ mode, rules }: RulesDraft) => JSON.stringify({ mode, rules }, null, 2);

function Editor({ rules, onSaved }: { rules: Rules; onSaved: () => void }) {
  const { live } = useDesk();
  const inForce = written(withoutSecretMark(rules));
  const [data, setData] = useState(inForce);
  const [note, setNote] = useState('');
  const [report, setReport] = useState<Replay | null>(null);
  const [isBusy, setBusy] = useState(false);
  const read = readDraft(data);
  const draft = read.draft;
  const change = (to: RulesDraft) => setData(written(to));
  const run = async (act: (draft: RulesDraft) => Promise<unknown>) => {
    if (draft === null) return;
    setBusy(true);
    const acted = await attempt(() => act(draft));
    setBusy(false);
    if (acted.ok) return;
    const isStale = acted.refused.code === 'stale_revision';
    say(isStale ? text.stale : refusalText(acted.refused), 'problem');
  };
  return (
    <>
      <header className="part-head">
        <div>
          <h2 className="part-title">{text.title}</h2>
          <p className="panel-hint">
            {text.version(rules.version)}. {text.shadowHint}
          </p>
        </div>
        {draft !== null && (
          <Segmented
            label={text.mode}
            value={draft.mode}
            options={modes.map((value) => ({ value, text: text.modes[value] }))}
            onChange={(mode) => change({ ...draft, mode })}
          />
        )}
      </header>
      <div className="rules-grid">
        <div className="pane part-table">
          <RuleTable draft={draft} inForce={rules} onChange={change} />
        </div>
        <div className="pane part-pad rules-draft">
          <label className="form-label">
            {text.draft}
            <textarea
              className="area rules-data"
              spellCheck={false}
              aria-invalid={read.why !== null}
              value={data}
              onChange={({ target }) => setData(target.value)}
            />
          </label>
          <p className="quiet" role="status">
            {read.why === null ? text.draftHint : text.invalid(read.why)}
          </p>
          <input
            className="input"
            dir="auto"
            aria-label={text.note}
            placeholder={text.note}
            maxLength={1_000}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
          <div className="rules-buttons">
            <button
              type="button"
              className="button button-primary button-small"
              disabled={draft === null || isBusy}
              onClick={() => void run(async (now) => setReport(await live.api.replay(now)))}
            >
              {isBusy ? text.replaying : text.replay}
            </button>
            <button
              type="button"
              className="button button-quiet button-small"
              disabled={draft === null || isBusy || data === inForce}
              onClick={() =>
                void run(async (now) => {
                  const { version } = await live.api.setRules(rules.version, now, note.trim());
                  say(text.saved(version));
                  onSaved();
                })
              }
            >
              {text.save}
            </button>
            {data !== inForce && (
              <button
                type="button"
                className="text-button"
                onClick={() => {
                  setData(inForce);
                  onSaved();
                }}
              >
                {text.reset}
              </button>
            )}
          </div>
        </div>
      </div>
      {report !== null && <ReplayReport report={report} />}
    </>
  );
}

/** The mark that there is a secret is told, and not asked for. */
function withoutSecretMark({ mode, rules }: Rules): RulesDraft {
  const { hasSecret: _, ...external } = rules.external ?? {};
  return { mode, rules: rules.external === undefined ? rules : { ...rules, external } };
}

function readDraft(data: string): { draft: RulesDraft | null; why: string | null } {
  try {
    const read: unknown = JSON.parse(data);
    if (!isRecord(read) || !isRecord(read.rules)) return { draft: null, why: 'mode, rules' };
    const mode = modes.find((known) => known === read.mode);
    if (mode === undefined) return { draft: null, why: 'mode' };
    const rules = Object.entries(read.rules).map(([name, rule]): [string, Record<string, unknown>] => [
      name,
      isRecord(rule) ? rule : {},
    ]);
    return { draft: { mode, rules: Object.fromEntries(rules) }, why: null };
  } catch (error) {
    return { draft: null, why: error instanceof Error ? error.message : '' };
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

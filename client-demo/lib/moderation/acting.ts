/**
 * What a moderator does to items. Each act is committed when its answer is here; what was refused says by whom or why, and
 * has changed nothing. The last decision can be taken back while its time runs.
 */
import { claimSchema, type Decision, decisionSchema, type Item } from '../../../server/contract/desk.ts';
import type { Problem } from '../../../server/contract/errors.ts';
import { codeOf, ProblemError } from '../problem.ts';
import { Store } from '../store.ts';
import type { DecisionRequest } from './desk-api.ts';
import type { LiveDesk } from './live-desk.ts';

export const UNDO_FOR_MS = 10_000;

export interface Done {
  readonly decisions: readonly Decision[];
  /** By this machine's clock: until then it can be taken back. */
  readonly until: number;
}
/** Why an act was refused, with what the server says beside the code. */
export interface Refused {
  readonly code: string;
  readonly by: string | null;
  readonly until: string | null;
  readonly action: string | null;
}
export interface RefusedLine extends Refused {
  readonly commentId: number;
}
export type Acted = { ok: true } | { ok: false; refused: Refused; lines?: readonly RefusedLine[] };
export type Verdict = Omit<DecisionRequest, 'revision'>;
type Decidable = Pick<Item, 'commentId' | 'revision'>;

export class Acting {
  readonly done = new Store<Done | null>(null);
  readonly #desk: LiveDesk;

  constructor(desk: LiveDesk) {
    this.#desk = desk;
  }

  decide({ commentId, revision }: Decidable, verdict: Verdict): Promise<Acted> {
    return attempt(async () => {
      const decision = await this.#desk.api.decide(commentId, { ...verdict, revision });
      this.#tell([decision]);
    });
  }

  /** All or nothing. */
  async decideAll(items: readonly Decidable[], verdict: Verdict): Promise<Acted> {
    const asked = items.map(({ commentId, revision }) => ({ ...verdict, commentId, revision }));
    const acted = await attempt(async () => {
      const { items: decisions } = await this.#desk.api.decideBatch(asked);
      this.#tell(decisions);
    });
    if (acted.ok || acted.lines === undefined) return acted;
    const lines = acted.lines.flatMap((line) => {
      const commentId = asked[line.commentId]?.commentId;
      return commentId === undefined ? [] : [{ ...line, commentId }];
    });
    return { ...acted, lines };
  }

  async undo(): Promise<Acted | null> {
    const last = this.done.get();
    const [first] = last?.decisions ?? [];
    if (first === undefined || last === null || Date.now() > last.until) return null;
    this.done.set(null);
    const { api } = this.#desk;
    return attempt(() => (first.batch === null ? api.undo(first.id) : api.undoBatch(first.batch)));
  }

  claim(id: number): Promise<Acted> {
    return attempt(async () => {
      this.#desk.apply({ name: 'moderation:claimed', data: await this.#desk.api.claim(id) });
    });
  }

  release(id: number): Promise<Acted> {
    return attempt(() => this.#desk.api.release(id));
  }

  escalate(id: number, note: string): Promise<Acted> {
    return attempt(() => this.#desk.api.escalate(id, note));
  }

  note(id: number, text: string): Promise<Acted> {
    return attempt(() => this.#desk.api.note(id, text));
  }

  #tell(decisions: readonly Decision[]): void {
    for (const decision of decisions) {
      const { commentId, campaignId } = decision;
      this.#desk.apply({ name: 'moderation:decided', data: decision });
      const { queue } = this.#desk.list.get();
      this.#desk.apply({ name: 'moderation:item-left', data: { commentId, campaignId, queue } });
    }
    this.done.set({ decisions, until: Date.now() + UNDO_FOR_MS });
  }
}

export async function attempt(act: () => Promise<unknown>): Promise<Acted> {
  try {
    await act();
    return { ok: true };
  } catch (error) {
    if (!(error instanceof ProblemError)) return { ok: false, refused: { ...nobody, code: codeOf(error) } };
    const { problem } = error;
    const lines = problem.errors?.flatMap((line) =>
      // The place in the batch stands for the comment until whoever asked puts it in.
      line.index === undefined
        ? []
        : [{ ...refusedOf({ ...line, code: line.code ?? problem.code }), commentId: line.index }],
    );
    return { ok: false, refused: refusedOf(problem), ...(lines?.length ? { lines } : {}) };
  }
}

const nobody = { by: null, until: null, action: null };

function refusedOf({ code, claim, decision }: Pick<Problem, 'code' | 'claim' | 'decision'>): Refused {
  const claimed = claimSchema.safeParse(claim);
  const decided = decisionSchema.safeParse(decision);
  return {
    code,
    by: claimed.data?.by.name ?? decided.data?.moderator.name ?? null,
    until: claimed.data?.until ?? null,
    action: decided.data?.action ?? null,
  };
}

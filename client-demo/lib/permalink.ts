/** A comment that an address names: read with those above it, so that its branch can be opened. */
import { codeOf } from './problem.ts';
import type { ThreadAccess } from './reading.ts';
import { isShown } from './thread/select.ts';

export type Opened = 'shown' | 'removed' | 'unknown' | 'failed';

export async function openComment({ api, campaignId, get, dispatch }: ThreadAccess, id: number): Promise<Opened> {
  try {
    const { epoch = '', seq = 0 } = get().position ?? {};
    const { value } = await api.context(id);
    if (value.comment.campaignId !== campaignId) return 'unknown';
    dispatch({ kind: 'linked', comments: [...value.ancestors, value.comment], epoch, seq });
    return isShown(get(), id) ? 'shown' : 'removed';
  } catch (error) {
    const code = codeOf(error);
    return code === 'unknown_comment' || code === 'invalid_id' || code === 'not_found' ? 'unknown' : 'failed';
  }
}

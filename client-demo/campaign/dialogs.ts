/** Which dialog stands over the campaign. The dialogs themselves are loaded when one is asked for. */
import type { Comment } from '../../server/contract/comment.ts';
import { Store } from '../lib/store.ts';

export interface AskedDialog {
  readonly kind: 'report' | 'remove' | 'appeal';
  readonly comment: Comment;
}

export const askedDialog = new Store<AskedDialog | null>(null);

export const closeDialog = (): void => askedDialog.set(null);

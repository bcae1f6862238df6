/** A state as documents by name, such as `comment 7` and `campaign 1`, so that states from anywhere can be compared. */
export type Documents = Map<string, Record<string, unknown>>;

export interface RawComment {
  id: number;
  campaignId: number;
  parentId: number | null;
  authorId: number;
  text: string | null;
  likes: number;
}

export interface CampaignCounts {
  likes: number;
  shares: number;
  comments: number;
  saves: number;
  bookmarks: number;
}

export const commentName = (id: number) => `comment ${id}`;
export const campaignName = (id: number) => `campaign ${id}`;

/** `total` is the sum, wherever the five come from. */
export function campaignDocument({ likes, shares, comments, saves, bookmarks }: CampaignCounts) {
  return { likes, shares, comments, saves, bookmarks, total: likes + shares + comments + saves + bookmarks };
}

/** Comments with their replies and descendants counted here, by none of the server's own code. */
export function commentDocuments(comments: RawComment[]): Documents {
  const parents = new Map(comments.map(({ id, parentId }) => [id, parentId]));
  const replies = new Map<number, number>();
  const descendants = new Map<number, number>();
  const raise = (counts: Map<number, number>, id: number) => counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const { parentId } of comments) {
    if (parentId !== null) raise(replies, parentId);
    for (let above = parentId; above !== null; above = parents.get(above) ?? null) raise(descendants, above);
  }
  return new Map(
    comments.map(({ id, campaignId, parentId, authorId, text, likes }) => [
      commentName(id),
      {
        campaignId,
        parentId,
        author: { id: authorId },
        text,
        likes,
        replies: replies.get(id) ?? 0,
        descendants: descendants.get(id) ?? 0,
      },
    ]),
  );
}

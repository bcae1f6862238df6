import { type CommentPage, commentPageSchema, type ListedComment } from '../../contract/comment.ts';
import { engagementAnswer } from '../../contract/engagement.ts';
import { CommandFailed } from '../failure.ts';
import { type Api, refusalOf } from './api.ts';
import { campaignName, commentName, type Documents } from './documents.ts';

const inFlight = 16;

/** Whole discussions and their counts, over HTTP: every page of the top level and, below each comment, of its replies. */
export async function readOverHttp(api: Api, campaignIds: number[]): Promise<Documents> {
  const documents: Documents = new Map();
  const lists = campaignIds.map((id) => `/api/v1/campaigns/${id}/comments`);
  const work = async () => {
    for (let list = lists.pop(); list; list = lists.pop()) {
      for (const comment of await readList(api, list)) {
        documents.set(commentName(comment.id), comment);
        if (comment.replies > 0) lists.push(`/api/v1/comments/${comment.id}/replies`);
      }
    }
  };
  // One worker after the other finds the list empty while another still reads, so rounds go on until none is left.
  while (lists.length > 0) await Promise.all(Array.from({ length: inFlight }, work));
  for (const id of campaignIds) {
    const counts = engagementAnswer.parse(await read(api, `/api/v1/campaigns/${id}/engagement`));
    documents.set(campaignName(id), counts);
  }
  return documents;
}

/** The seq up to which each campaign's stream goes now. */
export async function readHeads(api: Api, campaignIds: number[]): Promise<Map<number, number>> {
  const pages = campaignIds.map((id) => readPage(api, `/api/v1/campaigns/${id}/comments?limit=1`));
  return new Map((await Promise.all(pages)).map(({ seq }, place) => [campaignIds[place] ?? 0, seq]));
}

async function readList(api: Api, list: string): Promise<ListedComment[]> {
  const items: ListedComment[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = await readPage(api, `${list}?sort=oldest&limit=100${from}`);
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

/** By the contract's schema, so an answer of another shape fails here. */
async function readPage(api: Api, path: string): Promise<CommentPage> {
  return commentPageSchema.parse(await read(api, path));
}

async function read(api: Api, path: string): Promise<unknown> {
  const answer = await api.call('GET', path);
  if (answer.status !== 200) throw new CommandFailed(`GET ${path} of ${api.url} answered ${refusalOf(answer)}.`);
  return answer.body;
}

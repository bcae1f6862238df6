import { migrateUp } from '../../server/platform/migrate/migrate.ts';
import { makeLiveCampaigns } from './crowd.ts';
import { fillThread } from './fill.ts';
import type { Options } from './options.ts';
import { numberText, type Report, ratios, spreadText } from './report.ts';
import { startOurs } from './servers.ts';
import { runSql, type Stage } from './stage.ts';
import { spreadOf } from './statistics.ts';

const smallCount = 100;
const latePage = 500;
const readsARound = 150;
const goals = { firstPage: 1.2, latePage: 1.5 };
const sorts = ['newest', 'oldest', 'top'] as const;

/** Milliseconds of a page over HTTP, the median of a round. */
interface Round {
  large: number;
  small: number;
  late: number;
}
interface Page {
  items: { id: number }[];
  nextCursor: string | null;
}

/** A long thread beside a short one: the first page, page 500, and whether all of it comes when it is read to its end. */
export async function thread(stage: Stage, options: Options, told: (line: string) => void): Promise<Report> {
  const url = await stage.database('thread');
  await migrateUp(url);
  const [large = 0, small = 0] = await makeLiveCampaigns(url, 2);
  await fillThread({ url, campaignId: large, count: options.comments, told });
  await fillThread({ url, campaignId: small, count: smallCount, told });
  await runSql(url, 'vacuum analyze');
  const server = await startOurs(stage, url);
  const read = async (campaign: number, query: string): Promise<Page> => {
    const response = await fetch(`http://127.0.0.1:${server.port}/api/v1/campaigns/${campaign}/comments?${query}`);
    if (response.status !== 200) throw new Error(`a page was answered ${response.status}`);
    return (await response.json()) as Page;
  };
  const results: Result[] = [];
  for (const sort of sorts) {
    const { found, cursor } = await readToTheEnd((query) => read(large, `sort=${sort}&limit=20${query}`));
    told(`thread, ${sort}: ${numberText(found)} comments read to the end`);
    const pages = {
      large: () => read(large, `sort=${sort}&limit=20&previewReplies=2`),
      small: () => read(small, `sort=${sort}&limit=20&previewReplies=2`),
      late: () => read(large, `sort=${sort}&limit=20&previewReplies=2${cursor}`),
    };
    const rounds: Round[] = [];
    for (let number = 0; number <= options.rounds; number++) {
      const round = await readInTurn(pages);
      if (number > 0) rounds.push(round); // the first warms the caches
    }
    results.push({ sort, found, rounds });
  }
  await server.stop();
  return reportOf(results, options);
}

interface Result {
  sort: string;
  found: number;
  rounds: Round[];
}

async function readToTheEnd(read: (query: string) => Promise<Page>): Promise<{ found: number; cursor: string }> {
  const ids = new Set<number>();
  let late = '';
  let query = '';
  for (let page = 1; ; page++) {
    const { items, nextCursor } = await read(query);
    for (const { id } of items) ids.add(id);
    if (!nextCursor) return { found: ids.size, cursor: late || query };
    query = `&cursor=${nextCursor}`;
    if (page === latePage - 1) late = query;
  }
}

async function readInTurn(pages: Record<keyof Round, () => Promise<Page>>): Promise<Round> {
  const times: Record<keyof Round, number[]> = { large: [], small: [], late: [] };
  for (let n = 0; n < readsARound; n++) {
    for (const name of ['large', 'small', 'late'] as const) {
      const started = performance.now();
      await pages[name]();
      times[name].push(performance.now() - started);
    }
  }
  const median = (name: keyof Round) => spreadOf(times[name]).median;
  return { large: median('large'), small: median('small'), late: median('late') };
}

function reportOf(results: Result[], { comments, rounds: count }: Options): Report {
  const rows = results.map(({ sort, found, rounds }) => {
    const [large, small, late] = (['large', 'small', 'late'] as const).map((name) =>
      rounds.map((round) => round[name]),
    );
    const [first, later] = [ratios(large ?? [], small ?? []), ratios(late ?? [], large ?? [])];
    return { sort, found, large, small, late, first, later };
  });
  return {
    title: `A thread of ${numberText(comments)} comments beside one of ${smallCount}: GET …/comments?limit=20&previewReplies=2, ${readsARound} of each a round, in turn; median of the round in ms; ${count} rounds: median (min–max)`,
    table: [
      ['', `${smallCount}, page 1`, `${numberText(comments)}, page 1`, 'ratio', `page ${latePage}`, 'ratio to page 1'],
      ...rows.map(({ sort, large = [], small = [], late = [], first, later }) => [
        sort,
        spreadText(small, 2),
        spreadText(large, 2),
        spreadText(first, 2),
        spreadText(late, 2),
        spreadText(later, 2),
      ]),
    ],
    notes: [],
    goals: rows.flatMap(({ sort, found, first, later }) => [
      {
        sentence: `${sort}: the first page takes at most ${goals.firstPage}× as long: ${spreadText(first, 2)}`,
        met: spreadOf(first).median <= goals.firstPage,
      },
      {
        sentence: `${sort}: page ${latePage} takes at most ${goals.latePage}× as long as page 1: ${spreadText(later, 2)}`,
        met: spreadOf(later).median <= goals.latePage,
      },
      { sentence: `${sort}: read to the end, ${numberText(found)} comments came`, met: found === comments },
    ]),
    rounds: Object.fromEntries(results.map(({ sort, rounds }) => [sort, rounds])),
  };
}

import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { migrateUp } from '../../server/platform/migrate/migrate.ts';
import { systemProgram } from '../support/system-program.ts';
import { writeComments } from './comment-writer.ts';
import { makeLiveCampaigns, signTokens } from './crowd.ts';
import type { Options } from './options.ts';
import { numberText, type Report, spreadText } from './report.ts';
import { type BundleSizes, bundleSizes } from './screens-bundle.ts';
import { type Frames, framesDuring, loadAll, recordPaints, scrollFor, takePaints } from './screens-page.ts';
import { startOurs } from './servers.ts';
import { runSql, type Stage } from './stage.ts';
import { type Quantiles, quantilesOf } from './statistics.ts';

const LONG = 10_000;
const CALM_A_SECOND = 5;
const BUSY_A_SECOND = 50;
const LOADED_WITHIN_MS = 90_000;
const SCROLL_PX_A_FRAME = 90;
const BUDGET_KB = 150;
const root = fileURLToPath(new URL('../..', import.meta.url));

interface Round {
  fromSent: Quantiles;
  fromAnswer: Quantiles;
  rest: Frames;
  typing: Frames;
  scrolling: Frames;
}

/** The campaign's screen in a browser: commit to paint, frames while somebody types and scrolls, and what it weighs. */
export async function screens(stage: Stage, options: Options, told: (line: string) => void): Promise<Report> {
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'client-demo/build.ts'], { cwd: root });
  const url = await stage.database('screens');
  await migrateUp(url);
  const [calm = 0, busy = 0, long = 0] = await makeLiveCampaigns(url, 3);
  await runSql(
    url,
    `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
       select $1, 2 + n % 7, 'comment', 'Number ' || n || repeat(' of a long evening', n % 40) from generate_series(1, $2::int) n`,
    [long, LONG],
  );
  const server = await startOurs(stage, url);
  const tokens = await signTokens(50);
  const browser = await launch();
  try {
    const screen = (campaign: number) => openScreen(browser, `http://127.0.0.1:${server.port}/campaigns/${campaign}`);
    const [reading, writing, scrolled] = [await screen(calm), await screen(busy), await screen(long)];
    const loaded = await loadAll(scrolled.page, LONG, LOADED_WITHIN_MS);
    told(`screens: ${numberText(loaded)} comments loaded by scrolling`);
    const parts = { port: server.port, tokens, calm, busy, seconds: options.seconds };
    const pages = { reading: reading.page, writing: writing.page, scrolled: scrolled.page };
    const rounds: Round[] = [];
    for (let number = 1; number <= options.rounds; number++) {
      const round = await runRound(pages, parts);
      rounds.push(round);
      told(`screens, round ${number}: paint p50 ${numberText(round.fromSent.p50)} ms after it was sent`);
    }
    return reportOf(rounds, bundleSizes(reading.files), loaded);
  } finally {
    await browser.close();
    await server.stop();
  }
}

interface Parts {
  port: number;
  tokens: string[];
  calm: number;
  busy: number;
  seconds: number;
}

async function runRound(
  { reading, writing, scrolled }: Record<'reading' | 'writing' | 'scrolled', Page>,
  { port, tokens, calm, busy, seconds }: Parts,
): Promise<Round> {
  const write = (campaign: number, aSecond: number) => {
    const path = `/api/v1/campaigns/${campaign}/comments`;
    return writeComments({ port, path, tokens, aSecond, comments: aSecond * seconds, milestones: new Map() });
  };
  await reading.bringToFront();
  await recordPaints(reading);
  const written = await write(calm, CALM_A_SECOND);
  await reading
    .getByText(`bench#${written.length - 1}#`)
    .first()
    .waitFor();
  await scrollFor(reading, 0.2, 0);
  const painted = await takePaints(reading);
  const since = (from: 'sentAt' | 'answeredAt') =>
    quantilesOf(Float64Array.from(written, (one, number) => (painted[number] ?? Number.NaN) - one[from]));

  await writing.bringToFront();
  const field = writing.getByRole('textbox', { name: 'Comment', exact: true });
  await field.fill('');
  await field.focus();
  const rest = await framesDuring(writing, () => scrollFor(writing, seconds, 0));
  const typing = await framesDuring(writing, async () => {
    const posted = write(busy, BUSY_A_SECOND);
    await field.pressSequentially('a star '.repeat(seconds), { delay: 1_000 / 7 });
    await posted;
  });

  await scrolled.bringToFront();
  await scrolled.evaluate(() => scrollTo(0, 0));
  await scrollFor(scrolled, 0.5, 0);
  const scrolling = await framesDuring(scrolled, async () => {
    await scrollFor(scrolled, seconds / 2, SCROLL_PX_A_FRAME);
    await scrolled.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
    await scrollFor(scrolled, seconds / 2, -SCROLL_PX_A_FRAME);
  });
  return { fromSent: since('sentAt'), fromAnswer: since('answeredAt'), rest, typing, scrolling };
}

function launch(): Promise<Browser> {
  const program =
    process.env.CHROMIUM ??
    systemProgram({
      names: ['chromium', 'chromium-browser', 'google-chrome'],
      debianPackage: 'chromium',
      advice:
        'This bench needs Chromium: install it (Debian: apt-get install -y chromium), or set CHROMIUM to its path',
    });
  const executablePath = program.includes('/')
    ? program
    : execFileSync('which', [program], { encoding: 'utf8' }).trim();
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  return chromium.launch({ executablePath, args });
}

/** A browser context of its own, with the files that its first load took, as `assets/…`. */
async function openScreen(browser: Browser, url: string): Promise<{ page: Page; files: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  // The loader of TypeScript calls this in functions that run in the page.
  await context.addInitScript('globalThis.__name = (named) => named');
  const page = await context.newPage();
  const files = new Set<string>();
  context.on('request', (request) => {
    const name = /\/(assets\/[^?]+\.(?:js|css))$/.exec(request.url())?.[1];
    if (name !== undefined) files.add(name);
  });
  await page.goto(url);
  await page.locator('.link-status[data-state="live"]').waitFor({ timeout: 30_000 });
  return { page, files: [...files] };
}

function reportOf(rounds: Round[], { first, worker }: BundleSizes, loaded: number): Report {
  const paint = (of: 'fromSent' | 'fromAnswer', name: string) => [
    name,
    spreadText(rounds.map((round) => round[of].p50)),
    spreadText(rounds.map((round) => round[of].p99)),
    '',
  ];
  const frames = (of: 'rest' | 'typing' | 'scrolling', name: string) => [
    name,
    spreadText(rounds.map((round) => round[of].long)),
    spreadText(rounds.map((round) => round[of].longest)),
    spreadText(rounds.map((round) => round[of].count)),
  ];
  return {
    title: 'The campaign’s screen in a browser: median of the rounds (least–most)',
    table: [
      ['', 'p50 ms', 'p99 ms', ''],
      paint('fromSent', 'sent to paint, which the commit lies after'),
      paint('fromAnswer', 'answer to paint, which the commit lies before'),
      ['', 'frames > 50 ms', 'longest ms', 'frames'],
      frames('rest', 'at rest, the baseline'),
      frames('typing', `typing at ${BUSY_A_SECOND} comments/s`),
      frames('scrolling', `scrolling ${numberText(loaded)} comments`),
    ],
    notes: [`First load ${numberText(first, 1)} kB after gzip, and ${numberText(worker, 1)} kB of the worker.`],
    goals: [
      { sentence: `all ${numberText(LONG)} comments loaded: ${numberText(loaded)}`, met: loaded >= LONG },
      { sentence: `the first load stays under ${BUDGET_KB} kB: ${numberText(first, 1)}`, met: first < BUDGET_KB },
    ],
    rounds: { screens: rounds },
  };
}

import { describe, expect, it } from 'vitest';
import { eventually } from '../support/poll.ts';
import { become } from './advertiser-page.ts';
import { openPage } from './browser.ts';
import { inHand, line, nameOf, newestLog, twoModerators } from './two-moderators.ts';

const scene = twoModerators();
const within = { within: 8_000 };
const forex = 'Double your telescope budget';
const rude = 'toilet roll';

describe('the desk', () => {
  it('has the worst first in hand, with the words that a rule found marked and named', async () => {
    const { page } = scene.mia;
    const found = inHand(page).locator('mark');
    expect(await found.textContent()).toBe('forex signalsSuspect words');
    const part = page.getByRole('region', { name: 'Why it is here' });
    await part.getByText('Spam', { exact: true }).waitFor();
    await page.getByRole('region', { name: 'Around it' }).getByText('Ines Okonkwo').waitFor();
  });

  it('shows a colleague’s claim, and says whose it is to who decides nevertheless', async () => {
    const { mia, noa } = scene;
    await mia.page.keyboard.press('c');
    const name = await nameOf(mia.page);
    await line(noa.page, forex).getByText(`${name} is on it`).waitFor();
    await noa.page.keyboard.press('a');
    await noa.page.getByText(`${name} is working on this one`).waitFor();
    await mia.page.keyboard.press('c');
    await line(noa.page, forex)
      .getByText(/is on it/)
      .waitFor({ state: 'detached' });
  });

  it('takes a decision by one key, goes on to the next one, and takes it back by another', async () => {
    const { mia, noa, app } = scene;
    await mia.page.keyboard.press('r');
    await mia.page.getByText('Rejected: spam').waitFor();
    await inHand(mia.page).getByText(rude).waitFor();
    const name = await nameOf(mia.page);
    await line(noa.page, forex).getByText(`${name} rejected it.`).waitFor();
    expect(await newestLog(app.url, 1)).toMatchObject([{ action: 'reject', reason: 'spam' }]);
    await mia.page.keyboard.press('u');
    await inHand(mia.page).getByText(forex).waitFor();
    await eventually(async () => expect(await line(noa.page, forex).getAttribute('data-left')).toBe('false'), within);
    expect((await newestLog(app.url, 1))[0]?.action).toBe('undo');
  });

  it('moves by j and k, and lets nobody’s decision move what another has in hand', async () => {
    const { mia, noa } = scene;
    await mia.page.keyboard.press('j');
    await inHand(mia.page).getByText(rude).waitFor();
    await noa.page.keyboard.press('j');
    await inHand(noa.page).getByText(rude).waitFor();
    await noa.page.keyboard.press('a');
    await mia.page
      .locator('.item-banner')
      .getByText(`${await nameOf(noa.page)} approved it.`)
      .waitFor();
    await inHand(mia.page).getByText(rude).waitFor();
    await mia.page.keyboard.press('a');
    await mia.page.getByText(`${await nameOf(noa.page)} approved it first`).waitFor();
    await mia.page.keyboard.press('k');
    await inHand(mia.page).getByText(forex).waitFor();
  });

  it('says how many came, and lets them in when asked', async () => {
    const { page } = scene.mia;
    await scene.report('Buy followers, cheap, today only');
    await page.getByRole('button', { name: '1 new' }).click();
    await line(page, 'Buy followers').waitFor();
    await inHand(page).getByText(forex).waitFor();
  });

  it('says how many screens show a comment, and how soon a removed one is gone from them', async () => {
    const { mia, app, browser } = scene;
    const reader = await openPage(browser, app.url);
    const id = await scene.report('Seen by somebody at this moment');
    await reader.page.getByText('Seen by somebody').waitFor();
    await mia.page.getByRole('button', { name: '1 new' }).click();
    await line(mia.page, 'Seen by somebody').getByText('on 1 screen now').waitFor();
    // Until the reader's page has told what it draws, whoever watches the campaign counts as one who sees it.
    const told = () => app.pool.query('select from comment_screens where comment_id = $1 and screens = 1', [id]);
    await eventually(async () => expect((await told()).rowCount).toBe(1), within);
    await line(mia.page, 'Seen by somebody').locator('.line-open').click();
    await mia.page.locator(`.item-comment[data-comment="${id}"]`).waitFor();
    await mia.page.keyboard.press('r');
    const toast = mia.page.locator('.toast-text');
    await eventually(
      async () =>
        expect(await toast.textContent()).toMatch(/^Rejected: spamgone from 100 % of 1 screen in [\d.]+ m?s$/),
      within,
    );
    await reader.page.getByText('Seen by somebody').waitFor({ state: 'detached' });
    await reader.leave();
  });

  it('says that it is offline, and has what it missed when it is back', async () => {
    const { mia } = scene;
    await mia.offline(true);
    await mia.page.getByText(/shown as of \d\d:\d\d/).waitFor();
    await scene.report('Came while nobody looked');
    await mia.offline(false);
    await mia.page.getByRole('button', { name: '1 new' }).waitFor({ timeout: 15_000 });
    await mia.page.getByRole('button', { name: '1 new' }).click();
    await line(mia.page, 'Came while nobody looked').waitFor();
  });

  it('says that the author rewrote it, and decides nothing on a text that was not read', async () => {
    const { mia, app } = scene;
    const id = await scene.report('The first wording of this');
    await mia.page.getByRole('button', { name: '1 new' }).click();
    await line(mia.page, 'The first wording').locator('.line-open').click();
    await inHand(mia.page).getByText('The first wording').waitFor();
    const answer = await fetch(`${app.url}/api/v1/comments/${id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await app.token(6_999)}` },
      body: JSON.stringify({ text: 'Another wording of this', revision: 1 }),
    });
    expect(answer.status).toBe(200);
    await mia.page.getByText('rewrote it while you were reading').waitFor();
    await inHand(mia.page).getByText('The first wording').waitFor();
    await mia.page.keyboard.press('a');
    await mia.page.getByText('Nothing was decided; this is the new text').waitFor();
    await inHand(mia.page).getByText('Another wording').waitFor();
  });

  it('decides several at once, all or nothing, and names the line that stands in the way', async () => {
    const { mia, noa } = scene;
    for (const text of [forex, 'Buy followers', 'Another wording'])
      await line(mia.page, text).locator('.line-mark').check();
    await noa.page.getByRole('button', { name: /^\d new$/ }).click();
    await line(noa.page, 'Buy followers').locator('.line-open').click();
    await inHand(noa.page).getByText('Buy followers').waitFor();
    await noa.page.keyboard.press('c');
    await line(mia.page, 'Buy followers')
      .getByText(/is on it/)
      .waitFor();
    await mia.page.keyboard.press('Shift+R');
    const dialog = mia.page.getByRole('dialog');
    await dialog.getByText(`${await nameOf(noa.page)} is working on this one`).waitFor();
    expect(await dialog.locator('.refused-line').count()).toBe(1);
    await dialog.getByRole('button', { name: 'Unmark these' }).click();
    await mia.page.keyboard.press('Shift+R');
    await mia.page.getByText('2 rejected').waitFor();
  });

  it('is not a plain user’s, and is a moderator’s by one press', async () => {
    const { page } = scene.noa;
    await become(page, 'Yourself');
    await page.getByRole('heading', { name: 'This desk is for moderators' }).waitFor();
    await page.getByRole('button', { name: 'Be a moderator in this tab' }).click();
    await inHand(page).waitFor();
  });
});

it('none of it left an error in the console but the refusals that were asked for', () => {
  expect([...scene.mia.faults, ...scene.noa.faults].filter((fault) => !/\b(403|409)\b/.test(fault))).toEqual([]);
});

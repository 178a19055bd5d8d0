/*
 * dashboard.journey.mjs: several offers at once, with and without script, and what is made from an
 * offer: a clone that says what changed, an upgrade that begins after what it follows.
 */
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { audit, judgeSummary } from './audit.mjs';
import { navigate, press, refused, row, sees, statusOf } from './harness.mjs';

export const now = '2023-10-16';
export const alone = true; /* its offers sell what others sell, in the same months */

const PRO = 'Ledgerline, Pro';

const search = async (page, text) => {
  await navigate(page, 'Private offers');
  await page.getByLabel('Search offers').fill(text);
  await press(page, act.button(page, 'Search'));
};

/* The offers of the list, in its order. */
const listed = page => page.getByRole('rowheader').getByRole('link').allInnerTexts();

export const tests = {
  'Offers are found, sorted, withdrawn and deleted together; what cannot be done says why': async stage => {
    const page = await stage.signedIn('isv');
    await act.offerToPartner(page, 'Dash beta', { month: '2025-10' }, { [PRO]: '20' });
    for (const name of ['Dash gamma', 'Dash alpha']) await act.newDraft(page, name);
    await search(page, 'dash ');
    await press(page, act.link(page, 'Offer'));
    assert.deepEqual(await listed(page), ['Dash alpha', 'Dash beta', 'Dash gamma']);
    assert.match(page.url(), /q=dash&sort=name/);
    await press(page, act.link(page, 'Offer'));
    assert.deepEqual(await listed(page), ['Dash gamma', 'Dash beta', 'Dash alpha']);

    await refused(page, 422, () => act.button(page, 'Delete').click());
    assert.deepEqual(await judgeSummary(page), ['Select at least one offer']);
    assert.deepEqual(await listed(page), ['Dash gamma', 'Dash beta', 'Dash alpha'], 'the same list');

    await page.getByLabel('Select all offers on this page').check();
    await press(page, act.button(page, 'Withdraw'));
    await sees(page, '“Dash alpha” is Draft. It can be withdrawn only while it is Pending partner action.');
    await audit(page);
    await press(page, act.button(page, 'Request withdraw'));
    await sees(page, 'Offers withdrawn.');
    await act.openOffer(page, 'Dash beta');
    assert.equal(await statusOf(page), 'Draft');

    await search(page, 'dash ');
    for (const name of ['Dash alpha', 'Dash beta']) await page.getByLabel(`Select ${name}`).check();
    await press(page, act.button(page, 'Delete'));
    await press(page, act.button(page, 'Confirm'));
    await sees(page, 'Drafts deleted.');
    await search(page, 'dash ');
    assert.deepEqual(await listed(page), ['Dash gamma']);

    const answer = await page.request.get(await act.link(page, 'Export CSV').getAttribute('href'));
    assert.match(answer.headers()['content-disposition'], /^attachment/);
    const file = (await answer.text()).split('\r\n');
    assert.equal(file.length, 3, 'a heading, the row listed, and an end');
    assert.match(file[0], /^Private offer name,Private offer ID,/);
    assert.match(file[1], /^Dash gamma,/);
    await search(page, 'dash nothing');
    await sees(page, 'No offers match “dash nothing”');
    await press(page, act.link(page, 'Clear search'));
    assert.ok((await listed(page)).length > 1);
  },

  'A clone has everything of the ISV’s, and shows side by side what it has become': async stage => {
    const page = await stage.signedIn('isv');
    await act.newDraft(page, 'Pattern');
    await act.addPlans(page, [PRO]);
    await page.getByLabel(`Discount % for ${PRO}`).fill('20');
    await page.getByLabel('Sales note').fill('deal 42');
    await press(page, act.button(page, 'Save draft'));
    await act.openOffer(page, 'Pattern');
    await press(page, act.link(page, 'Clone'));
    await page.getByLabel('New private offer name').fill('Pattern, again');
    await press(page, act.button(page, 'Clone'));
    await sees(page, 'Offer cloned.');
    assert.equal(await page.getByLabel('Sales note').inputValue(), 'deal 42');
    assert.equal(await page.getByLabel(`Discount % for ${PRO}`).inputValue(), '20');
    await page.getByLabel(`Discount % for ${PRO}`).fill('25');
    await press(page, act.button(page, 'Save draft'));
    await act.openOffer(page, 'Pattern, again');
    await sees(page, 'Cloned from “Pattern”');
    assert.match(await row(page, `Discount % for ${PRO}`).innerText(), /20%\s+25%/);
    await press(page, act.link(page, 'Open that offer'));
    await page.getByRole('heading', { level: 1, name: 'Pattern', exact: true }).waitFor();
  },

  'An upgrade of an accepted offer keeps its deal and begins after it': async stage => {
    const page = await stage.signedIn('isv');
    await page.goto('/isv/offers?status=accepted&sort=name');
    const [name] = await listed(page);
    await act.openOffer(page, name);
    await press(page, act.link(page, 'Upgrade'));
    await page.getByLabel('New private offer name').fill('What follows');
    await press(page, act.button(page, 'Upgrade'));
    await sees(page, 'Upgrade drafted.', 'An upgrade keeps the customer of the accepted offer.');
    assert.equal(await page.getByRole('button', { name: /^Remove / }).count(), 0);
    assert.equal(await act.button(page, 'Add offer').count(), 0);

    await page.getByLabel('Accepted date', { exact: true }).check();
    await refused(page, 422, () => act.button(page, 'Save and continue').click());
    const problems = await judgeSummary(page);
    assert.ok(problems.some(text => text.includes(`“${name}” holds through`)), problems.join('\n'));
    await page.getByLabel('Specific month').check();
    await page.getByLabel('Start month').fill('2025-09');
    await page.getByLabel('Customer end date').fill('2026-08');
    await page.getByLabel('Customer accept by date').fill('2023-12-15');
    await act.button(page, 'Save and continue').click();
    await page.getByRole('heading', { name: 'Review and submit' }).waitFor();
    await act.openOffer(page, 'What follows');
    await sees(page, `Upgrade of “${name}”`);
  },
};

/*
 * noscript.journey.mjs: the same deal with JavaScript turned off: nothing needs it.
 */
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { cells, fillSignIn, navigate, pointRow, press, refused, row, sees, seesNot, statusOf } from './harness.mjs';

export const now = '2023-10-16';

const WITHOUT = { javaScriptEnabled: false };
const NAME = 'Without a script';
const PRO = 'Ledgerline, Pro';
const OPS = 'Harbor Ingest, Ops';
const YEAR = '1-year, one payment upfront';

export const tests = {
  'Without JavaScript an ISV drafts, prices and submits, and corrects what was refused': async stage => {
    const page = await stage.signedIn('isv', WITHOUT);
    await act.newDraft(page, NAME);
    await refused(page, 422, () => act.button(page, 'Save and continue').click());
    await act.fillTerms(page, { month: '2025-02' });
    await act.addPlans(page, [PRO, OPS]);
    await page.getByLabel(`Discount % for ${PRO}`).fill('20');
    await act.configurePrice(page, OPS,
      { 'Monthly fee': '200.00', 'Meter: GB ingested': '0.02', 'Meter: GB-month kept': '2.00' });
    await act.submit(page);
    assert.equal(await act.openOffer(page, NAME), 'Pending partner action');
  },

  'Without JavaScript the partner recalculates by a button and extends the offer': async stage => {
    const page = await stage.signedIn('partner', WITHOUT);
    await act.priceOffer(page, NAME, { [PRO]: '12.5', [OPS]: '30' });
    await press(page, act.button(page, 'Recalculate'));
    assert.equal((await cells(pointRow(page, 'Pro', YEAR)))[3], '$1,080.00');
    assert.equal((await cells(pointRow(page, 'Ops', 'Monthly fee')))[3], '$260.00');
    assert.equal(await page.getByLabel('Prepared by').inputValue(), 'deals@halden.example');
    const points = await page.getByLabel('Price point shown').locator('option').allInnerTexts();
    await page.getByLabel('Price point shown').selectOption({ label: points.at(-1) });
    await press(page, act.button(page, 'Recalculate'));
    assert.equal(await page.getByLabel('Price point shown').locator('option:checked').innerText(), points.at(-1));
    await act.button(page, 'Save and continue').click();
    await act.adjustment(page, PRO).fill('10');
    await press(page, act.button(page, 'Recalculate'));
    assert.match((await row(page, PRO).innerText()).replace(/\s+/g, ' '), /Net discount 12\.00%/);
    await act.adjustment(page, PRO).fill('12.5');
    await act.button(page, 'Submit').click();
    const address = await act.acceptanceLink(page);
    assert.equal(await act.button(page, 'Copy link').isVisible(), false);

    const customer = await stage.signedIn('owner2', WITHOUT);
    await customer.goto(address);
    assert.equal(await statusOf(customer), 'Pending acceptance');
    await sees(customer, '$1,080.00', '$260.00');
    const falls = customer.getByRole('table', { name: /^From list price to your price of/ });
    await customer.getByLabel('Price point shown').selectOption({ label: `${PRO}: ${YEAR}` });
    await press(customer, act.button(customer, 'Show'));
    assert.match(await falls.innerText(), /Your saving\s+−\$120\.00/);
    await customer.getByLabel('Price point shown').selectOption({ label: `${OPS}: Monthly fee` });
    await press(customer, act.button(customer, 'Show'));
    assert.match(await falls.innerText(), /Above list price\s+\+\$10\.00/);
    await act.button(customer, 'Accept offer').click();
    await sees(customer, 'You accepted the offer', /TPA-/);
    await seesNot(customer, '960.00', '200.00');
  },

  'Without JavaScript a search, a sort, a theme and a way out work': async stage => {
    const page = await stage.stranger(WITHOUT);
    await page.goto('/');
    await fillSignIn(page, 'isv');
    await navigate(page, 'Private offers');
    await page.getByLabel('Search offers').fill('no such offer');
    await act.button(page, 'Search').click();
    await act.link(page, 'Clear search').click();
    await act.link(page, 'Accept by').click();
    await page.locator('th[aria-sort]').getByRole('link', { name: 'Accept by' }).waitFor();
    await page.getByLabel(/^Account menu/).click();
    await act.button(page, 'Dark theme').click();
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
    await page.getByLabel(/^Account menu/).click();
    await act.button(page, 'Sign out').click();
    await sees(page, 'Sign in to Tripact');
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
  },
};

/*
 * figures.journey.mjs: the worked examples of LAW 8.2 to 8.4 that the demo catalogue can show, typed
 * in as people would, on the page of whoever sees them.
 */
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { cells, pointRow, press, refused, row, sees } from './harness.mjs';

export const now = '2023-10-16';

const PRO = 'Ledgerline, Pro';
const ENTERPRISE = 'Ledgerline, Enterprise';
const TEAM = 'Ledgerline Seats, Team';
const OPS = 'Harbor Ingest, Ops';
const BASE = 'Harbor Ingest, Base';
const FLOW = 'Harbor Gateway, Flow';
const MONTH = '1-month, paid monthly';
const YEAR = '1-year, one payment upfront';
const METER = 'Meter: 100 emails';
const USER = ', per user';

const ABSOLUTE = 'Figures at absolute prices';
const DISCOUNT = 'Figures at discounts';

/* The customer's price of a point on the partner's setup page. */
const customerPrice = async (page, plan, point) =>
  (await cells(pointRow(page, plan.split(', ')[1], point)))[3].replace(/ Rounded.*/, '');

/* Types the adjustment; what the script shows at once and what the server answers must agree. */
const comesTo = async (page, plan, percent, expected) => {
  await act.adjustment(page, plan).fill(percent);
  for (const [point, price] of Object.entries(expected))
    assert.equal(await customerPrice(page, plan, point), price, `preview: ${plan} ${point} +${percent} %`);
  await press(page, act.button(page, 'Recalculate'));
  assert.equal(await act.adjustment(page, plan).inputValue(), percent);
  for (const [point, price] of Object.entries(expected))
    assert.equal(await customerPrice(page, plan, point), price, `server: ${plan} ${point} +${percent} %`);
};

export const tests = {
  'An adjustment of 10.52631579 % makes 105.00 of an absolute 95.00, and every other figure is exact': async stage => {
    const isv = await stage.signedIn('isv');
    await act.offerToPartner(isv, ABSOLUTE, { month: '2025-08' }, {
      [PRO]: { [MONTH]: '95.00', [YEAR]: '950,000.00', [METER]: '64.35' },
      [ENTERPRISE]: { [YEAR]: '9,500.00', '3-year, 3 annual payments': '30,000.00' },
      [TEAM]: { [MONTH + USER]: '12.50', [YEAR + USER]: '10,000,000.00' },
      [OPS]: { 'Monthly fee': '1.15', 'Meter: GB ingested': '0.05', 'Meter: GB-month kept': '0.04' },
      [BASE]: { 'Monthly fee': '3.00' },
    });
    const page = await stage.signedIn('partner');
    await act.priceOffer(page, ABSOLUTE, { [ENTERPRISE]: '0', [TEAM]: '0', [OPS]: '0', [BASE]: '0' });
    await comesTo(page, PRO, '10.52631579', { [MONTH]: '$105.00', [YEAR]: '$1,050,000.00' });
    await comesTo(page, PRO, '10.53', { [YEAR]: '$1,050,035.00' });
    await comesTo(page, PRO, '10', { [METER]: '$70.79' });
    await comesTo(page, ENTERPRISE, '15', { [YEAR]: '$10,925.00', '3-year, 3 annual payments': '$34,500.00' });
    await comesTo(page, TEAM, '8', { [MONTH + USER]: '$13.50' });
    await comesTo(page, TEAM, '10.52631579', { [YEAR + USER]: '$11,052,631.58' });
    await comesTo(page, OPS, '10', { 'Monthly fee': '$1.27', 'Meter: GB-month kept': '$0.04' });
    await sees(page, 'Rounded: the adjustment has no effect');
    await comesTo(page, OPS, '30', { 'Meter: GB ingested': '$0.07' });
    await comesTo(page, BASE, '233.33333333', { 'Monthly fee': '$10.00' });
  },

  'A ninth decimal is refused where it was typed, and trailing zeros are not decimals': async stage => {
    const page = await stage.signedIn('partner');
    await act.priceOffer(page, ABSOLUTE, { [PRO]: '10.526315789' });
    await refused(page, 422, () => act.button(page, 'Save draft').click());
    assert.match(await page.title(), /^Error: /);
    assert.equal(await act.adjustment(page, PRO).getAttribute('aria-invalid'), 'true');
    assert.equal(await act.adjustment(page, PRO).inputValue(), '10.526315789');
    await act.adjustment(page, PRO).fill('10.526315790000');
    await press(page, act.button(page, 'Save draft'));
    assert.doesNotMatch(await page.title(), /^Error: /);
    assert.equal(await act.adjustment(page, PRO).inputValue(), '10.52631579');
    assert.equal(await customerPrice(page, PRO, MONTH), '$105.00');
  },

  'A discount of 20 % allows an adjustment of 20 and refuses 20.00000001': async stage => {
    const isv = await stage.signedIn('isv');
    await act.offerToPartner(isv, DISCOUNT, { month: '2025-09' },
      { [PRO]: '20', [FLOW]: '25', [BASE]: '10' });
    const page = await stage.signedIn('partner');
    await act.priceOffer(page, DISCOUNT, { [FLOW]: '20', [BASE]: '10' });
    await comesTo(page, PRO, '0', { [YEAR]: '$960.00' });
    await comesTo(page, PRO, '10', { [YEAR]: '$1,056.00', [METER]: '$0.88' });
    await comesTo(page, PRO, '20', { [YEAR]: '$1,152.00' });
    await act.adjustment(page, PRO).fill('20.00000001');
    await refused(page, 422, () => act.button(page, 'Save and continue').click());
    await sees(page, 'Enter at most 20% for Ledgerline, Pro');
    assert.equal(await act.adjustment(page, PRO).inputValue(), '20.00000001');
    assert.equal(await act.adjustment(page, PRO).getAttribute('aria-invalid'), 'true');
    await act.adjustment(page, PRO).fill('20');
    await act.button(page, 'Save and continue').click();
    await page.getByRole('heading', { name: 'Review and submit' }).waitFor();
    assert.match((await row(page, PRO).innerText()).replace(/\s+/g, ' '), /Net discount 4\.00%/);
  },

  'Hours of a virtual machine keep six decimals: 0.40 less 25 %, plus 20 %, is 0.360000': async stage => {
    const page = await stage.signedIn('partner');
    await act.openOffer(page, DISCOUNT);
    await act.link(page, 'Edit offer').click();
    await comesTo(page, FLOW, '20', { 'Per vCPU and hour': '$0.360000' });
    await comesTo(page, BASE, '10', { 'Monthly fee': '$198.00' });
    assert.deepEqual((await cells(pointRow(page, 'Flow', 'Per vCPU and hour'))).slice(1),
      ['$0.400000', '$0.300000', '$0.360000', '$0.060000']);
    await act.button(page, 'Save and continue').click();
    await page.getByRole('heading', { name: 'Review and submit' }).waitFor();
    assert.match((await row(page, FLOW).innerText()).replace(/\s+/g, ' '), /Net discount 10\.00%/);
    assert.match((await row(page, BASE).innerText()).replace(/\s+/g, ' '), /Net discount 1\.00%/);
  },

  'The waterfall of each price point adds up on the screen': async stage => {
    const page = await stage.signedIn('partner');
    const cents = text => BigInt(text.replace(/[$,.]/g, '').replace('−', '-').replace('+', ''));
    await act.openOffer(page, DISCOUNT);
    await act.link(page, 'Edit offer').click();
    const points = await page.getByLabel('Price point shown').locator('option').allInnerTexts();
    assert.ok(points.length >= 5, points.join());
    for (const point of points) {
      await page.getByLabel('Price point shown').selectOption({ label: point });
      await act.adjustment(page, BASE).press('End');
      const at = async key => cents(await page.locator(`[data-step="${key}"] .num`).innerText());
      assert.equal(await at('list') + await at('discount'), await at('partner'), point);
      assert.equal(await at('partner') + await at('adjustment'), await at('customer'), point);
      assert.equal(await at('isv') + await at('you'), await at('customer'), point);
    }
  },
};

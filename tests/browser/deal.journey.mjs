/*
 * deal.journey.mjs: one deal from the ISV's draft to the customer's acceptance (LAW 20, steps 1 to
 * 5), starting at / and following only what is visible. Every figure, through everybody's eyes.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as act from './acts.mjs';
import { cells, fillSignIn, navigate, pointRow, press, row, sees, seesNot, statusOf, textOf }
  from './harness.mjs';
import { until } from './market.mjs';

export const now = '2023-10-16';

const NAME = 'Northwind FY24';
const PRO = 'Ledgerline, Pro';
const OPS = 'Harbor Ingest, Ops';
const MONTH = '1-month, paid monthly';
const YEAR = '1-year, one payment upfront';

/* What only the partner and its customer may know, and what the customer may not. */
const RETAIL = ['1,080.00', '90.00', '0.90', '260.00', '12.5', '12.50', /(?<![\d.])30 ?%/];
const WHOLESALE = ['960.00', '80.00', '0.80', '200.00', '240.00', '12.5', /(?<![\d.])20 ?%/,
  /(?<![\d.])30 ?%/, '120.00', '60.00', 'deal 42', 'i@contoso.example'];

let isv;
let partner;
let address;

const enter = async (stage, who) => {
  const page = await stage.stranger();
  await page.goto('/');
  await fillSignIn(page, who);
  return page;
};

const prices = async (page, plan, point) => (await cells(pointRow(page, plan, point))).slice(1);

const isvDrafts = async page => {
  await act.newDraft(page, NAME);
  await act.fillTerms(page, { endMonth: '2023-12' });
  await page.getByLabel('Customer label').fill('A freight carrier');
  await page.getByLabel('Notification contacts').fill('i@contoso.example');
  await page.getByLabel('Sales note').fill('deal 42');
  await act.addPlans(page, [PRO, OPS]);
  await page.getByLabel(`Discount % for ${PRO}`).fill('20');
  await act.configurePrice(page, OPS,
    { 'Monthly fee': '200.00', 'Meter: GB ingested': '0.02', 'Meter: GB-month kept': '2.00' });
  await act.button(page, 'Check eligibility').click();
  await sees(page, 'Eligible', 'Last day: 31 Dec 2023 UTC');
};

const isvFigures = async page => {
  assert.deepEqual(await prices(page, 'Pro', MONTH), ['$100.00', '20%', '$80.00', '$2.40', '$77.60']);
  assert.deepEqual(await prices(page, 'Pro', YEAR), ['$1,200.00', '20%', '$960.00', '$28.80', '$931.20']);
  assert.deepEqual(await prices(page, 'Pro', 'Meter: 100 emails'), ['$1.00', '20%', '$0.80', '$0.02', '$0.78']);
  assert.deepEqual(await prices(page, 'Ops', 'Monthly fee'), ['$250.00', '–', '$200.00', '$6.00', '$194.00']);
};

const partnerFigures = async page => {
  assert.deepEqual(await prices(page, 'Pro', MONTH), ['$100.00', '$80.00', '$90.00', '$10.00']);
  assert.deepEqual(await prices(page, 'Pro', YEAR), ['$1,200.00', '$960.00', '$1,080.00', '$120.00']);
  assert.deepEqual(await prices(page, 'Pro', 'Meter: 100 emails'), ['$1.00', '$0.80', '$0.90', '$0.10']);
  assert.deepEqual(await prices(page, 'Ops', 'Monthly fee'), ['$250.00', '$200.00', '$260.00', '$60.00']);
};

const customerFigures = async page => {
  assert.deepEqual(await prices(page, 'Pro', MONTH), ['$100.00', '10.00%', '$90.00']);
  assert.deepEqual(await prices(page, 'Pro', YEAR), ['$1,200.00', '10.00%', '$1,080.00']);
  assert.deepEqual(await prices(page, 'Pro', 'Meter: 100 emails'), ['$1.00', '10.00%', '$0.90']);
  assert.deepEqual(await prices(page, 'Ops', 'Monthly fee'), ['$250.00', 'None, 4.00% above list', '$260.00']);
};

export const tests = {
  'An ISV drafts an offer for its customer, checks every figure and submits it to its partner': async stage => {
    const page = await enter(stage, 'isv');
    await isvDrafts(page);
    await act.button(page, 'Save and continue').click();
    await page.getByRole('heading', { name: 'Review and submit' }).waitFor();
    await isvFigures(page);
    await sees(page, 'Halden Cloud Partners', '31 Dec 2023', '15 Nov 2023', 'deal 42', 'i@contoso.example');
    await act.button(page, 'Submit').click();
    await sees(page, /We don’t email|nobody is emailed/i);
    assert.equal(await act.openOffer(page, NAME), 'Pending partner action');
    await isvFigures(page);
    isv = page.url();
  },

  'The selling partner sees its price, adds its adjustment and extends the offer': async stage => {
    const page = await enter(stage, 'partner');
    await act.priceOffer(page, NAME, { [PRO]: '12.5', [OPS]: '30' });
    await partnerFigures(page); /* the script's preview */
    await press(page, act.button(page, 'Recalculate'));
    await partnerFigures(page); /* the server's */
    await page.getByLabel('Prepared by').fill('p@fabrikam.example');
    await page.getByLabel('Notification contacts').fill('f@fabrikam.example');
    await seesNot(page, 'deal 42', 'i@contoso.example', '28.80', '931.20');
    await act.button(page, 'Save and continue').click();
    await page.getByRole('heading', { name: 'Review and submit' }).waitFor();
    assert.match((await row(page, 'Ledgerline, Pro').innerText()).replace(/\s+/g, ' '), /Net discount 10\.00%.*\$1,080\.00/);
    assert.match((await row(page, 'Harbor Ingest, Ops').innerText()).replace(/\s+/g, ' '), /Calculated price.*\$260\.00/);
    await act.button(page, 'Submit').click();
    address = await act.acceptanceLink(page);
    assert.equal(await act.openOffer(page, NAME), 'Pending acceptance');
    await partnerFigures(page);
    await sees(page, 'p@fabrikam.example', 'f@fabrikam.example');
    partner = page.url();
  },

  'The customer opens the link, signs in, sees one price and accepts': async stage => {
    const page = await stage.stranger();
    await page.goto(address);
    await fillSignIn(page, 'customer');
    await page.getByRole('heading', { level: 1, name: NAME }).waitFor();
    assert.equal(await statusOf(page), 'Pending acceptance');
    await customerFigures(page);
    await sees(page, '31 Dec 2023', 'p@fabrikam.example', 'Halden Cloud Partners', 'Brightwater Software');
    await seesNot(page, ...WHOLESALE);
    await act.button(page, 'Accept offer').click();
    await sees(page, 'You accepted the offer', /TPA-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}/, '16 Oct 2023',
      'What happens next');
    await customerFigures(page);
    await seesNot(page, ...WHOLESALE);
    await act.link(page, 'View the offer').click();
    assert.equal(await statusOf(page), 'Accepted');
    await customerFigures(page);
    await seesNot(page, ...WHOLESALE);
    await navigate(page, 'Private offers');
    assert.equal((await act.listed(page, NAME).locator('.badge').innerText()).trim(), 'Accepted');
    await seesNot(page, ...WHOLESALE);
  },

  'Afterwards the ISV sees that it was accepted, its own figures, and none of the customer’s': async stage => {
    const page = await stage.signedIn('isv');
    const visits = [];
    assert.equal(await act.openOffer(page, NAME), 'Accepted');
    assert.equal(page.url(), isv);
    await isvFigures(page);
    await sees(page, 'Accepted by the customer', 'Extended to the customer');
    visits.push(await textOf(page));
    await seesNot(page, ...RETAIL, 'Orchid', 'p@fabrikam.example', 'f@fabrikam.example', 'TPA-');
    await page.goto('/isv');
    visits.push(await textOf(page));
    await navigate(page, 'Private offers');
    visits.push(await act.listed(page, NAME).innerText());
    for (const text of visits) assert.doesNotMatch(text, /1,080\.00|260\.00|12\.5/);
  },

  'Afterwards the partner sees the acceptance and all of its figures, and not the agency fee': async stage => {
    const page = await stage.signedIn('partner');
    assert.equal(await act.openOffer(page, NAME), 'Accepted');
    assert.equal(page.url(), partner);
    await partnerFigures(page);
    await sees(page, 'Accepted by the customer');
    await seesNot(page, '28.80', '931.20', '194.00', 'deal 42', 'i@contoso.example', 'Orchid');
  },

  'Each seller’s contact got the mails of its side, the customer none': async stage => {
    const folder = join(stage.market.data, 'mail', 'new');
    const ours = () => (existsSync(folder) ? readdirSync(folder) : [])
      .map(name => readFileSync(join(folder, name), 'utf8'))
      .filter(mail => mail.includes(`Subject: `) && mail.includes(`: ${NAME}\r\n`));
    const gist = mail => `${/^To: <(.*)>\r$/m.exec(mail)[1]} ${/^Subject: (.*)\r$/m.exec(mail)[1]}`;
    await until('five mails about the deal', () => ours().length >= 5);
    assert.deepEqual(ours().map(gist).sort(), [
      `f@fabrikam.example Accepted: ${NAME}`,
      `f@fabrikam.example Pending acceptance: ${NAME}`,
      `i@contoso.example Accepted: ${NAME}`,
      `i@contoso.example Pending acceptance: ${NAME}`,
      `i@contoso.example Pending partner action: ${NAME}`,
    ]);
    for (const mail of ours()) {
      assert.ok(mail.replace(/=\r\n/g, '').includes(stage.market.address + '/'));
      for (const figure of ['960.00', '1,080', '260.00', '12.5', 'deal 42', 'p@fabrikam'])
        assert.ok(!mail.includes(figure), `${figure} in ${mail}`);
    }
  },

  'The operator sees every field of the deal, and can change none': async stage => {
    const page = await stage.signedIn('operator');
    await navigate(page, 'Offers');
    await page.getByLabel('Search offers').fill(NAME);
    await press(page, act.button(page, 'Search'));
    await act.link(page, NAME).click();
    await sees(page, '$960.00', '$1,080.00', '$260.00', 'deal 42', 'i@contoso.example',
      'p@fabrikam.example', 'f@fabrikam.example', 'A freight carrier');
    assert.equal(await page.locator('main form').count(), 0);
  },
};

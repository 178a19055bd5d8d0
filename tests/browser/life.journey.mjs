/*
 * life.journey.mjs: what was bought lives on while the clock moves: the deal of LAW 20 from its
 * acceptance to its renewal at list price, the three clocks of 30 days, a price that changes, a
 * suspension and a refund. Every line of every bill is worked out by hand.
 */
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { cells, navigate, press, row, sees, seesNot, statusOf } from './harness.mjs';

export const now = '2023-10-16';
export const alone = true;

const NAME = 'Northwind FY24';
const PRO = 'Ledgerline, Pro';
const OPS = 'Harbor Ingest, Ops';
const MONTH = '1-month';
const YEAR = '1-year';

/* Pro 1,200.00 a year less 20 % is 960.00 for the partner, with 12.5 % on it 1,080.00; a month 100.00,
 * 80.00 and 90.00. Ops 250.00, absolute 200.00, with 30 % on it 260.00. */
const NOT_THE_ISVS = ['1,080.00', '90.00', '260.00', '120.00', '60.00', '12.5'];
const NOT_THE_CUSTOMERS = ['960.00', '80.00', '200.00', '28.80', '931.20', '194.00', '12.5'];
const NOT_THE_PARTNERS = ['28.80', '931.20', '194.00'];

const ids = {}; /* purchase by the name it was given */

const move = async (stage, day) => {
  const page = await stage.signedIn('operator');
  await navigate(page, 'Clock');
  await page.locator('input[type=date]').fill(day);
  await press(page, act.button(page, 'Move forward'));
};

const buy = async (stage, plan, name, term) => {
  const page = await stage.signedIn('buyer');
  await navigate(page, 'Products');
  await press(page, act.link(page, `Purchase ${plan}`));
  await page.getByLabel('Name', { exact: true }).fill(name);
  if (term) await page.getByLabel(term).check();
  await press(page, act.button(page, term ? 'Subscribe' : 'Deploy'));
  ids[name] = act.offerId(page);
  return page;
};

const open = async (stage, who, path, name) => {
  const page = await stage.signedIn(who);
  await page.goto(`/${path}/purchases/${ids[name]}`);
  return page;
};

const configure = async (stage, name) => {
  const page = await open(stage, 'buyer', 'customer', name);
  await press(page, act.link(page, 'Configure account'));
  await page.getByLabel('Contact email').fill('ledger@orchid.example');
  await press(page, act.button(page, 'Configure account'));
};

const activate = async (stage, name) => {
  const page = await open(stage, 'isv', 'isv', name);
  await press(page, page.getByRole('button', { name: /^Activate/ }));
  return page;
};

const payment = async (stage, name, words) => {
  const page = await open(stage, 'operator', 'operator', name);
  await press(page, page.getByRole('button', { name: new RegExp(`^${words}`) }));
  await sees(page, `${words}.`);
};

/* The lines of the customer's bill, oldest first: [day, unit price, amount]. */
const bill = async (stage, name) => {
  const page = await open(stage, 'buyer', 'customer', name);
  const table = page.getByRole('table', { name: /^Charges/ });
  const lines = [];
  if (await table.count() === 0) return lines;
  for (const line of await table.locator('tbody tr:not(.total)').all()) {
    const said = await cells(line);
    lines.unshift([said[1], said[5], said[6]]);
  }
  await seesNot(page, ...NOT_THE_CUSTOMERS);
  return lines;
};

const status = async (stage, name) => {
  const page = await open(stage, 'buyer', 'customer', name);
  return (await page.locator('main .badge').first().innerText()).trim();
};

const cents = text => BigInt(text.replace(/[^\d]/g, ''));

export const tests = {
  'The deal is accepted, bought, configured and activated, and each side reads its own figures': async stage => {
    await act.offerToPartner(await stage.signedIn('isv'), NAME, { endMonth: '2023-12' }, {
      [PRO]: '20',
      [OPS]: { 'Monthly fee': '200.00', 'Meter: GB ingested': '0.02', 'Meter: GB-month kept': '2.00' },
    });
    const address = await act.extendOffer(await stage.signedIn('partner'), NAME, { [PRO]: '12.5', [OPS]: '30' });
    await move(stage, '2023-10-20');
    const owner = await stage.signedIn('customer');
    await act.followLink(owner, address);
    await press(owner, act.button(owner, 'Accept offer'));
    await sees(owner, 'You accepted the offer');

    await buy(stage, PRO, 'Yearly', YEAR);
    for (const name of ['Monthly', 'Left alone', 'Forgotten', 'Unpaid']) await buy(stage, PRO, name, MONTH);
    await move(stage, '2023-10-21');
    for (const name of ['Yearly', 'Monthly', 'Forgotten', 'Unpaid']) await configure(stage, name);
    assert.deepEqual(await bill(stage, 'Yearly'), [], 'nothing is charged before the activation');
    await move(stage, '2023-10-23');
    for (const name of ['Monthly', 'Unpaid']) await activate(stage, name);
    const isv = await activate(stage, 'Yearly');
    await sees(isv, 'Subscribed', '$960.00', '$28.80', '$931.20');
    await seesNot(isv, ...NOT_THE_ISVS);
    assert.deepEqual(await bill(stage, 'Yearly'), [['23 Oct 2023', '$1,080.00', '$1,080.00']]);

    await move(stage, '2023-10-24');
    await buy(stage, OPS, 'Fleet');
    assert.deepEqual(await bill(stage, 'Fleet'), [['24 Oct 2023', '$260.00', '$260.00']]);
    const fleet = await open(stage, 'isv', 'isv', 'Fleet');
    await sees(fleet, '$200.00', '$6.00', '$194.00');
    await seesNot(fleet, ...NOT_THE_ISVS);

    const page = await stage.signedIn('customer');
    await page.goto('/customer/commitment');
    const used = async name => (await cells(row(page, name).first())).slice(3);
    assert.equal((await used('Yearly'))[0], '$1,080.00');
    assert.equal((await used('Fleet'))[0], '$260.00');
    const before = (await cells(row(page, 'SettledCharges').nth(1)))[4];
    assert.equal(cents(before) - cents((await used('Fleet'))[1]), 26000n);
  },

  'A payment fails and the list price of a month goes down; within 72 hours everything is given back': async stage => {
    await payment(stage, 'Yearly', 'Payment failed');
    await payment(stage, 'Unpaid', 'Payment failed');
    assert.equal(await status(stage, 'Unpaid'), 'Suspended');
    const isv = await stage.signedIn('isv');
    await isv.goto('/isv/products/ledgerline/plans/pro/edit');
    await isv.getByLabel(/^List price, 1-month/).fill('95.00');
    await press(isv, act.button(isv, 'Save'));
    await sees(isv, '$95.00', '1 Nov 2023');

    await buy(stage, PRO, 'Given back', MONTH);
    await configure(stage, 'Given back');
    await activate(stage, 'Given back');
    const buyer = await open(stage, 'buyer', 'customer', 'Given back');
    await press(buyer, act.link(buyer, 'Cancel'));
    await press(buyer, act.button(buyer, 'Cancel purchase'));
    assert.equal(await status(stage, 'Given back'), 'Unsubscribed');
    assert.deepEqual(await bill(stage, 'Given back'),
      [['24 Oct 2023', '$90.00', '$90.00'], ['24 Oct 2023', '$90.00', '-$90.00']]);
  },

  'Thirty days to configure, to activate and to pay: the last day counts, the next one ends it': async stage => {
    await move(stage, '2023-11-19');
    assert.equal(await status(stage, 'Left alone'), 'PendingFulfillmentStart');
    await move(stage, '2023-11-20');
    assert.equal(await status(stage, 'Left alone'), 'Unsubscribed');
    assert.equal(await status(stage, 'Forgotten'), 'PendingFulfillmentStart');
    await payment(stage, 'Yearly', 'Payment received');
    assert.equal(await status(stage, 'Yearly'), 'Subscribed');
    await move(stage, '2023-11-21');
    assert.equal(await status(stage, 'Forgotten'), 'Unsubscribed');
    await move(stage, '2023-11-23');
    assert.equal(await status(stage, 'Unpaid'), 'Suspended');
    await move(stage, '2023-11-24');
    assert.equal(await status(stage, 'Unpaid'), 'Unsubscribed');
    assert.deepEqual(await bill(stage, 'Unpaid'), [['23 Oct 2023', '$90.00', '$90.00']]);
    assert.deepEqual(await bill(stage, 'Left alone'), []);
  },

  'Inside the offer’s days a renewal has its price, after them list price; View status shows what is SaaS': async stage => {
    await move(stage, '2024-01-24');
    /* 95.00 from November: less 20 % 76.00, with 12.5 % on it 85.50; from January list */
    assert.deepEqual(await bill(stage, 'Monthly'), [
      ['23 Oct 2023', '$90.00', '$90.00'], ['23 Nov 2023', '$85.50', '$85.50'],
      ['23 Dec 2023', '$85.50', '$85.50'], ['23 Jan 2024', '$95.00', '$95.00']]);
    assert.deepEqual(await bill(stage, 'Fleet'), [
      ['24 Oct 2023', '$260.00', '$260.00'], ['24 Nov 2023', '$260.00', '$260.00'],
      ['24 Dec 2023', '$260.00', '$260.00'], ['24 Jan 2024', '$250.00', '$250.00']]);
    for (const who of ['isv', 'partner']) {
      const page = await stage.signedIn(who);
      await act.openOffer(page, NAME);
      assert.equal(await statusOf(page), 'Ended');
      await press(page, act.link(page, 'View status'));
      await sees(page, 'Subscribed', 'Unsubscribed', 'Pro');
      await seesNot(page, /Harbor Ingest/, ...(who === 'isv' ? NOT_THE_ISVS : NOT_THE_PARTNERS));
    }
    await move(stage, '2024-10-23');
    assert.deepEqual(await bill(stage, 'Yearly'),
      [['23 Oct 2023', '$1,080.00', '$1,080.00'], ['23 Oct 2024', '$1,200.00', '$1,200.00']]);
  },
};

/*
 * purchase.journey.mjs: what an accepted offer sells is bought and configured by the customer (LAW
 * 10.3, 11; 20, step 6), activated by its publisher and suspended by the marketplace, each following
 * only what is visible.
 */
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { navigate, press, row, sees, seesNot } from './harness.mjs';

export const now = '2023-10-16';
export const alone = true; /* its offers sell what others sell, in the same months */

const NAME = 'Northwind FY24';
const PRO = 'Ledgerline, Pro';

/* What the customer may not see of it. */
const WHOLESALE = ['960.00', '80.00', '120.00', '28.80', '12.5', /(?<![\d.])20 ?%/];

/* An accepted offer of one plan: 20 % off 1,200.00, 12.5 % on top. */
const accepted = async stage => {
  await act.offerToPartner(await stage.signedIn('isv'), NAME, { endMonth: '2023-12' }, { [PRO]: '20' });
  const address = await act.extendOffer(await stage.signedIn('partner'), NAME, { [PRO]: '12.5' });
  const customer = await stage.signedIn('customer');
  await act.followLink(customer, address);
  await press(customer, act.button(customer, 'Accept offer'));
  await sees(customer, 'You accepted the offer');
};

export const tests = {
  'Somebody who may purchase finds the product, subscribes at its price and configures the account': async stage => {
    await accepted(stage);
    const page = await stage.signedIn('buyer');
    await navigate(page, 'Products');
    await sees(page, 'Private products', NAME, '$1,080.00');
    await press(page, act.link(page, `Purchase ${PRO}`));
    await sees(page, 'Your price applies.', '$1,080.00', 'Archive', 'Sandbox');
    await seesNot(page, ...WHOLESALE);
    assert.ok(await page.getByLabel('Recurring billing').isChecked());
    await page.getByLabel('Name', { exact: true }).fill('Finance ledger');
    await page.getByLabel('1-year').check();
    await press(page, act.button(page, 'Subscribe'));
    await sees(page, 'You subscribed', 'PendingFulfillmentStart', '15 Nov 2023 UTC');
    await press(page, act.link(page, 'Configure account'));
    await page.getByLabel('Contact email').fill('ledger@orchid.example');
    await press(page, act.button(page, 'Configure account'));
    await sees(page, 'Account configured.', 'Brightwater Software activates it by 15 Nov 2023 UTC',
      'ledger@orchid.example', 'Nothing is charged before');
    await seesNot(page, ...WHOLESALE);
    await navigate(page, 'Purchases');
    assert.match(await row(page, 'Finance ledger').innerText(), /PendingFulfillmentStart/);
  },

  'View status tells sellers who must act; the publisher activates it, and a payment that fails suspends it': async stage => {
    const isv = await stage.signedIn('isv');
    await sees(isv, /\d subscriptions? waits? for you to activate/);
    await act.openOffer(isv, NAME);
    await press(isv, act.link(isv, 'View status'));
    await sees(isv, 'Orchid Freight', 'PendingFulfillmentStart', 'Activate it by 15 Nov 2023 UTC');
    await press(isv, act.button(isv, /^Activate Ledgerline, Pro/));
    await sees(isv, 'Subscription activated.', 'Subscribed', 'through 15 Oct 2024 UTC, then it renews');
    await press(isv, act.link(isv, 'Ledgerline'));
    await sees(isv, '$960.00', '$28.80', '$931.20');
    await seesNot(isv, '1,080.00', '120.00', '12.5');

    const partner = await stage.signedIn('partner');
    await act.openOffer(partner, NAME);
    await press(partner, act.link(partner, 'View status'));
    await sees(partner, 'Orchid Freight', 'Subscribed');
    await seesNot(partner, '28.80', '931.20');

    const operator = await stage.signedIn('operator');
    await navigate(operator, 'Payments');
    await press(operator, act.button(operator, /^Payment failed Ledgerline, Pro/));
    await sees(operator, 'Payment failed.', 'The customer pays by 15 Nov 2023 UTC');
    await partner.reload();
    await sees(partner, 'Suspended', 'A payment failed on 16 Oct 2023 UTC.');
  },
};

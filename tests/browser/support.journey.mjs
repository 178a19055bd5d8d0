/*
 * support.journey.mjs: an accepted offer is cancelled by a support request (LAW 6.5): asked for by
 * the ISV, agreed to by the selling partner and the customer, processed by the operator; then gone
 * from everybody's lists and read under the request. Its pages pass the audit.
 */
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { audit } from './audit.mjs';
import { navigate, press, refused, row, sees, seesNot } from './harness.mjs';

export const now = '2023-10-16';
export const alone = true; /* its offers sell what others sell, in the same months */

const NAME = 'Signed too soon';
const PRO = 'Ledgerline, Pro';
const RETAIL = ['1,056.00', '88.00'];
const WHOLESALE = ['960.00', '80.00', /(?<![\d.])20 ?%/];
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

let link;

const openRequest = async page => {
  await navigate(page, 'Support requests');
  await press(page, act.link(page, NAME));
  await page.getByRole('heading', { level: 1, name: `Cancel “${NAME}”` }).waitFor();
};

const accepted = async stage => {
  await act.offerToPartner(await stage.signedIn('isv'), NAME, { month: '2025-10' }, { [PRO]: '20' });
  link = await act.extendOffer(await stage.signedIn('partner'), NAME, { [PRO]: '10' });
  const customer = await stage.signedIn('customer');
  await act.followLink(customer, link);
  await press(customer, act.button(customer, 'Accept offer'));
  await sees(customer, 'You accepted the offer');
};

export const tests = {
  'An ISV asks for a cancellation, is told what is missing and from whom, and attaches evidence': async stage => {
    await accepted(stage);
    const page = await stage.signedIn('isv');
    assert.equal(await act.openOffer(page, NAME), 'Accepted');
    await press(page, act.link(page, 'Request cancellation'));
    await sees(page, 'Private offer ID', act.ORCHID);
    await page.getByLabel('Reason').fill('Signed before the board decided');
    await press(page, act.button(page, 'Request cancellation'));
    await sees(page, 'Cancellation requested.', 'Incomplete', 'Whether a refund is needed',
      'The other seller’s agreement', 'Halden Cloud Partners', 'The customer’s agreement');
    assert.equal(await page.getByLabel('Reason').inputValue(), 'Signed before the board decided');
    await audit(page);
    await page.getByRole('group', { name: 'Refund needed' }).getByLabel('No').check();
    await page.getByLabel(/^Evidence \(/).setInputFiles({ name: 'note.png', mimeType: 'image/png',
      buffer: Buffer.from('<svg/>') });
    await refused(page, 422, () => press(page, act.button(page, 'Save request')));
    await sees(page, 'This file isn’t a PDF, PNG or JPEG');
    await page.getByLabel(/^Evidence \(/).setInputFiles({ name: 'note.png', mimeType: 'image/png', buffer: PNG });
    await page.getByLabel('Evidence shows the agreement of').selectOption('Halden Cloud Partners');
    await press(page, act.button(page, 'Save request'));
    await sees(page, 'Request saved.', 'note.png', 'agreement of Halden Cloud Partners');
    await seesNot(page, 'The other seller’s agreement', 'Whether a refund is needed');
  },

  'The operator asks back; partner and customer answer for themselves, and read neither reason nor evidence': async stage => {
    const operator = await stage.signedIn('operator');
    await navigate(operator, 'Support requests');
    await press(operator, act.link(operator, 'Incomplete'));
    await press(operator, act.link(operator, NAME));
    await sees(operator, 'Signed before the board decided', 'note.png');
    await operator.getByLabel('Message to the requester').fill('Who signed it?');
    await press(operator, act.button(operator, 'Ask back'));
    await sees(operator, 'Waiting for an answer');
    await audit(operator);

    const isv = await stage.signedIn('isv');
    await openRequest(isv);
    await sees(isv, 'Question to you', 'Who signed it?');
    await isv.getByLabel('Your answer').fill('Our sales lead');
    await press(isv, act.button(isv, 'Answer'));

    const partner = await stage.signedIn('partner');
    await openRequest(partner);
    await seesNot(partner, 'Signed before', 'note.png', 'Who signed it', 'Our sales lead');
    await audit(partner);
    await press(partner, act.button(partner, 'Don’t agree'));
    await openRequest(isv);
    await sees(isv, 'Halden Cloud Partners doesn’t agree');
    await press(partner, act.button(partner, 'Agree to the cancellation'));

    const customer = await stage.signedIn('customer');
    await openRequest(customer);
    await seesNot(customer, 'Signed before', 'note.png', 'Who signed it', 'Our sales lead');
    await customer.getByLabel('Message to the marketplace').fill('We agree');
    await press(customer, act.button(customer, 'Agree to the cancellation'));
    await sees(customer, 'You agreed to the cancellation.', 'We agree');
    await openRequest(isv);
    await sees(isv, 'With the marketplace');
    await seesNot(isv, 'We agree');
  },

  'The operator cancels it: gone from every list, its link leads nowhere, read under the request': async stage => {
    const operator = await stage.signedIn('operator');
    await openRequest(operator); /* the first list is of those to process */
    await sees(operator, 'Our sales lead', 'We agree');
    await press(operator, act.link(operator, 'Cancel the offer'));
    await audit(operator);
    await press(operator, act.button(operator, 'Cancel the offer'));
    await sees(operator, 'Offer cancelled.');

    for (const [who, hidden] of [['isv', RETAIL], ['partner', []], ['customer', WHOLESALE]]) {
      const page = await stage.signedIn(who);
      await navigate(page, 'Private offers');
      assert.equal(await row(page, NAME).count(), 0, `${who} still has it`);
      await navigate(page, 'Support requests');
      if (who === 'customer') await audit(page);
      await press(page, act.link(page, NAME));
      await press(page, act.link(page, 'See the cancelled offer'));
      await sees(page, NAME, 'The offer was cancelled on 16 Oct 2023 UTC, and list prices apply');
      await seesNot(page, ...hidden);
    }
    const customer = await stage.signedIn('customer');
    await refused(customer, 410, () => customer.goto(link));
    await sees(customer, 'deals@halden.example');
  },
};

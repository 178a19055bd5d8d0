/*
 * asks.journey.mjs: one deal on which everybody asks everybody for something, and what each is told:
 * declined, asked to be changed, asked to be withdrawn, sent back, changed, accepted after all.
 */
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { press, refused, row, sees, seesNot, statusOf } from './harness.mjs';

export const now = '2023-10-16';
export const alone = true; /* its offers sell what others sell, in the same months */

const PRO = 'Ledgerline, Pro';
const NAME = 'Asked and asked again';
const WHY_DECLINED = 'Too dear for us,\nby a third';
const WHY_CHANGE = 'Two years instead of one';
const WHY_WITHDRAW = 'We have a better price for them';
const WHY_BACK = 'They want a larger discount';

/* Presses what leads to an ask, gives the reason and sends it; an empty one comes back first. */
const ask = async (page, words, reason, done) => {
  await press(page, act.link(page, words));
  await refused(page, 422, () => press(page, act.button(page, words)));
  await sees(page, 'Enter a reason');
  await page.getByLabel('Reason').fill(reason);
  await press(page, act.button(page, words));
  await sees(page, done);
};

const lines = reason => reason.split('\n');

export const tests = {
  'Everybody asks for a change, reads only the reasons that are theirs, and gets it': async stage => {
    const isv = await stage.signedIn('isv');
    await act.offerToPartner(isv, NAME, { month: '2025-10' }, { [PRO]: '20' });
    await sees(isv, 'prices the offer and submits it to the customer, who accepts by 15 Nov 2023 UTC.');
    const partner = await stage.signedIn('partner');
    const address = await act.extendOffer(partner, NAME, { [PRO]: '10' });

    /* the customer declines, then asks */
    const customer = await stage.signedIn('customer');
    await customer.goto(address);
    await sees(customer, 'You accept by 15 Nov 2023 UTC, which bills nothing by itself, or the offer expires.',
      'Waits for you');
    await ask(customer, 'Decline', WHY_DECLINED, 'Offer declined.');
    await sees(customer, 'Your organisation declined this offer.', ...lines(WHY_DECLINED));
    await ask(customer, 'Ask for a change', WHY_CHANGE, 'Change asked for.');
    assert.equal(await statusOf(customer), 'Pending acceptance');

    /* the partner reads why, the ISV only that */
    await act.openOffer(partner, NAME);
    await sees(partner, 'The customer asks for a change.', WHY_CHANGE, ...lines(WHY_DECLINED),
      'Change asked for; waits for you');
    await act.openOffer(isv, NAME);
    await sees(isv, 'The customer asks for a change.', 'Halden', 'has the reason', 'Declined by the customer');
    await seesNot(isv, WHY_CHANGE, ...lines(WHY_DECLINED));

    /* the ISV asks the partner, of which the customer sees nothing */
    await ask(isv, 'Ask to withdraw', WHY_WITHDRAW, 'Asked.');
    await act.openOffer(partner, NAME);
    await sees(partner, 'asks you to withdraw this offer.', WHY_WITHDRAW,
      'Change asked for; withdrawal asked for; waits for you');
    await customer.goto(address);
    await seesNot(customer, WHY_WITHDRAW, 'asks you to withdraw', 'withdrawal asked for');
    await press(partner, act.link(partner, 'Withdraw'));
    await press(partner, act.button(partner, 'Request withdraw'));

    /* the partner sends it back; lists say whom it waits for */
    await act.openOffer(partner, NAME);
    await ask(partner, 'Send back', WHY_BACK, 'Offer sent back.');
    await act.openOffer(isv, NAME);
    await sees(isv, 'sent this offer back.', WHY_BACK, 'Sent back; waits for you');
    await isv.goto('/isv/offers');
    assert.match(await row(isv, NAME).innerText(), /Sent back; waits for you/);

    /* withdrawn, changed and submitted: each side sees what changed */
    await act.openOffer(isv, NAME);
    await press(isv, act.link(isv, 'Withdraw'));
    await press(isv, act.button(isv, 'Request withdraw'));
    await seesNot(isv, 'Changed since you submitted it last', 'Sent back; waits');
    await press(isv, act.link(isv, 'Edit offer'));
    await isv.getByLabel(`Discount % for ${PRO}`).fill('30');
    await press(isv, act.button(isv, 'Save and continue'));
    await sees(isv, 'Changed since you submitted it last', '20%', '30%');
    await press(isv, act.button(isv, 'Submit'));
    await act.openOffer(isv, NAME);

    assert.equal(await act.openOffer(partner, NAME), 'Pending partner action');
    await sees(partner, 'since you saw it last', '20%', '30%');
    await press(partner, act.link(partner, 'Versions'));
    await sees(partner, 'Version 3', 'Changed from version 2 to version 3', '20%', '30%');
    const again = await act.extendOffer(partner, NAME, { [PRO]: '10' });

    /* declined once more, and accepted after all */
    await customer.goto(again);
    await ask(customer, 'Decline', WHY_DECLINED, 'Offer declined.');
    await press(customer, act.button(customer, 'Accept offer'));
    await sees(customer, 'You accepted the offer');
    await act.openOffer(isv, NAME);
    assert.equal(await statusOf(isv), 'Accepted');
    await sees(isv, 'The customer buys each product once the private prices begin on 1 Oct 2025 UTC');
    await seesNot(isv, 'declined this offer', WHY_CHANGE, ...lines(WHY_DECLINED));
  },
};

/*
 * before.journey.mjs: what a customer does before there is an offer: check what it can purchase with
 * (LAW 2.4), and hand its billing account ID to an ISV by a link that works once (LAW 2.3).
 */
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { audit, judgeSummary } from './audit.mjs';
import { cells, documentOf, navigate, press, refused, row, sees, seesNot } from './harness.mjs';

export const now = '2023-10-16';

/* What the link must not tell; the ISV's own drafts may speak of its customers. */
const NAMES = ['Billing owner', act.ORCHID, act.ORCHID.slice(0, 8)];

/* The line of a check in the report of the only subscription that was chosen. */
const line = async (page, check) => cells(row(page, check));

export const tests = {
  'A customer checks what it can purchase with, and sees what the operator changes': async stage => {
    const buyer = await stage.signedIn('buyer');
    await navigate(buyer, 'Eligibility check');
    await buyer.getByLabel('Archive').uncheck();
    await buyer.getByLabel('Production').uncheck();
    await buyer.getByLabel('Sandbox').uncheck();
    await refused(buyer, 422, () => act.button(buyer, 'Check eligibility').click());
    await sees(buyer, 'Choose at least one subscription');
    await buyer.getByLabel('Sandbox').check();
    await press(buyer, act.button(buyer, 'Check eligibility'));
    assert.deepEqual(await line(buyer, 'Your role'), ['Your role', 'Failed', 'Your role can’t purchase. ' +
      'Ask an owner of the subscription to make you owner or contributor, or reservation purchaser for reservations.']);
    assert.deepEqual(await line(buyer, 'Resource groups'),
      ['Resource groups', 'Passed', 'No resource group is locked.']);
    assert.equal(await buyer.getByLabel('Billing account ID of Orchid Freight', { exact: true }).inputValue(),
      act.ORCHID);
    await buyer.getByRole('button', { name: 'Copy billing account ID of Orchid Freight' }).waitFor();
    await audit(buyer);

    const operator = await stage.signedIn('operator');
    await navigate(operator, 'Billing accounts');
    await operator.getByLabel('Search billing accounts').fill(act.ORCHID.slice(0, 8));
    await press(operator, act.button(operator, 'Search'));
    await press(operator, act.link(operator, 'Orchid Freight'));
    await press(operator, act.button(operator, 'Lock sandbox'));
    await sees(operator, 'Resource group sandbox of Sandbox: Unlocked → Locked');
    await operator.getByLabel('Country').fill('us');
    await refused(operator, 422, () => act.button(operator, 'Save facts').click());
    await judgeSummary(operator);
    await audit(operator);

    await press(buyer, act.button(buyer, 'Check eligibility'));
    assert.equal((await line(buyer, 'Resource groups'))[1], 'Failed');
    const file = await (await buyer.context().request.get(
      await act.link(buyer, 'Download report').getAttribute('href'))).text();
    assert.equal(file.trim().split('\r\n').length, 2);
    assert.match(file, /,Sandbox,Subscription reader,No,enabled,valid,required,locked,Yes,Failed,/);
    await press(operator, act.button(operator, 'Unlock sandbox'));
  },

  'A billing account ID goes from a customer to an ISV by a link that works once': async stage => {
    const customer = await stage.signedIn('customer');
    await navigate(customer, 'Billing accounts');
    await press(customer, customer.getByRole('button', { name: /^Make hand-over link/ }));
    const address = await customer.getByLabel('Hand-over link').inputValue();
    assert.match(address, /\/handover\/[\w-]{43}$/);
    await customer.getByRole('button', { name: 'Copy link of Orchid Freight' }).waitFor();
    await sees(customer, '30 Oct 2023');
    await audit(customer);
    await customer.reload();
    assert.equal(await customer.getByLabel('Hand-over link').count(), 0, 'it is shown once');
    await refused(customer, 403, () => customer.goto(address));
    await sees(customer, 'This link is for a software publisher');

    const stranger = await stage.stranger();
    await stranger.goto(address);
    await stranger.getByLabel('Email').fill('isv2@demo.example');
    await stranger.getByLabel('Password').fill('demo-tripact-2026');
    await press(stranger, act.button(stranger, 'Sign in'));
    await sees(stranger, 'Billing account ID from a customer', 'until 30 Oct 2023');
    await seesNot(stranger, ...NAMES);
    await refused(stranger, 422, () => act.button(stranger, 'Create draft').click());
    await judgeSummary(stranger);
    await audit(stranger);
    await seesNot(stranger, ...NAMES);

    const isv = await stage.signedIn('isv');
    await isv.goto(address);
    await isv.getByLabel('Private offer name').fill('Handed over');
    await isv.getByLabel('Customize pricing for existing offers').check();
    await press(isv, act.button(isv, 'Create draft'));
    await sees(isv, 'Billing account ID added.');
    assert.equal(await isv.getByLabel('Customer billing account ID').inputValue(), act.ORCHID);
    assert.equal(documentOf(isv).status(), 200);
    await refused(stranger, 410, () => stranger.goto(address));
    await sees(stranger, 'was used already');
  },
};

/*
 * options.journey.mjs: the three kinds of offers an ISV can make, each drafted, reviewed, submitted,
 * withdrawn, edited and submitted again, then priced and extended by its partner and read by its
 * customer. The figures are those of LAW 8.4, or worked out beside them.
 */
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { cells, navigate, pointRow, press, refused, sees, seesNot } from './harness.mjs';

export const now = '2023-10-16';
export const alone = true; /* its offers sell what others sell, in the same months */

const EXISTING = 'Customize pricing for existing offers';
const NEW_PLANS = 'Customize pricing, metering quantities, and user limits for SaaS offers';
const RESERVATIONS = 'Customize pricing and specific quantities for VM software reservation offers';

const draft = async (page, name, option, month) => {
  await navigate(page, 'Private offers');
  await act.link(page, 'New private offer').click();
  await page.getByLabel('Private offer name').fill(name);
  await page.getByLabel(option).check();
  await act.button(page, 'Create draft').click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await act.fillTerms(page, { month });
};

const prices = async (page, plan, point) => (await cells(pointRow(page, plan, point))).slice(1);

/* Submits from the setup page; the offer's own page is open when the partner has it. */
const submitAndOpen = async (page, name) => {
  await act.submit(page);
  assert.equal(await act.openOffer(page, name), 'Pending partner action');
};

/* Takes the offer back and opens its setup. */
const withdrawAndEdit = async page => {
  await press(page, act.link(page, 'Withdraw'));
  await press(page, act.button(page, 'Request withdraw'));
  await sees(page, 'Draft');
  await press(page, act.link(page, 'Edit offer'));
};

const choose = (page, label, option) => page.getByLabel(label, { exact: true }).selectOption(option);
const fill = (page, label, value) => page.getByLabel(label, { exact: true }).fill(value);

const extend = async (stage, name, adjustments) => {
  const page = await stage.signedIn('partner');
  await act.priceOffer(page, name, adjustments);
  await act.submit(page);
  await act.acceptanceLink(page);
  await press(page, act.link(page, name).first());
  return page;
};

const asCustomer = async (stage, name) => {
  const page = await stage.signedIn('customer');
  assert.equal(await act.openOffer(page, name), 'Pending acceptance');
  return page;
};

const addNewPlan = async (page, name, description, template) => {
  await act.button(page, 'Create new plan').click();
  await page.getByLabel('Plan name').fill(name);
  await page.getByLabel('Plan description').fill(description);
  await page.getByLabel(template).check();
  await press(page, act.button(page, 'Create new plan'));
};

export const tests = {
  'Existing plans of every model, one whole product, discounts and absolute prices': async stage => {
    const name = 'Existing plans of every model';
    const whole = 'Harbor Gateway Flat, all plans';
    const page = await stage.signedIn('isv');
    await draft(page, name, EXISTING, '2025-05');
    await act.addPlans(page, ['Ledgerline, Pro', 'Ledgerline, Starter', 'Ledgerline Seats, Team',
      'Harbor Ingest, Ops', 'Harbor Gateway, Flow', 'Harbor Gateway Sized, Sized',
      'Harbor Gateway Flat, All plans of Harbor Gateway Flat, current and future']);
    const discounts = { 'Ledgerline, Pro': '20', 'Ledgerline, Starter': '10',
      'Harbor Gateway, Flow': '25', 'Harbor Gateway Sized, Sized': '12.5', [whole]: '50' };
    for (const [plan, percent] of Object.entries(discounts))
      await fill(page, `Discount % for ${plan}`, percent);
    /* A trial, a virtual machine and a whole product take a discount only. */
    for (const plan of ['Ledgerline, Starter', 'Harbor Gateway, Flow', whole])
      assert.equal(await page.getByLabel(`Price type for ${plan}`).getByRole('option').count(), 1, plan);
    await act.configurePrice(page, 'Ledgerline Seats, Team',
      { '1-month, paid monthly, per user': '12.50', '1-year, one payment upfront, per user': '200' });
    await act.configurePrice(page, 'Harbor Ingest, Ops',
      { 'Monthly fee': '180.00', 'Meter: GB ingested': '0.04', 'Meter: GB-month kept': '1.80' });
    await submitAndOpen(page, name);
    await withdrawAndEdit(page);
    await fill(page, 'Discount % for Harbor Gateway Sized, Sized', '50');
    await submitAndOpen(page, name);
    assert.deepEqual((await prices(page, 'Flow', 'Per vCPU and hour')).slice(0, 3),
      ['$0.400000', '25%', '$0.300000']);
    assert.deepEqual((await prices(page, 'all plans', 'Flat: Per hour')).slice(0, 3),
      ['$1.000000', '50%', '$0.500000']);

    const partner = await extend(stage, name, { 'Ledgerline, Pro': '10', 'Ledgerline, Starter': '0',
      'Ledgerline Seats, Team': '8', 'Harbor Ingest, Ops': '10', 'Harbor Gateway, Flow': '20',
      'Harbor Gateway Sized, Sized': '0', [whole]: '20' });
    assert.deepEqual((await prices(partner, 'Team', '1-month, paid monthly, per user')).slice(1, 3),
      ['$12.50', '$13.50']);

    const customer = await asCustomer(stage, name);
    assert.equal((await prices(customer, 'Flow', 'Per vCPU and hour')).at(-1), '$0.360000');
    assert.equal((await prices(customer, 'Ops', 'Monthly fee')).at(-1), '$198.00');
    assert.equal((await prices(customer, 'Ops', 'Meter: GB ingested')).at(-1), '$0.04');
    assert.equal((await prices(customer, 'Pro', 'Meter: 100 emails')).at(-1), '$0.88');
    assert.equal((await prices(customer, 'all plans', 'Flat: Per hour')).at(-1), '$0.600000');
    await seesNot(customer, '0.300000', '180.00', '12.50');
  },

  'New plans from a flat rate and from a per user template, with terms, quantities and users of their own': async stage => {
    const name = 'Two plans made to measure';
    const flat = 'Ledgerline, Carrier edition';
    const seats = 'Ledgerline Seats, Dispatch seats';
    const page = await stage.signedIn('isv');
    await draft(page, name, NEW_PLANS, '2025-06');
    await addNewPlan(page, 'Carrier edition', 'The ledger for carriers.\nThree years.', 'Ledgerline, Pro');
    await choose(page, `Payment option for ${flat}, 1-month`, 'Not sold');
    await choose(page, `Payment option for ${flat}, 1-year`, 'One-time upfront');
    await fill(page, `Price per payment for ${flat}, 1-year`, '9,500.00');
    await choose(page, `Payment option for ${flat}, 3-year`, 'Annual');
    await fill(page, `Price per payment for ${flat}, 3-year`, '30000');
    await fill(page, `Unit price for ${flat}, 100 emails`, '0.80');
    await fill(page, 'Included quantity for 100 emails, 1-year', '5000');
    await page.getByRole('checkbox', { name: '100 emails, 3-year, Unlimited' }).check();
    await press(page, act.button(page, 'Save'));
    await addNewPlan(page, 'Dispatch seats', 'Seats for dispatchers.', 'Ledgerline Seats, Team');
    await fill(page, `Price per payment for ${seats}, 1-month`, '12.50');
    await choose(page, `Payment option for ${seats}, 1-year`, 'Not sold');
    await page.getByLabel('Minimum users').fill('20');
    await page.getByLabel('Maximum users').fill('100');
    await press(page, act.button(page, 'Save'));
    await submitAndOpen(page, name);
    await sees(page, 'Carrier edition', 'The ledger for carriers.', 'Dispatch seats');
    await withdrawAndEdit(page);
    await press(page, act.button(page, `Configure price for ${seats}`));
    await page.getByLabel('Maximum users').fill('19');
    await page.getByLabel('Minimum users').fill('20');
    await refused(page, 422, () => press(page, act.button(page, 'Save')));
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Maximum users').fill('100');
    await press(page, act.button(page, 'Save'));
    await submitAndOpen(page, name);

    const partner = await extend(stage, name, { [flat]: '15', [seats]: '8' });
    assert.deepEqual((await prices(partner, 'Carrier edition', '3-year, 3 annual payments')).slice(1, 3),
      ['$30,000.00', '$34,500.00']);

    const customer = await asCustomer(stage, name);
    await sees(customer, 'Carrier edition', 'The ledger for carriers.', '5000 included in a 1-year term', 'Dispatch seats');
    await sees(customer, 'Unlimited in a 3-year term', '20 to 100 users');
    assert.equal((await prices(customer, 'Carrier edition', '1-year, one payment upfront')).at(-1), '$10,925.00');
    assert.equal((await prices(customer, 'Dispatch seats', '1-month, paid monthly, per user')).at(-1), '$13.50');
    await seesNot(customer, '9,500.00', '30,000.00', '12.50');
  },

  'Reservations of virtual machines: upfront and monthly, with every subtotal': async stage => {
    const name = 'Reserved gateways';
    const flow = 'Harbor Gateway, Flow: 1-year reservation';
    const flat = 'Harbor Gateway Flat, Flat: 1-year reservation';
    const page = await stage.signedIn('isv');
    await draft(page, name, RESERVATIONS, '2025-07');
    await act.button(page, 'Add offers/plan').click();
    for (const plan of ['Harbor Gateway, Flow', 'Harbor Gateway Flat, Flat'])
      await page.getByRole('checkbox', { name: plan, exact: true }).check();
    await press(page, act.button(page, 'Add'));

    await press(page, act.button(page, `Configure price for ${flow}`));
    await page.getByLabel('Monthly', { exact: true }).check();
    await choose(page, `vCPU size for ${flow}, line 1`, '4 vCPU');
    await fill(page, `Quantity of reservations for ${flow}, line 1`, '4');
    await fill(page, `Unit price (USD) for ${flow}, line 1`, '450');
    await press(page, act.button(page, 'Add reservation'));
    await sees(page, '$21,600.00'); /* 450.00 x 12 x 4 */
    await choose(page, `vCPU size for ${flow}, line 2`, '8 vCPU');
    await fill(page, `Quantity of reservations for ${flow}, line 2`, '10');
    await fill(page, `Unit price (USD) for ${flow}, line 2`, '120.00');
    await press(page, act.button(page, 'Recalculate').last());
    await sees(page, '$14,400.00', '$36,000.00'); /* 120.00 x 12 x 10, and both */
    await press(page, act.button(page, 'Save'));

    await press(page, act.button(page, `Configure price for ${flat}`));
    assert.equal(await page.getByLabel(`vCPU size for ${flat}, line 1`).isDisabled(), true);
    await fill(page, `Quantity of reservations for ${flat}, line 1`, '4');
    await fill(page, `Unit price (USD) for ${flat}, line 1`, '5000');
    await press(page, act.button(page, 'Save'));
    await sees(page, '$20,000.00');
    await submitAndOpen(page, name);
    await sees(page, '$56,000.00'); /* the whole offer */
    await withdrawAndEdit(page);
    await press(page, act.button(page, `Configure price for ${flow}`));
    await press(page, page.getByRole('button', { name: /^Remove .*line 2/ }));
    await press(page, act.button(page, 'Save'));
    await submitAndOpen(page, name);
    await sees(page, '$41,600.00');

    const partner = await extend(stage, name, { [flow]: '7.5', [flat]: '7.5' });
    await sees(partner, '$23,220.00', '$21,500.00', '$44,720.00');

    const customer = await asCustomer(stage, name);
    await sees(customer, '$483.75', '$5,375.00', '$23,220.00', '$21,500.00', '$44,720.00');
    await seesNot(customer, '450.00', '5,000.00', '21,600.00', '20,000.00', '41,600.00');
  },
};

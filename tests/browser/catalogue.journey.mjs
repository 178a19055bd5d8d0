/*
 * catalogue.journey.mjs: an ISV fills its shelf: products of every type, plans of the pricing models
 * a private offer can carry, a price that changes on its day, and the whole catalogue as a file.
 */
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { navigate, press, refused, sees, seesNot } from './harness.mjs';

export const now = '2023-10-16';
export const alone = true; /* its clock moves */

const field = (page, label) => page.getByLabel(label, { exact: true });

const newProduct = async (page, id, name, type) => {
  await navigate(page, 'Products and plans');
  await press(page, act.link(page, 'New product'));
  await field(page, 'Product ID').fill(id);
  await field(page, 'Product name').fill(name);
  await page.getByRole('radio', { name: new RegExp(`^${type}`) }).check();
  await page.getByRole('radio', { name: /^Azure Marketplace/ }).check();
  await page.getByRole('checkbox', { name: /Customers buy it through the marketplace/ }).check();
  await press(page, act.button(page, 'Save'));
  await page.getByRole('heading', { level: 1, name }).waitFor();
};

/* The first plan of a product chooses the pricing model, unless its type has but one. */
const newPlan = async (page, model, id, name, prices) => {
  await press(page, act.link(page, 'New plan').first());
  if (model) {
    await page.getByRole('radio', { name: model, exact: true }).check();
    await press(page, act.button(page, 'Continue'));
  }
  await field(page, 'Plan ID').fill(id);
  await field(page, 'Plan name').fill(name);
  await page.getByRole('radio', { name: /^Public/ }).check();
  await prices(page);
  await press(page, act.button(page, 'Save'));
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await press(page, act.button(page, 'Publish'));
};

/* Back to the product by its crumb; publishes it when it is not yet. */
const publishProduct = async (page, product) => {
  await press(page, act.link(page, product).first());
  await press(page, act.button(page, 'Publish'));
  await sees(page, 'Published');
};

const move = async (stage, day) => {
  const page = await stage.signedIn('operator');
  await navigate(page, 'Clock');
  await page.locator('input[type=date]').fill(day);
  await press(page, act.button(page, 'Move forward'));
};

const catalogue = plans => JSON.stringify({
  products: [{ id: 'harbor-ledger', name: 'Harbor Ledger', type: 'SAAS', plans }] });

const filePlan = price => ({
  id: 'yearly', name: 'Yearly', description: 'From a file.', visibility: 'public', trial: 0,
  markets: ['US'],
  priceAndAvailability: { pricing: { recurrentPrice: { recurrentPriceMode: 'flatRate',
    priceInputOption: 'usd', prices: [{ billingTerm: { type: 'year', value: 1 },
      paymentOption: { type: 'year', value: 1 }, pricePerPaymentInUsd: price }] } } },
});

const importFile = async (page, text) => {
  await navigate(page, 'Products and plans');
  await press(page, act.link(page, 'Import'));
  await page.locator('input[type=file]').setInputFiles(
    { name: 'catalogue.json', mimeType: 'application/json', buffer: Buffer.from(text) });
};

export const tests = {
  'A product of each type is made, its plans priced and published, and then offered': async stage => {
    const page = await stage.signedIn('isv');
    await newProduct(page, 'quay', 'Quay', 'SaaS');
    await newPlan(page, 'Flat rate', 'metered', 'Metered', async () => {
      await page.getByLabel(/^Payment option, 1-year/).selectOption('Monthly');
      await page.getByLabel(/^List price, 1-year/).fill('75.00');
      await press(page, act.button(page, 'Add meter'));
      await page.getByLabel(/^ID/).last().fill('berths');
      await page.getByLabel(/^Display name/).last().fill('berth booked');
      await page.getByLabel(/^Price per unit \(USD\)/).last().fill('0.35');
    });
    await sees(page, '$75.00', '$0.35', 'berth booked');
    await publishProduct(page, 'Quay');

    await newProduct(page, 'quay-nodes', 'Quay Nodes', 'Azure virtual machine');
    await newPlan(page, 'Per vCPU', 'node', 'Node', async () => {
      await page.getByLabel(/^List price, per vCPU/).fill('1');
      await page.getByLabel(/^Saving of a 1-year reservation/).fill('30');
      await page.getByLabel(/^Saving of a 3-year reservation/).fill('50');
    });
    /* $1.00 an hour: 8,760 hours less 30 %, three times that less 50 % (LAW 3.2). */
    await sees(page, '$6,132.00', '$13,140.00');
    await publishProduct(page, 'Quay Nodes');

    await newProduct(page, 'quay-desk', 'Quay Desk', 'Azure application');
    await newPlan(page, null, 'desk', 'Desk', () => page.getByLabel(/^List price, monthly fee/).fill('99.50'));
    await publishProduct(page, 'Quay Desk');

    await act.newDraft(page, 'From a new shelf');
    await act.addPlans(page, ['Quay, Metered', 'Quay Nodes, Node', 'Quay Desk, Desk']);
    await sees(page, '$75.00', '$1.000000', '$99.50');
  },

  'What breaks a rule is told beside its field, and what was typed is still there': async stage => {
    const page = await stage.signedIn('isv');
    await navigate(page, 'Products and plans');
    await press(page, act.link(page, 'New product'));
    await field(page, 'Product ID').fill('Not An Id');
    await field(page, 'Product name').fill('Kept');
    await refused(page, 422, () => press(page, act.button(page, 'Save')));
    assert.equal(await field(page, 'Product ID').inputValue(), 'Not An Id');
    assert.equal(await field(page, 'Product name').inputValue(), 'Kept');
    await page.goto('/isv/products/ledgerline/plans/pro/edit');
    await page.getByLabel('Free trial').selectOption({ index: 1 });
    await refused(page, 422, () => press(page, act.button(page, 'Save'))); /* it has a meter */
    await page.getByRole('alert').waitFor();
  },

  'A catalogue comes in as a file, a bad one changes nothing and names the place, and goes out again': async stage => {
    const page = await stage.signedIn('isv');
    await importFile(page, catalogue([filePlan('12.345')]));
    await refused(page, 422, () => press(page, act.button(page, 'Import')));
    await sees(page, 'products[0].plans[0].priceAndAvailability.pricing.recurrentPrice.prices[0].pricePerPaymentInUsd');
    await navigate(page, 'Products and plans');
    await seesNot(page, /Harbor Ledger/);
    await importFile(page, catalogue([filePlan(640.5)]));
    await press(page, act.button(page, 'Import'));
    await sees(page, 'Harbor Ledger');
    await page.goto('/isv/products/harbor-ledger/plans/yearly');
    await sees(page, '$640.50', 'From a file.');
    await navigate(page, 'Products and plans');
    const href = await act.link(page, 'Export').getAttribute('href');
    const answer = await page.context().request.get(href);
    assert.match(answer.headers()['content-disposition'], /^attachment; filename=/);
    const { products } = await answer.json();
    const ours = products.find(product => product.id === 'harbor-ledger');
    assert.equal(ours.plans[0].priceAndAvailability.pricing.recurrentPrice.prices[0].pricePerPaymentInUsd, 640.5);
    assert.ok(products.find(product => product.id === 'quay'));
  },

  'A lower list price waits for the first of the next month, and a discount follows it that day': async stage => {
    const name = 'Follows the list';
    const page = await stage.signedIn('isv');
    await act.newDraft(page, name);
    await act.addPlans(page, ['Ledgerline, Pro']);
    await page.getByLabel('Discount % for Ledgerline, Pro').fill('20');
    await press(page, act.button(page, 'Save draft'));
    await page.goto('/isv/products/ledgerline/plans/pro/edit');
    await page.getByLabel(/^List price, 1-year/).fill('1000.00');
    await press(page, act.button(page, 'Save'));
    await sees(page, '$1,200.00', '$1,000.00', '1 Nov 2023');
    await move(stage, '2023-10-31');
    await page.goto('/isv/products/ledgerline/plans/pro');
    await sees(page, '$1,200.00');
    await act.openOffer(page, name);
    await sees(page, '$960.00');
    await move(stage, '2023-11-01');
    await page.goto('/isv/products/ledgerline/plans/pro');
    await sees(page, '$1,000.00');
    await seesNot(page, '1,200.00');
    await act.openOffer(page, name);
    await sees(page, '$800.00');
    await seesNot(page, '960.00');
  },
};

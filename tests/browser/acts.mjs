/*
 * acts.mjs: what people do again and again in the journeys, by the labels they see.
 *
 * Not here: what must be seen afterwards; that is each journey's own.
 */
import assert from 'node:assert/strict';
import { documentOf, navigate, press, row, statusOf } from './harness.mjs';
import { until } from './market.mjs';

export const ORCHID = '7c92bb3e-51d0-4c6e-93d5-0a1f6e2c77b4:2f0d3a5e-8b1c-4f6d-9a27-5c3e1b7d9f40_2019-05-31';
export const LARKSPUR = '7123456';
export const HALDEN = '90417726';

export const button = (page, name) => page.getByRole('button', { name, exact: true });
export const link = (page, name) => page.getByRole('link', { name, exact: true });

/* ISV: an empty draft, its setup open. */
export const newDraft = async (page, name) => {
  await navigate(page, 'Private offers');
  await link(page, 'New private offer').click();
  await page.getByLabel('Private offer name').fill(name);
  await page.getByLabel('Customize pricing for existing offers').check();
  await button(page, 'Create draft').click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
};

/* ISV, on the setup page: everything about customer, partner and dates. month: its own month of
 * prices, so that offers of different tests do not overlap; without it they begin on acceptance. */
export const fillTerms = async (page, { account = ORCHID, seller = HALDEN, month, endMonth = month,
  acceptBy = '2023-11-15' }) => {
  await page.getByLabel('Customer billing account ID').fill(account);
  await page.getByLabel('Seller ID').fill(seller);
  if (month) {
    await page.getByLabel('Specific month').check();
    await page.getByLabel('Start month').fill(month);
  } else {
    await page.getByLabel('Accepted date', { exact: true }).check();
  }
  await page.getByLabel('Customer end date').fill(endMonth);
  await page.getByLabel('Customer accept by date').fill(acceptBy);
  await button(page, 'Add partner').click();
  await page.getByRole('button', { name: /^Remove partner/ }).waitFor();
};

/* ISV, on the setup page: plans as "Ledgerline, Pro". Those that are not on the first page of plans
 * are searched for, one product at a time. */
export const addPlans = async (page, plans) => {
  const box = plan => page.getByRole('checkbox', { name: plan, exact: true });
  let left = plans;
  for (let search = ''; left.length > 0; [search] = (left[0] ?? '').split(',')) {
    await press(page, button(page, 'Add offer'));
    if (search) {
      await page.getByLabel('Search products and plans').fill(search);
      await press(page, button(page, 'Search'));
    }
    const here = [];
    for (const plan of left) if (await box(plan).count() > 0) here.push(plan);
    assert.ok(here.length > 0 || !search, `no ${left} to add`);
    for (const plan of here) await box(plan).check();
    if (here.length > 0) await press(page, button(page, 'Add'));
    else await press(page, link(page, 'Cancel'));
    left = left.filter(plan => !here.includes(plan));
    await button(page, 'Save draft').waitFor();
  }
};

/* ISV, on the setup page: prices of one plan by the label of each price point. */
export const configurePrice = async (page, plan, prices) => {
  await page.getByLabel(`Price type for ${plan}`).selectOption('Absolute price');
  await button(page, `Configure price for ${plan}`).click();
  for (const [point, price] of Object.entries(prices))
    await page.getByLabel(`Absolute price for ${plan}, ${point}`, { exact: true }).fill(price);
  await button(page, 'Save').click();
  await button(page, 'Save draft').waitFor();
};

export const submit = async page => {
  await button(page, 'Save and continue').click();
  await page.getByRole('heading', { name: 'Review and submit' }).waitFor();
  await button(page, 'Submit').click();
};

/* The status of the offer on the page, once the marketplace has published it. */
export const settled = async page => {
  await until('a status that lasts', async () => {
    if (await statusOf(page) !== 'In Progress') return true;
    await page.reload();
    return false;
  });
  return statusOf(page);
};

/* Opens an offer from the list of whoever is signed in; answers its status. */
export const openOffer = async (page, name) => {
  await navigate(page, 'Private offers');
  if (await page.getByRole('link', { name, exact: true }).count() === 0) {
    await page.getByLabel('Search offers').fill(name);
    await press(page, button(page, 'Search'));
  }
  await press(page, link(page, name));
  await page.getByRole('heading', { level: 1, name }).waitFor();
  return settled(page);
};

/* ISV: an offer of discounted and absolute plans, submitted and with the partner. Answers its id.
 * plans: { 'Ledgerline, Pro': '20' } is a discount, an object of prices is absolute. */
export const offerToPartner = async (page, name, terms, plans) => {
  await newDraft(page, name);
  await fillTerms(page, terms);
  await addPlans(page, Object.keys(plans));
  for (const [plan, price] of Object.entries(plans)) {
    if (typeof price === 'string') await page.getByLabel(`Discount % for ${plan}`).fill(price);
    else await configurePrice(page, plan, price);
  }
  await submit(page);
  assert.equal(await openOffer(page, name), 'Pending partner action');
  return offerId(page);
};

export const offerId = page => /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(page.url())[0];

export const adjustment = (page, plan) =>
  page.getByLabel(`Customer adjustment % for ${plan}`, { exact: true });

/* Partner: opens the setup of the offer and fills it in, unsaved. */
export const priceOffer = async (page, name, adjustments) => {
  assert.equal(await openOffer(page, name), 'Pending partner action');
  await link(page, 'Edit offer').click();
  for (const [plan, percent] of Object.entries(adjustments))
    await adjustment(page, plan).fill(percent);
  await page.getByLabel('Prepared by').fill('deals@halden.example');
};

/* Partner: prices and extends; answers the acceptance link. */
export const extendOffer = async (page, name, adjustments) => {
  await priceOffer(page, name, adjustments);
  await submit(page);
  return acceptanceLink(page);
};

/* Partner, on the page after submitting: the link, once the offer is published. */
export const acceptanceLink = async page => {
  await until('the acceptance link', async () => {
    if (await page.getByLabel('Acceptance link').count() > 0) return true;
    await link(page, 'Look again').click();
    return false;
  });
  return page.getByLabel('Acceptance link').inputValue();
};

/* The only address anybody types. */
export const followLink = async (page, address) => {
  await page.goto(address);
  return documentOf(page).status();
};

/* What a list shows of an offer. */
export const listed = (page, name) => row(page, name);

/*
 * catalogue.mjs: what a catalogue of 100 products with 50 plans each costs: how long the import
 * takes, and each page of its ISV against the same page of a market without it, asked in turns in
 * one run. Prints a table; judges nothing, since machines differ.
 *
 * Not here: load from many sides.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository, startMarket } from '../browser/market.mjs';
import { visitor } from '../browser/visitor.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 300);
const PRODUCTS = 100;
const PLANS = 50;
const ISV = '90417001';

const plan = i => ({
  id: `plan-${i}`, name: `Plan ${i}`, description: `Number ${i} of many.`, visibility: 'public',
  trial: 0, markets: ['US'],
  priceAndAvailability: { pricing: {
    recurrentPrice: { recurrentPriceMode: 'flatRate', priceInputOption: 'usd', prices: [
      { billingTerm: { type: 'month', value: 1 }, paymentOption: { type: 'month', value: 1 },
        pricePerPaymentInUsd: 10 + i },
      { billingTerm: { type: 'year', value: 1 }, paymentOption: { type: 'year', value: 1 },
        pricePerPaymentInUsd: 110 + i }] },
    customMeters: { priceInputOption: 'usd', meters: { calls: { name: '1,000 calls',
      pricePerPaymentInUsd: 0.25 } } } } },
});
const catalogue = { products: Array.from({ length: PRODUCTS }, (_, p) => ({
  id: `bulk-${p}`, name: `Bulk ${p}`, type: 'SAAS',
  plans: Array.from({ length: PLANS }, (_, i) => plan(i)) })) };

const firstOffer = async (ask, query) =>
  /href="(\/isv\/offers\/[0-9a-f-]{36})"/.exec((await ask(`/isv/offers${query}`)).text)[1];

const median = list => list.sort((a, b) => a - b)[list.length >> 1];

const markets = await Promise.all([startMarket({ now: '2023-10-16' }), startMarket({ now: '2023-10-16' })]);
try {
  const file = join(markets[1].data, 'catalogue.json');
  writeFileSync(file, JSON.stringify(catalogue));
  const began = Date.now();
  console.log(execFileSync(join(repository, 'build/tripact'),
    ['catalogue', 'import', file, `--seller_id=${ISV}`], { cwd: markets[1].data }).toString().trim());
  console.log(`imported ${PRODUCTS} products with ${PLANS} plans each in ${Date.now() - began} ms`);

  const visitors = await Promise.all(markets.map(market => visitor(market, 'isv')));
  const draft = await firstOffer(visitors[0].ask, '?status=draft');
  const offer = await firstOffer(visitors[0].ask, '?status=accepted');
  const pages = ['/isv', '/isv/offers', offer, `${draft}/setup`, `${draft}/review`,
    `${draft}/products/add`, `${draft}/products/add?q=ledger`, `${draft}/prices.csv`,
    '/isv/products', '/isv/products?q=ledger', '/isv/products/ledgerline',
    '/isv/products/ledgerline/plans/pro', '/isv/partners', '/isv/account'];
  console.log('us before  us after  ratio  page (medians of', ROUNDS, 'asked in turns)');
  for (const page of pages) {
    const times = [[], []];
    for (let i = 0; i < ROUNDS; i++) {
      for (const [k, { ask }] of visitors.entries()) {
        const answer = await ask(page);
        if (answer.status !== 200) throw new Error(`${page} answers ${answer.status}`);
        times[k].push(answer.us);
      }
    }
    const [before, after] = times.map(median);
    const name = page.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, ':offer');
    console.log(`${before.toFixed(0).padStart(9)}  ${after.toFixed(0).padStart(8)}  ${(after / before).toFixed(2).padStart(5)}  ${name}`);
  }
  for (const { leave } of visitors) leave();
} finally {
  for (const market of markets) await market.stop();
}

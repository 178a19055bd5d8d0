/*
 * offers.mjs: `make bench`: what each page of a market of OFFERS offers takes, beside a null
 * responder that answers as many bytes through the same nginx and dispatcher, in one run.
 *
 *   OFFERS  of the large market; 1000000
 *   MS      how long each page is asked for; 2000
 *   ACCEPTS how many offers are accepted by each number of callers; 1000
 *   SMALLER the sizes that its dashboard is compared with; 1000,100000
 *
 * Prints tables and names the targets that were missed; judges by ratios, since machines differ.
 * The load generator and nginx run on the same cores.
 */
import { cpus, loadavg } from 'node:os';
import { hiddenFields, visitor } from '../browser/visitor.mjs';
import { password } from '../browser/market.mjs';
import { CLICKERS } from './fill.mjs';
import { GET, POST, acceptsInProcess, startServers } from './servers.mjs';

const OFFERS = Number(process.env.OFFERS ?? 1000000);
const MS = Number(process.env.MS ?? 2000);
const SMALLER = (process.env.SMALLER ?? '1000,100000').split(',').map(Number).filter(size => size < OFFERS);
const ROUNDS = 5;
const FILE_ROWS = 20000; /* a file has no more (app/base/limits.h) */
const CALLERS = [1, 4, 16, 64];
const ACCEPTS = Number(process.env.ACCEPTS ?? 1000); /* of each number of callers, in each of two runs */
const pools = { clicks: ACCEPTS, submits: ACCEPTS, accepts: 4 * CALLERS.length * ACCEPTS };
const none = { clicks: 0, submits: 0, accepts: 0 };

const say = (...words) => console.log(...words);
const left = (text, width) => String(text).padEnd(width);
const right = (text, width) => String(text).padStart(width);
const ms = us => (us / 1000).toFixed(2);
const median = list => [...list].sort((a, b) => a - b)[list.length >> 1];
const missed = [];
const target = (name, good, is) => {
  if (!good) missed.push(`${name}: ${is}`);
};
const only = (result, status, what) => {
  if (Object.keys(result.statuses).join() !== String(status))
    throw new Error(`${what}: answers ${JSON.stringify(result.statuses)}, wanted ${status}`);
};

const line = (name, { rate, p50, p99, bytes }, ratio) => say(left(name, 44), right(rate.toFixed(0), 7),
  right(ms(p50), 8), right(ms(p99), 8), right(ratio, 6), right((bytes / 1024).toFixed(1), 7));

/* Against as many bytes of nothing, just after. */
const beside = async (market, result) => {
  const idle = await market.load([GET(market, `/null?${Math.round(result.bytes)}`)], { ms: MS / 2 });
  only(idle, 200, 'null');
  return result.rate / idle.rate;
};

const offerOf = (market, where) => market.ask(`SELECT id FROM offer o WHERE ${where}
  ORDER BY (SELECT COUNT(*) FROM event e WHERE e.offer = o.id) DESC, id LIMIT 1`)[0].id;

/* [name, hat, path, is it one of those the target is for?] */
const pagesOf = market => {
  const lists = ['', '?status=draft', '?status=in_progress', '?status=pending_partner',
    '?status=pending_acceptance', '?status=accepted', '?status=expired', '?status=ended'];
  const isv = '/isv/offers';
  const partner = '/partner/offers';
  const customer = '/customer/offers';
  const ofIsv = offerOf(market, "isv = '90417001' AND state = 'accepted'");
  const draft = offerOf(market, "isv = '90417001' AND state = 'draft' AND partner <> ''");
  const ofPartner = offerOf(market, "offered_to = '90417726' AND state = 'accepted'");
  const toPrice = offerOf(market, "offered_to = '90417726' AND state = 'pending_partner'");
  const ofCustomer = offerOf(market, `extended_to = 'orchid-freight' AND state = 'pending_acceptance'
    AND due_on >= '2023-10-16'`);
  const [file] = market.ask(`SELECT state, SUM(offers) AS rows FROM offer_count WHERE hat = 'isv'
    AND account = '90417001' AND span = 'm' AND state IN ('draft', 'pending_partner') GROUP BY state
    HAVING SUM(offers) <= ${FILE_ROWS} ORDER BY rows DESC LIMIT 1`);
  return [
    ...lists.map(query => [`ISV: offers${query}`, 'isv', isv + query, true]),
    ['ISV: offers, by name', 'isv', `${isv}?sort=name`, true],
    ['ISV: offers, due in 30 days', 'isv', `${isv}?due=30`, true],
    ['ISV: offers, search "gateways"', 'isv', `${isv}?q=gateways`, true],
    ['ISV: offers, search that finds nothing', 'isv', `${isv}?q=zeppelin`, false],
    ['ISV: home', 'isv', '/isv', false],
    ['ISV: offer', 'isv', `${isv}/${ofIsv}`, true],
    ['ISV: review of a draft', 'isv', `${isv}/${draft}/review`, false],
    [`ISV: offers.csv, ${file.rows.toLocaleString('en')} rows`, 'isv', `${isv}.csv?status=${file.state}`, false],
    ['partner: offers', 'partner', partner, true],
    ['partner: offers?status=pending_partner', 'partner', `${partner}?status=pending_partner`, true],
    ['partner: offer', 'partner', `${partner}/${ofPartner}`, true],
    ['partner: review', 'partner', `${partner}/${toPrice}/review`, false],
    ['customer: offers', 'customer', customer, true],
    ['customer: offer', 'customer', `${customer}/${ofCustomer}`, true],
  ];
};

const measurePages = async (market, hats) => {
  for (const [name, hat, path, aimed] of pagesOf(market)) {
    const result = await market.load([GET(market, path, hats[hat].cookie())], { ms: MS });
    only(result, 200, path);
    const ratio = await beside(market, result);
    line(name, result, ratio.toFixed(2));
    if (!aimed) continue;
    target(`${name}, at least 0.30 of null`, ratio >= 0.3, ratio.toFixed(2));
    target(`${name}, p99 within 5 times p50`, result.p99 <= 5 * result.p50, (result.p99 / result.p50).toFixed(1));
  }
};

/* Requests that can be made once: each from the page that has its form. */
const posts = async (market, list) => {
  const made = [];
  for (const { who, page, action } of list) {
    const looked = await who.ask(page);
    made.push(POST(market, action, who.cookie(), hiddenFields(looked.text, action)));
  }
  return made;
};

const measurePosts = async (market, hats) => {
  const signIn = await signInRequest(market);
  const signed = await market.load(Array(64).fill(signIn), {});
  only(signed, 303, 'sign-in');
  line('sign-in (Argon2id, 64 MiB)', signed, (await beside(market, signed)).toFixed(3));

  const drafts = market.ask("SELECT id FROM offer WHERE id LIKE '%-0002________' AND state = 'draft'");
  const submits = await posts(market, drafts.map(({ id }) => ({ who: hats.isv,
    page: `/isv/offers/${id}/review`, action: `/isv/offers/${id}/submit` })));
  const submitted = await market.load(submits, {});
  only(submitted, 303, 'submit');
  line('submit', submitted, (await beside(market, submitted)).toFixed(2));

  const customers = await Promise.all(Array.from({ length: CLICKERS }, (_, i) => visitor(market, `bench-customer-${i + 1}`)));
  const waiting = market.ask(`SELECT id, substr(extended_to, 7) AS k FROM offer
    WHERE id LIKE '%-0001________' ORDER BY substr(id, 25) LIMIT ${pools.clicks}`);
  const accepts = await posts(market, waiting.map(({ id, k }) => ({ who: customers[k - 1],
    page: `/customer/offers/${id}`, action: `/customer/offers/${id}/accept` })));
  const accepted = await market.load(accepts, {});
  only(accepted, 303, 'accept');
  line('accept', accepted, (await beside(market, accepted)).toFixed(2));
  for (const customer of customers) customer.leave();
};

const signInRequest = async market => {
  const nobody = await visitor(market, 'nobody'); /* refused, and left with a cookie and a page */
  const { csrf } = hiddenFields((await nobody.ask('/login')).text, '/login');
  nobody.leave();
  return POST(market, '/login', nobody.cookie(), { csrf, email: 'isv@demo.example', password, next: '/' });
};

/* 50 sign-ins at once, again and again, while the dashboard is asked for. */
const measureSignIns = async (market, hats) => {
  const page = [GET(market, '/isv/offers', hats.isv.cookie())];
  const burst = Array(50).fill(await signInRequest(market));
  const alone = await market.load(page, { ms: 2 * MS });
  const told = {};
  let over = false;
  const beaten = market.load(page, { ms: 2 * MS }).finally(() => { over = true; });
  while (!over) {
    const { statuses } = await market.load(burst, { connections: 50 });
    for (const [status, count] of Object.entries(statuses)) told[status] = (told[status] ?? 0) + count;
  }
  const kept = (await beaten).rate / alone.rate;
  say(`\n50 sign-ins at once, again and again, leave the dashboard ${kept.toFixed(2)} of its throughput`
    + ` (signed in: ${told[303] ?? 0}, told to come again: ${told[503] ?? 0})`);
  target('50 sign-ins leave above half', kept > 0.5, kept.toFixed(2));
};

const measureSizes = async (markets, cookies) => {
  const paths = ['/isv/offers', '/isv/offers?status=pending_acceptance', '/isv/offers?sort=name'];
  say(`\n${left('The same dashboard, medians of rounds in turns', 47)}`,
    markets.map(({ offers }) => right(offers.toLocaleString('en'), 11)).join(''), '   last : first');
  for (const path of paths) {
    const rates = markets.map(() => []);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [i, market] of markets.entries()) {
        const result = await market.load([GET(market, path, cookies[i])], { ms: MS / 2 });
        only(result, 200, path);
        rates[i].push(result.rate);
      }
    }
    const middle = rates.map(median);
    const ratio = middle[0] / middle.at(-1);
    say(left(`  requests/s of ${path}`, 47), middle.map(rate => right(rate.toFixed(0), 11)).join(''), right(ratio.toFixed(2), 8));
    target(`${path}: the large one takes at most 1.15 of the small`, ratio <= 1.15, ratio.toFixed(2));
  }
};

const measureAccepts = market => {
  const waiting = market.ask(`SELECT o.id, 'bench-customer-' || substr(o.extended_to, 7) AS person,
    o.extended_to AS organisation FROM offer o WHERE o.id LIKE '%-0001________'
    AND o.state = 'pending_acceptance' ORDER BY substr(o.id, 25)`);
  say(`\n${left('Durable accepts, in the process', 34)}`, ' a commit each              shared commits');
  say(left('  callers', 34), '  per s   p50 ms  worst ms    per s   p50 ms  worst ms   ratio');
  for (const callers of CALLERS) {
    const runs = { alone: [], shared: [] };
    for (const mode of ['alone', 'shared', 'shared', 'alone'])
      runs[mode].push(acceptsInProcess(market, callers, mode, waiting.splice(0, ACCEPTS)));
    const [alone, shared] = [runs.alone, runs.shared].map(two => ({
      rate: two.reduce((sum, { rate }) => sum + rate, 0) / 2, p50: two[0].p50, max: Math.max(...two.map(({ max }) => max)) }));
    const ratio = shared.rate / alone.rate;
    const cells = ({ rate, p50, max }) => `${right(rate.toFixed(0), 7)}${right(ms(p50), 9)}${right(ms(max), 10)}`;
    say(left(`  ${callers}`, 34), cells(alone), cells(shared), right(ratio.toFixed(2), 8));
    if (callers !== 16) continue;
    target('accepts of 16 callers, at least 2 times a commit each', ratio >= 2, ratio.toFixed(2));
    target('accepts of 16 callers, worst wait under 50 ms', shared.max < 50000, `${ms(shared.max)} ms`);
  }
};

const markets = [];
/* The servers are told with us; what they wrote is ours to remove. */
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    for (const market of markets) market.remove();
    process.exit(1);
  });
}
try {
  for (const size of SMALLER) markets.push(await startServers(size, none));
  const market = await startServers(OFFERS, pools);
  markets.push(market);
  say(`${OFFERS.toLocaleString('en')} offers made in ${(market.fillMs / 1000).toFixed(1)} s, their histories sealed in`
    + ` ${(market.sealMs / 1000).toFixed(1)} s; ${market.storeMib.toFixed(0)} MiB; ${cpus().length} cores,`
    + ` load before ${loadavg()[0].toFixed(1)}`);
  const hats = {};
  for (const hat of ['isv', 'partner', 'customer']) hats[hat] = await visitor(market, hat);

  say(`\n${left('16 connections', 44)}   req/s   p50 ms   p99 ms  :null     KiB`);
  await measurePages(market, hats);
  await measurePosts(market, hats);
  await measureSignIns(market, hats);
  const memory = market.memoryMib();
  say(`private memory after that: ${memory.toFixed(1)} MiB; start to first answer: `
    + markets.map(({ startMs, offers }) => `${startMs.toFixed(0)} ms (${offers.toLocaleString('en')})`).join(', '));
  target('private memory under 64 MiB', memory < 64, memory.toFixed(1));
  for (const { startMs, offers } of markets) target(`start of ${offers} under 100 ms`, startMs < 100, startMs.toFixed(0));

  const visitors = await Promise.all(markets.map(one => visitor(one, 'isv')));
  await measureSizes(markets, visitors.map(one => one.cookie()));
  for (const one of [...visitors, ...Object.values(hats)]) one.leave();
  await market.stop();
  measureAccepts(market);
  say(missed.length === 0 ? '\nEvery target was met.' : `\nTargets missed:\n  ${missed.join('\n  ')}`);
} finally {
  for (const market of markets) {
    await market.stop();
    market.remove();
  }
}

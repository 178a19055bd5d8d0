/*
 * audit.journey.mjs: every page, as each role, and every refusal: the demands of audit.mjs.
 *
 * Pages are found by following every link from each person's home. Each is judged in its source; one
 * of each kind and status in the browser. Pages that only a mistake shows are made here by hand.
 */
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { audit, judgeSource, judgeSummary, walkByTab } from './audit.mjs';
import { documentOf, fillSignIn, navigate, press, refused, sees } from './harness.mjs';

export const now = '2023-10-16';
export const alone = true; /* an offer that somebody else moves on is no page to follow a link to */

const PRO = 'Ledgerline, Pro';
const MOST_PAGES = 900;

/* What is inert is there to be looked at: its links lead nobody anywhere. */
const live = html => html.replace(/<div class="body" inert>[\s\S]*?<\/main>/, '</main>');
const links = html => [...live(html).matchAll(/<a\b[^>]*?\shref="([^"]+)"/g)]
  .map(([, href]) => href.replaceAll('&amp;', '&'));

/* What makes a page look different: its place without ids, and the states it shows. */
const kindOf = (address, html) => {
  const { pathname } = new URL(address);
  const head = /<div class="meta">[\s\S]*?<\/span>/.exec(html)?.[0].replace(/<[^>]+>/g, '').trim() ?? '';
  const place = pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}(:[^/]*)?|\/\d+(?=\/|$)/g, ':id')
    .replace(/(\/(?:products|plans)\/)(?!new|add|import|:id)[^/]+/g, '$1:id');
  /* A plan looks as its pricing model does: the controls of its form, the tables of its page. */
  const shape = /\/products\/:id\/plans\//.test(place)
    ? [...html.matchAll(/<h2 id="(h-[a-z]+)"/g)].map(([, id]) => id).join(' ') : '';
  return `${place} ${head} ${shape}`.trim();
};

/* Follows every link once, links of a page with a query no further. Answers kind -> address. */
const crawl = async (context, origin, complaints) => {
  const waiting = ['/'];
  const known = new Set(waiting);
  const kinds = new Map();
  while (waiting.length > 0) {
    const path = waiting.shift();
    const answer = await context.request.get(path);
    if (answer.status() !== 200) {
      complaints.push(`${path} answers ${answer.status()}`);
      continue;
    }
    if (!answer.headers()['content-type'].startsWith('text/html')) {
      /* a file is kept, never shown */
      if (!/^attachment/.test(answer.headers()['content-disposition'] ?? ''))
        complaints.push(`${path} is no page and no attachment`);
      continue;
    }
    const html = await answer.text();
    const kind = kindOf(answer.url(), html);
    const fresh = !kinds.has(kind);
    if (fresh) kinds.set(kind, path);
    if (fresh || path.includes('?'))
      complaints.push(...(await judgeSource(html)).map(words => `${path}: ${words}`));
    for (const href of links(html)) {
      const to = new URL(href, answer.url());
      if (to.origin !== origin || to.protocol === 'mailto:') {
        if (!['mailto:'].includes(to.protocol)) complaints.push(`${path} leads away to ${href}`);
        continue;
      }
      const next = to.pathname + to.search;
      if (known.has(next) || (path.includes('?') && to.search !== '')) continue;
      known.add(next);
      waiting.push(next);
      assert.ok(known.size < MOST_PAGES, 'links without end');
    }
  }
  return kinds;
};

const everyPageOf = (who, least) => async stage => {
  const page = await stage.signedIn(who);
  const complaints = [];
  const kinds = await crawl(page.context(), stage.market.address, complaints);
  assert.deepEqual(complaints, []);
  assert.ok(kinds.size >= least, `only ${kinds.size} kinds of pages: ${[...kinds.keys()].join(', ')}`);
  for (const address of kinds.values()) {
    await page.goto(address);
    await audit(page);
  }
  console.log(`# ${who}: ${kinds.size} kinds of pages`);
};

export const tests = {
  'Every page of an ISV passes the audit': everyPageOf('isv', 18),
  'Every page of a selling partner passes the audit': everyPageOf('partner', 12),
  'Every page of a customer passes the audit': everyPageOf('customer', 6),
  'Every page of a reader passes the audit': everyPageOf('reader', 5),
  'Every page of an enterprise customer passes the audit': everyPageOf('ea-admin', 3),
  'Every page of the operator passes the audit': everyPageOf('operator', 6),

  'The sign-in page and every refusal of it pass the audit': async stage => {
    const page = await stage.stranger();
    await page.goto('/login');
    await audit(page);
    await page.getByLabel('Email').fill('nobody@demo.example');
    await page.getByLabel('Password').fill('wrong');
    await refused(page, 422, () => act.button(page, 'Sign in').click());
    await audit(page);
    await refused(page, 404, () => page.goto('/no/such/page'));
    await audit(page);
    await refused(page, 405, () => page.goto('/logout'));
    await audit(page);
    await page.goto('/login?done=signed-out');
    await audit(page);
  },

  'Refused forms of an ISV pass the audit, their problems linked to their fields': async stage => {
    const page = await stage.signedIn('isv');
    await navigate(page, 'Private offers');
    await act.link(page, 'New private offer').click();
    await refused(page, 422, () => act.button(page, 'Create draft').click());
    await judgeSummary(page);
    await audit(page);

    await act.newDraft(page, 'Audited');
    await refused(page, 422, () => act.button(page, 'Save and continue').click());
    await audit(page);
    await act.addPlans(page, [PRO, 'Harbor Ingest, Ops', 'Harbor Gateway, Flow', 'Ledgerline, Starter']);
    await page.getByLabel('Notification contacts').fill('x');
    await page.getByLabel(`Discount % for ${PRO}`).fill('x');
    await refused(page, 422, () => act.button(page, 'Save draft').click());
    await audit(page);
    await page.getByLabel('Notification contacts').fill('');
    await page.getByLabel(`Discount % for ${PRO}`).fill('20');
    await page.getByLabel('Price type for Harbor Ingest, Ops').selectOption('Absolute price');
    await act.button(page, 'Configure price for Harbor Ingest, Ops').click();
    await page.getByLabel(/^Absolute price for Harbor Ingest, Ops, Monthly fee/).fill('x');
    await audit(page);
    await refused(page, 422, () => act.button(page, 'Save').click());
    await judgeSummary(page);
    await audit(page);
    await act.link(page, 'Back').click();
    await act.button(page, 'Add offer').click();
    await refused(page, 422, () => act.button(page, 'Add').click());
    await audit(page);
    await page.getByLabel('Search products and plans').fill('no such plan');
    await press(page, act.button(page, 'Search'));
    await audit(page);
    await navigate(page, 'Private offers');
    await page.getByLabel('Search offers').fill('no such offer');
    await press(page, act.button(page, 'Search'));
    await audit(page);
    await refused(page, 404, () => page.goto('/isv/offers/00000000-0000-4000-8000-000000000000'));
    await audit(page);
    await refused(page, 403, () => page.goto('/customer/offers'));
    await audit(page);
  },

  'Refused forms of a partner, a conflict and a lost race pass the audit': async stage => {
    const isv = await stage.signedIn('isv');
    await act.offerToPartner(isv, 'Audited twice', { month: '2025-03' }, { [PRO]: '20' });
    await audit(isv);
    await act.link(isv, 'Withdraw').click();
    await audit(isv);
    const page = await stage.signedIn('partner');
    const late = await stage.signedIn('partner-manager');
    await act.priceOffer(page, 'Audited twice', { [PRO]: '99' });
    await act.priceOffer(late, 'Audited twice', { [PRO]: '7' });
    await page.getByLabel('Prepared by').fill('');
    await refused(page, 422, () => act.button(page, 'Save and continue').click());
    await judgeSummary(page);
    await audit(page);
    await refused(late, 409, () => act.button(late, 'Save draft').click());
    await audit(late);
    await act.adjustment(page, PRO).fill('5');
    await page.getByLabel('Prepared by').fill('deals@halden.example');
    await act.button(page, 'Save and continue').click();
    await audit(page);
    await act.adjustment(page, PRO).fill('99');
    await refused(page, 422, () => act.button(page, 'Submit').click());
    await audit(page);
    await act.adjustment(page, PRO).fill('5');
    await act.button(page, 'Submit').click();
    const address = await act.acceptanceLink(page);
    await audit(page);
    await refused(isv, 409, () => act.button(isv, 'Request withdraw').click());
    await audit(isv);

    const customer = await stage.signedIn('customer');
    await customer.goto(address);
    await audit(customer);
    await act.openOffer(page, 'Audited twice');
    await act.link(page, 'Withdraw').click();
    await audit(page);
    await act.button(page, 'Request withdraw').click();
    await refused(customer, 410, () => customer.goto(address));
    await audit(customer);
  },

  'A role without rights, a refused password and a refused date pass the audit': async stage => {
    const marketer = await stage.signedIn('isv-marketer');
    await refused(marketer, 403, () => marketer.goto('/isv/offers'));
    await audit(marketer);
    const page = await stage.signedIn('isv');
    await navigate(page, 'Account');
    await act.link(page, 'Change password').click();
    await audit(page);
    await refused(page, 422, () => act.button(page, 'Change password').click());
    await judgeSummary(page);
    await audit(page);
    const operator = await stage.signedIn('operator');
    await navigate(operator, 'Clock');
    await operator.locator('input[type=date]').fill('2020-01-01');
    await refused(operator, 422, () => act.button(operator, 'Move forward').click());
    await judgeSummary(operator);
    await audit(operator);
  },

  'Pages that nginx says itself look like the product and pass the audit': async stage => {
    const page = await stage.stranger();
    for (const status of [400, 413, 429, 502, 504]) {
      await page.goto(`/static/errors/${status}.html`);
      await audit(page);
    }
    const answer = await page.context().request.post('/login',
      { data: 'x'.repeat(300 * 1024), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
    assert.equal(answer.status(), 413);
    assert.match(await answer.text(), /Tripact/);
  },

  'Tab reaches every control of the main pages in order, each with a visible ring': async stage => {
    const isv = await stage.signedIn('isv');
    await act.newDraft(isv, 'By keyboard');
    await act.addPlans(isv, [PRO]);
    await walkByTab(isv);
    await isv.goto('/isv/offers');
    await walkByTab(isv);
    const partner = await stage.signedIn('partner');
    await partner.goto('/partner/offers?status=pending_partner');
    await navigate(partner, 'Private offers');
    await walkByTab(partner);
    const customer = await stage.signedIn('customer');
    await navigate(customer, 'Private offers');
    await customer.locator('a.name').first().click();
    await walkByTab(customer);
    const stranger = await stage.stranger();
    await stranger.goto('/login');
    await walkByTab(stranger);
  },

  'The skip link leads past the navigation, and Escape closes a menu and gives the focus back': async stage => {
    const page = await stage.signedIn('isv');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
    await page.getByLabel(/^Account menu/).focus();
    await page.keyboard.press('Enter');
    await act.button(page, 'Sign out').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    assert.ok(!await act.button(page, 'Sign out').isVisible());
    assert.match(await page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? ''), /^Account menu/);
  },

  'The chosen theme is in the first byte of the next page, for everybody on that browser': async stage => {
    const page = await stage.signedInAlone('isv');
    for (const theme of ['Dark', 'Light']) {
      await page.getByLabel(/^Account menu/).click();
      await act.button(page, `${theme} theme`).click();
      await page.waitForLoadState();
      assert.match(await documentOf(page).text(), new RegExp(`data-theme="${theme.toLowerCase()}"`));
      assert.match(page.url(), /\/isv$/);
    }
    const light = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.context().addCookies([{ name: 'tripact_theme', value: 'dark', url: stage.market.address }]);
    await page.reload();
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), light);
  },

  'A first visit takes six requests at most, the next page one, and nothing jumps about': async stage => {
    /* What came over the wire for the page besides its document: a cached file has no bytes. */
    const fetched = page => page.evaluate(() => performance.getEntriesByType('resource')
      .filter(entry => entry.transferSize > 0).map(entry => entry.name));
    const page = await stage.stranger();
    await page.goto('/login', { waitUntil: 'networkidle' });
    const cold = await fetched(page);
    assert.ok(cold.length >= 2 && cold.length <= 5, `cold: ${cold}`);
    await fillSignIn(page, 'isv');
    await page.getByLabel(/^Account menu/).waitFor();
    await page.waitForLoadState('networkidle');
    await navigate(page, 'Private offers');
    await page.waitForLoadState('networkidle');
    assert.deepEqual(await fetched(page), [], 'warm');
    const shift = await page.evaluate(() => new Promise(resolve => {
      let sum = 0;
      new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
        .observe({ type: 'layout-shift', buffered: true });
      requestAnimationFrame(() => setTimeout(() => resolve(sum), 100));
    }));
    assert.ok(shift <= 0.02, `shift ${shift}`);
  },

  'Every answer carries the headers that protect it, and names no server version': async stage => {
    const page = await stage.stranger();
    const context = page.context();
    for (const address of ['/login', '/no/such/page', '/static/logo.svg', '/static/errors/502.html',
      '/static/errors/503.html']) {
      const headers = (await context.request.get(address)).headers();
      assert.match(headers['content-security-policy'], /default-src 'none'.*frame-ancestors 'none'/, address);
      assert.doesNotMatch(headers['content-security-policy'], /unsafe/);
      assert.equal(headers['x-content-type-options'], 'nosniff', address);
      assert.equal(headers['referrer-policy'], 'same-origin', address);
      assert.doesNotMatch(headers.server ?? '', /\d/);
    }
    const html = await (await context.request.get('/login')).text();
    assert.match((await context.request.get('/login')).headers()['cache-control'], /no-store/);
    for (const [, file] of html.matchAll(/(?:href|src)="(\/static\/[a-z]+\.[0-9a-f]+\.[a-z]+)/g))
      assert.match((await context.request.get(file)).headers()['cache-control'], /immutable/, file);
    await page.goto('/login');
    await sees(page, 'Sign in to Tripact');
  },
};

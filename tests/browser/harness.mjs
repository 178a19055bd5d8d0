/*
 * harness.mjs: what a journey is given: people who are signed in, pages that watch themselves, and
 * a few ways to say what must be seen.
 *
 * Invariant: any console error, page error, breach of the content security policy, failed request
 * or unannounced refusal on a page fails the test that opened it.
 */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { password, repository, until } from './market.mjs';

const evidence = join(repository, 'build/browser');
rmSync(evidence, { recursive: true, force: true });

const FLAGS = ['--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const openBrowser = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
  chromiumSandbox: false,
  headless: true,
  args: FLAGS,
});

/* What a page did that no page may do. Refusals (400 and up) are collected apart, since a test can
 * expect them. */
const watch = page => {
  const seen = { problems: [], refusals: [], coming: null, document: null };
  const problem = (kind, text) => seen.problems.push(`${kind} on ${page.url()}: ${text}`);

  page.on('pageerror', error => problem('page error', error.message));
  page.on('console', message => {
    if (!['error', 'warning'].includes(message.type())) return;
    /* Chromium's own remark about a document's status: the refusals tell that. */
    if (/^Failed to load resource: the server responded with a status/.test(message.text())) return;
    problem(`console ${message.type()}`, message.text());
  });
  page.on('requestfailed', request => {
    /* What the next page makes unnecessary is broken off; a document is never. */
    if (request.failure()?.errorText === 'net::ERR_ABORTED' && !request.isNavigationRequest()) return;
    problem('failed request', `${request.method()} ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on('response', response => {
    const main = response.request().isNavigationRequest() &&
      response.frame() === page.mainFrame();
    if (main && (response.status() < 300 || response.status() >= 400)) seen.coming = response;
    if (response.status() >= 400) seen.refusals.push(response.status());
  });
  /* Between an answer and its page the one before still stands there, loaded. */
  page.on('framenavigated', frame => {
    if (frame !== page.mainFrame() || !seen.coming) return;
    seen.document = seen.coming;
    seen.coming = null;
  });
  return seen;
};

const watched = new WeakMap();

/* The last answer that became the page: a document, never a redirect. */
export const documentOf = page => watched.get(page).document;

/* The next click, submit or visit is to be answered with this status. */
export const refused = async (page, status, act) => {
  const seen = watched.get(page);
  const before = seen.refusals.length;

  await act();
  await until('a refusal', () => seen.refusals.length > before && !seen.coming).catch(() => {});
  await page.waitForLoadState();
  assert.deepEqual(seen.refusals.splice(before), [status],
    `${page.url()} was to answer ${status}, not ${seen.document?.status()}`);
};

/* For a refusal that chance decides, once the test has judged it itself. */
export const forgive = page => {
  watched.get(page).refusals.length = 0;
};

/* Clicks and waits for the answer as a whole: what is read then is never the page before. */
export const press = async (page, control) => {
  const before = documentOf(page);
  await control.click();
  await until('an answer', () => documentOf(page) !== before);
  await page.waitForLoadState();
};

/* Everything a person can read on the page, what stands in fields included. */
export const textOf = async page => {
  await page.waitForLoadState();
  return page.evaluate(() => {
    const values = [...document.querySelectorAll('input:not([type=hidden]), textarea, select')]
      .map(field => field.value);
    return `${document.title}\n${document.body.textContent}\n${values.join('\n')}`;
  });
};

/* Waits for all of it, since a click may still be on its way to the page that says so. */
export const sees = async (page, ...texts) => {
  let missing;
  let all;
  const look = async () => {
    all = (await textOf(page).catch(() => '')).replace(/\s+/g, ' ');
    missing = texts.filter(text => !(text instanceof RegExp ? text.test(all) : all.includes(text)));
    return missing.length === 0;
  };
  await until('the words', look, 20).catch(() => {
    assert.fail(`${page.url()} does not say ${missing.join(' nor ')}\n${all}`);
  });
};

/* A figure stands alone: 200.00 is not in 1,200.00. */
export const figure = text => new RegExp(`(?<![\\d,.])${text.replace(/[.$%]/g, '\\$&')}(?!\\d)`);

export const seesNot = async (page, ...figures) => {
  await page.waitForLoadState();
  const html = await page.content();
  for (const text of figures) {
    const found = (typeof text === 'string' ? figure(text) : text).exec(html);
    assert.equal(found, null,
      `${page.url()} says ${text}: ${found && html.slice(Math.max(0, found.index - 120), found.index + 60)}`);
  }
};

/* The row of a table that holds these words. */
export const row = (page, ...words) => {
  let rows = page.getByRole('row');
  for (const word of words) rows = rows.filter({ hasText: word });
  return rows;
};

/* The row of one price point: its table body names product and plan. */
export const pointRow = (page, plan, point) => page.locator('tbody')
  .filter({ has: page.getByRole('rowheader', { name: plan }) })
  .getByRole('row').filter({ has: page.getByRole('rowheader', { name: point, exact: true }) });

/* What the cells of a row say, header first. */
export const cells = async locator => {
  await locator.page().waitForLoadState();
  const texts = await locator.locator('th, td').allInnerTexts();
  return texts.map(text => text.replace(/\s+/g, ' ').trim());
};

export const fillSignIn = async (page, who, secret = password) => {
  await page.getByLabel('Email').fill(`${who}@demo.example`);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
};

export const signOut = async page => {
  await page.getByLabel(/^Account menu/).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
};

export const navigate = (page, name) =>
  press(page, page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name }));

/* The status in the head of an offer's page. */
export const statusOf = async page => {
  await page.waitForLoadState();
  return (await page.locator('.meta .badge').innerText()).trim();
};

/* What one test holds: its pages, closed and judged when it ends. */
export class Stage {
  constructor(browser, market, people) {
    this.browser = browser;
    this.market = market;
    this.people = people;
    this.pages = [];
    this.contexts = [];
  }

  async open(context) {
    const page = await context.newPage();
    page.setDefaultTimeout(45000);
    watched.set(page, watch(page));
    this.pages.push(page);
    return page;
  }

  #context(options) {
    return this.browser.newContext({ baseURL: this.market.address, locale: 'en-GB',
      viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options });
  }

  async #signIn(who, options) {
    const context = await this.#context(options);
    const page = await context.newPage();
    await page.goto('/login');
    await fillSignIn(page, who);
    await page.getByLabel(/^Account menu/).waitFor();
    await page.close();
    return context;
  }

  /* A page of somebody who has no session, and whose cookies end with the test. */
  async stranger(options = {}) {
    const context = await this.#context(options);
    this.contexts.push(context);
    return this.open(context);
  }

  /* A page of that person. The session is shared by all tests of the market that do not end it. */
  async signedIn(who, options = {}) {
    const key = `${this.market.port} ${who} ${JSON.stringify(options)}`;
    if (!this.people.has(key)) this.people.set(key, this.#signIn(who, options));
    const page = await this.open(await this.people.get(key));
    await page.goto('/');
    return page;
  }

  /* The same with a session of its own, which the test may end. */
  async signedInAlone(who, options = {}) {
    const page = await this.stranger(options);
    await page.goto('/login');
    await fillSignIn(page, who);
    await page.getByLabel(/^Account menu/).waitFor();
    return page;
  }

  /* What the pages did that they should not have. */
  verdict() {
    const found = [];
    for (const page of this.pages) {
      const seen = watched.get(page);
      found.push(...seen.problems);
      if (seen.refusals.length > 0)
        found.push(`unannounced refusal on the way to ${page.url()}: ${seen.refusals}`);
    }
    return [...new Set(found)];
  }

  /* Pictures and sources of a failed test, in build/browser. */
  async keep(name) {
    const stem = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 80);
    mkdirSync(evidence, { recursive: true });
    for (const [i, page] of this.pages.entries()) {
      try {
        await page.screenshot({ path: join(evidence, `${stem}-${i}.png`), fullPage: true, timeout: 5000 });
        writeFileSync(join(evidence, `${stem}-${i}.html`), await page.content());
      } catch { /* a page that is gone leaves no picture */ }
    }
  }

  async close() {
    for (const page of this.pages) await page.close();
    for (const context of this.contexts) await context.close();
  }
}

/*
 * clock.journey.mjs: the operator moves the demo market's clock, and for everybody the dates take
 * effect at once; the server survives the death of the process that serves.
 */
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { navigate, press, refused, sees, statusOf } from './harness.mjs';
import { until } from './market.mjs';

export const now = '2023-10-16';
export const alone = true;

const LATER = '2031-06-01'; /* after every accept-by and every end of the demo market */
const SELLERS = ['isv', 'isv2', 'partner', 'partner2'];
const CUSTOMERS = ['customer', 'ea-admin', 'mosp'];

/* The chips of a list: words -> count. */
const counts = async page => {
  await navigate(page, /^Private offers/);
  const chips = await page.getByRole('navigation', { name: 'Filter by status' })
    .getByRole('link').allInnerTexts();
  return Object.fromEntries(chips.map(chip => {
    const [, words, count] = /^(.*?)\s+(\d+)$/.exec(chip.trim());
    return [words, Number(count)];
  }));
};

const chosen = async (page, status) => {
  await press(page, page.getByRole('navigation', { name: 'Filter by status' })
    .getByRole('link', { name: new RegExp(`^${status} \\d`) }));
  return page.locator('tbody .badge').allInnerTexts();
};

const move = async (page, day) => {
  await navigate(page, 'Clock');
  await page.locator('input[type=date]').fill(day);
  await act.button(page, 'Move forward').click();
};

const before = {};

export const tests = {
  'In the demo market every status is there for everybody who can see it': async stage => {
    for (const who of [...SELLERS, ...CUSTOMERS]) {
      const page = await stage.signedIn(who);
      before[who] = await counts(page);
      for (const [status, count] of Object.entries(before[who])) {
        if (status.startsWith('All')) continue;
        if (['isv', 'partner', 'customer'].includes(who)) assert.ok(count > 0, `${who}: ${status}`);
        if (count === 0) continue;
        const words = await chosen(page, status);
        assert.equal(words.length, Math.min(count, 25), `${who}: ${status}`);
        for (const word of words) assert.ok(word.trim().startsWith(status), `${who}: ${word} under ${status}`);
        await navigate(page, /^Private offers/);
      }
    }
  },

  'The clock takes no earlier day and no nonsense, and says so': async stage => {
    const page = await stage.signedIn('operator');
    await navigate(page, 'Clock');
    await sees(page, '16 Oct 2023');
    for (const day of ['2023-10-15', '2020-01-01']) {
      await refused(page, 422, () => move(page, day));
      assert.match(await page.title(), /^Error: /);
      assert.equal(await page.locator('input[type=date]').inputValue(), day);
    }
    await navigate(page, 'Clock');
    await refused(page, 422, () => move(page, ''));
    await sees(page, '16 Oct 2023');
  },

  'Past accept by and end, offers are Expired and Ended in lists, counts and pages, and cannot be accepted': async stage => {
    const customer = await stage.signedIn('customer');
    await counts(customer);
    await chosen(customer, 'Pending acceptance');
    const name = await customer.locator('a.name').first().innerText();
    await customer.locator('a.name').first().click();
    await act.button(customer, 'Accept offer').waitFor();

    const operator = await stage.signedIn('operator');
    await move(operator, LATER);
    await sees(operator, '1 Jun 2031');

    await refused(customer, 409, () => act.button(customer, 'Accept offer').click());
    await sees(customer, /expired/i);

    for (const who of [...SELLERS, ...CUSTOMERS]) {
      const page = await stage.signedIn(who); /* nobody was signed out by the market's clock */
      const was = before[who];
      const is = await counts(page);
      assert.equal(is['Pending acceptance'], 0, who);
      assert.equal(is.Accepted, 0, who);
      assert.ok(is.Expired >= was.Expired + was['Pending acceptance'], who);
      assert.equal(is.Ended, was.Ended + was.Accepted, who);
    }
    assert.equal(await act.openOffer(await stage.signedIn('customer'), name), 'Expired');
    await navigate(operator, 'Offers');
    await operator.getByLabel('Search offers').fill(name);
    await press(operator, act.button(operator, 'Search'));
    await act.link(operator, name).click();
    assert.equal(await statusOf(operator), 'Expired');
  },

  'The working process is killed, and the next request is answered, the session still alive': async stage => {
    const page = await stage.signedIn('isv');
    for (let time = 0; time < 2; time++) {
      const pid = stage.market.worker();
      process.kill(pid, 'SIGKILL');
      await page.goto('/isv/offers');
      await page.getByLabel(/^Account menu/).waitFor();
      await until('another process', () => stage.market.worker() !== pid);
    }
    await act.newDraft(page, 'After the fall');
    await sees(page, 'After the fall');
  },
};

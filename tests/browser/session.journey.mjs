/*
 * session.journey.mjs: signing in and out, and what happens to a form whose session has ended.
 *
 * Wrong passwords here stay below the limit of one address (30 in 15 minutes).
 */
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { documentOf, fillSignIn, navigate, refused, sees, seesNot, signOut } from './harness.mjs';
import { password } from './market.mjs';

export const now = '2023-10-16';
export const alone = true; /* its wrong passwords slow down everybody’s sign-in from here */

const LIMIT_FAILURES_ACCOUNT = 10;
const DESCRIPTION = 'First line, with  two spaces\n  <b>not markup</b> &amp; "quotes"\n\nнаименование 漢字 🚢';

const DEMO = ['isv', 'isv-manager', 'isv-developer', 'isv-marketer', 'isv-finance', 'isv2', 'partner',
  'partner-manager', 'partner2', 'customer', 'owner2', 'contributor', 'signatory', 'reader', 'buyer',
  'reservations', 'ea-admin', 'mosp', 'operator'];

/* A draft with words typed into its setup form, unsaved. */
const typing = async (page, name) => {
  await act.newDraft(page, name);
  await page.getByLabel('Customer label').fill('Typed, not saved');
  await page.getByLabel('Description').fill(DESCRIPTION);
  await page.getByLabel('Customer accept by date').fill('2023-11-20');
  await page.getByLabel('Sales note').fill('kept');
};

const endElsewhere = async page => {
  const other = await page.context().newPage();
  await other.goto('/');
  await signOut(other);
  await other.getByLabel('Password').waitFor();
  await other.close();
};

export const tests = {
  'Every demo person signs in, lands at home and signs out again': async stage => {
    const page = await stage.stranger();
    for (const who of DEMO) {
      await page.goto('/');
      await fillSignIn(page, who);
      await page.getByLabel(/^Account menu/).waitFor();
      assert.match(page.url(), /\/(isv|partner|customer|operator)(\/|$)/);
      await signOut(page);
      await page.getByLabel('Password').waitFor();
    }
  },

  'A wrong password and an unknown email get the same words, and the email is kept': async stage => {
    const page = await stage.stranger();
    const words = [];
    for (const who of ['buyer', 'nobody']) {
      await page.goto('/login');
      await refused(page, 422, () => fillSignIn(page, who, 'not the password'));
      assert.match(await page.title(), /^Error: /);
      assert.equal(await page.getByLabel('Email').inputValue(), `${who}@demo.example`);
      assert.equal(await page.getByLabel('Password').inputValue(), '');
      words.push(await page.getByRole('alert').innerText());
    }
    assert.equal(words[0], words[1]);
  },

  'Ten wrong passwords close an account’s door for a while, also to the right one': async stage => {
    const page = await stage.stranger();
    for (let failure = 0; failure < LIMIT_FAILURES_ACCOUNT; failure++) {
      await page.goto('/login');
      await refused(page, 422, () => fillSignIn(page, 'reservations', `guess ${failure}`));
    }
    await page.goto('/login');
    await refused(page, 429, () => fillSignIn(page, 'reservations'));
    await sees(page, /minute/);
    assert.match(documentOf(page).headers()['retry-after'] ?? '', /^\d+$/);
    await page.goto('/login');
    await fillSignIn(page, 'buyer'); /* others are not held up */
    await page.getByLabel(/^Account menu/).waitFor();
  },

  'Signing out ends the session itself, not only the cookie': async stage => {
    const page = await stage.signedInAlone('isv');
    const cookies = await page.context().cookies();
    await signOut(page);
    await page.getByLabel('Password').waitFor();
    await page.context().addCookies(cookies);
    await page.goto('/isv/offers');
    await sees(page, 'Sign in to Tripact');
  },

  'The session has a new id at each sign-in, and its cookie is out of a script’s reach': async stage => {
    const page = await stage.stranger();
    const seen = new Set();
    for (let time = 0; time < 2; time++) {
      await page.goto('/login');
      await fillSignIn(page, 'isv');
      await page.getByLabel(/^Account menu/).waitFor();
      const cookies = (await page.context().cookies()).filter(cookie => cookie.value.length >= 32);
      assert.ok(cookies.length >= 1);
      for (const cookie of cookies) {
        assert.ok(cookie.httpOnly && cookie.sameSite === 'Lax', cookie.name);
        seen.add(cookie.value);
      }
      await signOut(page);
      await page.getByLabel('Password').waitFor();
    }
    assert.ok(seen.size >= 2);
  },

  'Signing in never leads to another site': async stage => {
    for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example/', '/\t/evil.example',
      'javascript:alert(1)']) {
      const page = await stage.stranger();
      await page.goto(`/login?next=${encodeURIComponent(next)}`);
      await fillSignIn(page, 'mosp');
      await page.getByLabel(/^Account menu/).waitFor();
      assert.equal(new URL(page.url()).origin, stage.market.address, next);
    }
  },

  'A session that ends in the middle of the setup form loses nothing that was typed': async stage => {
    const page = await stage.signedInAlone('isv');
    await typing(page, 'Interrupted');
    const address = page.url();
    await endElsewhere(page);
    await refused(page, 403, () => act.button(page, 'Save draft').click());
    await sees(page, 'Your session ended');
    await fillSignIn(page, 'isv');
    await page.getByText('Not saved yet.').waitFor();
    assert.equal(await page.getByLabel('Customer label').inputValue(), 'Typed, not saved');
    assert.equal(await page.getByLabel('Description').inputValue(), DESCRIPTION);
    assert.equal(await page.getByLabel('Customer accept by date').inputValue(), '2023-11-20');
    assert.equal(await page.getByLabel('Sales note').inputValue(), 'kept');

    const other = await stage.signedIn('isv');
    await other.goto(address);
    assert.equal(await other.getByLabel('Customer label').inputValue(), '', 'signing in saved nothing');

    await act.button(page, 'Save draft').click();
    await sees(page, 'Draft saved');
    await other.reload();
    assert.equal(await other.getByLabel('Customer label').inputValue(), 'Typed, not saved');
    assert.equal(await other.getByLabel('Description').inputValue(), DESCRIPTION);
  },

  'A wrong password on the way back keeps the form too, and somebody else gets nothing of it': async stage => {
    const page = await stage.signedInAlone('isv');
    await typing(page, 'Interrupted twice');
    await endElsewhere(page);
    await refused(page, 403, () => act.button(page, 'Save draft').click());
    await refused(page, 422, () => fillSignIn(page, 'isv', 'not the password'));
    await fillSignIn(page, 'isv');
    await page.getByText('Not saved yet.').waitFor();
    assert.equal(await page.getByLabel('Description').inputValue(), DESCRIPTION);

    await endElsewhere(page);
    await refused(page, 403, () => act.button(page, 'Save draft').click());
    await refused(page, 404, async () => {
      await fillSignIn(page, 'isv2');
      await page.getByLabel(/^Account menu/).waitFor();
    });
    await seesNot(page, 'Interrupted twice');
  },

  'A form of another site, or without its secret, is refused and changes nothing': async stage => {
    const page = await stage.signedIn('isv');
    await act.newDraft(page, 'Not forged');
    const address = `/isv/offers/${act.offerId(page)}/delete`;
    await page.goto(address);
    const form = await page.locator('main form input[type=hidden]')
      .evaluateAll(inputs => Object.fromEntries(inputs.map(input => [input.name, input.value])));
    const post = (fields, headers = {}) => page.context().request.post(address,
      { form: fields, headers, maxRedirects: 0 });
    assert.equal((await post({ ...form, csrf: '' })).status(), 403);
    assert.equal((await post({ ...form, csrf: `${form.csrf.slice(0, -1)}!` })).status(), 403);
    assert.equal((await post(form, { Origin: 'https://evil.example' })).status(), 403);
    assert.equal((await post(form, { 'Sec-Fetch-Site': 'cross-site' })).status(), 403);
    await page.reload();
    assert.equal((await post(form, { Origin: stage.market.address })).status(), 303);
  },

  'A new password ends the other sessions of that person and is the one that works': async stage => {
    const other = await stage.signedInAlone('isv-developer');
    const page = await stage.signedInAlone('isv-developer');
    const changed = 'a longer secret than before';
    await navigate(page, 'Account');
    await act.link(page, 'Change password').click();
    await refused(page, 422, async () => {
      await page.getByLabel('Current password').fill('wrong');
      await page.getByLabel('New password', { exact: true }).fill(changed);
      await page.getByLabel(/again|repeat/i).fill(changed);
      await act.button(page, 'Change password').click();
    });
    await page.getByLabel('Current password').fill(password);
    await page.getByLabel('New password', { exact: true }).fill(changed);
    await page.getByLabel(/again|repeat/i).fill(changed);
    await act.button(page, 'Change password').click();
    await page.getByRole('status').waitFor();
    await other.goto('/isv');
    await sees(other, 'Sign in to Tripact');
    await refused(other, 422, () => fillSignIn(other, 'isv-developer'));
    await fillSignIn(other, 'isv-developer', changed);
    await other.getByLabel(/^Account menu/).waitFor();
  },
};

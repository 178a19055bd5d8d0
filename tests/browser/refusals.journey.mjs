/*
 * refusals.journey.mjs: what people may not do, or no longer: the page they get says why and what to
 * do, and nothing changes.
 */
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { documentOf, fillSignIn, forgive, navigate, refused, sees, seesNot, signOut, statusOf }
  from './harness.mjs';

export const now = '2023-10-16';
export const alone = true; /* its offers sell what others sell, in the same months */

const PRO = 'Ledgerline, Pro';

/* An offer that waits for the customer; answers id and acceptance link. */
const extended = async (stage, name, month, adjustment = '10') => {
  const isv = await stage.signedIn('isv');
  const id = await act.offerToPartner(isv, name, { month }, { [PRO]: '20' });
  const partner = await stage.signedIn('partner');
  return { id, isv, partner, address: await act.extendOffer(partner, name, { [PRO]: adjustment }) };
};

const absent = async (page, address) => {
  await refused(page, 404, () => page.goto(address));
  await sees(page, '404');
};

export const tests = {
  'An offer of others does not exist, whatever the hat': async stage => {
    const { id } = await extended(stage, 'Not yours', '2024-05');
    for (const [who, address] of [['isv2', `/isv/offers/${id}`], ['partner2', `/partner/offers/${id}`],
      ['isv', `/partner/offers/${id}`], ['ea-admin', `/customer/offers/${id}`],
      ['mosp', `/customer/offers/${id}`]]) {
      const page = await stage.signedIn(who);
      await absent(page, address);
      await seesNot(page, 'Not yours', 'Orchid', 'Halden');
    }
    const page = await stage.signedIn('isv2');
    await absent(page, `/isv/offers/${id}/setup`);
    await absent(page, `/isv/offers/${id}/withdraw`);
    await absent(page, '/isv/offers/00000000-0000-4000-8000-000000000000');
  },

  'A hat that is not yours is refused, and so is a role without rights, who reads whom to ask': async stage => {
    const customer = await stage.signedIn('customer');
    for (const address of ['/isv', '/isv/offers', '/partner/offers', '/operator'])
      await refused(customer, 403, () => customer.goto(address));
    const isv = await stage.signedIn('isv');
    for (const address of ['/customer/offers', '/operator', '/operator/clock'])
      await refused(isv, 403, () => isv.goto(address));
    for (const who of ['isv-marketer', 'isv-finance']) {
      const page = await stage.signedInAlone(who);
      await refused(page, 403, () => page.goto('/isv/offers'));
      await sees(page, 'Your role has no access to private offers', 'Account owner', 'Manager');
      await refused(page, 403, () => page.goto('/isv/offers/new'));
    }
  },

  'A link that was withdrawn is gone for its customer, who reads whom to ask, and nothing to others': async stage => {
    const { id, partner, address } = await extended(stage, 'Withdrawn link', '2024-06');
    const customer = await stage.signedIn('customer');
    await customer.goto(address);
    await customer.getByRole('heading', { level: 1, name: 'Withdrawn link' }).waitFor();
    await act.openOffer(partner, 'Withdrawn link');
    await act.link(partner, 'Withdraw').click();
    await act.button(partner, 'Request withdraw').click();
    assert.equal(await act.openOffer(partner, 'Withdrawn link'), 'Pending partner action (Draft)');

    await refused(customer, 410, () => customer.goto(address));
    await sees(customer, 'This offer is no longer available', 'deals@halden.example');
    await absent(customer, `/customer/offers/${id}`);
    for (const who of ['ea-admin', 'isv', 'partner2']) {
      const page = await stage.signedIn(who);
      await absent(page, address);
      await seesNot(page, 'Withdrawn link', 'deals@halden.example');
    }
    const stranger = await stage.stranger();
    await stranger.goto(address);
    await sees(stranger, 'Sign in to Tripact');
    await refused(stranger, 410, async () => {
      await fillSignIn(stranger, 'owner2');
      await stranger.getByText('This offer is no longer available').waitFor();
    });
    await absent(customer, `/accept/${'0'.repeat(64)}`);
  },

  'A reader sees the offer, and who may accept it in three names, and no way to accept': async stage => {
    const { id, address } = await extended(stage, 'For three people', '2024-07');
    const page = await stage.signedIn('reader');
    await page.goto(address);
    await page.getByRole('heading', { name: 'You can’t accept this offer' }).waitFor();
    const notice = page.getByRole('region', { name: 'You can’t accept this offer' });
    assert.equal(await notice.getByRole('listitem').count(), 3);
    assert.equal(await act.button(page, 'Accept offer').count(), 0);

    /* A form made by hand is refused as well. */
    const signer = await stage.signedIn('signatory');
    await signer.goto(address);
    await act.button(signer, 'Accept offer').waitFor();
    const fields = await signer.locator('form:has(input[name=price-digest]) input[type=hidden]')
      .evaluateAll(inputs => Object.fromEntries(inputs.map(input => [input.name, input.value])));
    fields.csrf = await page.locator('input[name=csrf]').first().inputValue();
    const answer = await page.context().request.post(`/customer/offers/${id}/accept`, { form: fields });
    assert.equal(answer.status(), 403);
    await signer.reload();
    assert.equal(await statusOf(signer), 'Pending acceptance');
    for (const who of ['buyer', 'reservations']) {
      const other = await stage.signedIn(who);
      await other.goto(address);
      await sees(other, 'You can’t accept this offer');
      assert.equal(await act.button(other, 'Accept offer').count(), 0);
    }
  },

  'Who comes second reads what the first has done: withdrawing after acceptance changes nothing': async stage => {
    const { partner, isv, address } = await extended(stage, 'Accepted first', '2024-08');
    await act.openOffer(partner, 'Accepted first');
    await act.link(partner, 'Withdraw').click();
    await act.button(partner, 'Request withdraw').waitFor();

    const customer = await stage.signedIn('contributor');
    await customer.goto(address);
    await act.button(customer, 'Accept offer').click();
    await sees(customer, 'You accepted the offer');

    await refused(partner, 409, () => act.button(partner, 'Request withdraw').click());
    await sees(partner, /accepted/i);
    assert.equal(await act.openOffer(partner, 'Accepted first'), 'Accepted');
    assert.equal(await act.link(partner, 'Withdraw').count(), 0);
    assert.equal(await act.openOffer(isv, 'Accepted first'), 'Accepted');
    assert.equal(await act.link(isv, 'Withdraw').count(), 0);
    await customer.goto(address);
    assert.equal(await act.button(customer, 'Accept offer').count(), 0);
  },

  'The ISV cannot withdraw what its partner has just extended': async stage => {
    const isv = await stage.signedIn('isv');
    await act.offerToPartner(isv, 'Extended first', { month: '2024-09' }, { [PRO]: '20' });
    await act.link(isv, 'Withdraw').click();
    await act.button(isv, 'Request withdraw').waitFor();
    const partner = await stage.signedIn('partner');
    await act.extendOffer(partner, 'Extended first', { [PRO]: '0' });
    await refused(isv, 409, () => act.button(isv, 'Request withdraw').click());
    assert.equal(await act.openOffer(isv, 'Extended first'), 'Pending acceptance');
    await sees(isv, /ask.*withdraw/i);
  },

  'A withdrawal racing an acceptance: exactly one succeeds, and the other reads why not': async stage => {
    const { partner, address } = await extended(stage, 'A race', '2024-10');
    await act.openOffer(partner, 'A race');
    await act.link(partner, 'Withdraw').click();
    await act.button(partner, 'Request withdraw').waitFor();
    const customer = await stage.signedIn('customer');
    await customer.goto(address);
    await act.button(customer, 'Accept offer').waitFor();

    /* Which of them comes second is chance: its refusal is read here. */
    const press = async (page, name) => {
      const answer = page.waitForResponse(response => response.request().method() === 'POST');
      await act.button(page, name).click();
      return (await answer).status();
    };
    const [withdrawn, accepted] = await Promise.all(
      [press(partner, 'Request withdraw'), press(customer, 'Accept offer')]);
    const loser = accepted === 303 ? partner : customer;
    assert.equal([withdrawn, accepted].filter(status => status === 303).length, 1,
      `withdraw ${withdrawn}, accept ${accepted}`);
    await loser.waitForLoadState();
    forgive(loser);
    assert.ok([409, 410].includes(documentOf(loser).status()), documentOf(loser).status());
    await sees(loser, accepted === 303 ? /accepted/i : /withdrawn|no longer available/i);
    assert.equal(await act.openOffer(partner, 'A race'),
      accepted === 303 ? 'Accepted' : 'Pending partner action (Draft)');
  },

  'Of two tabs that price the same offer the second is shown both versions': async stage => {
    const isv = await stage.signedIn('isv');
    await act.offerToPartner(isv, 'Two partner tabs', { month: '2024-11' }, { [PRO]: '20' });
    const first = await stage.signedIn('partner');
    const second = await stage.signedIn('partner-manager');
    await act.priceOffer(first, 'Two partner tabs', { [PRO]: '5' });
    await act.priceOffer(second, 'Two partner tabs', { [PRO]: '7.25' });
    await act.button(first, 'Save draft').click();
    await sees(first, 'saved');
    await refused(second, 409, () => act.button(second, 'Save draft').click());
    await sees(second, '7.25', 'What you typed', 'Saved now');
    await act.link(second, 'Load the saved version').click();
    assert.equal(await act.adjustment(second, PRO).inputValue(), '5');
  },

  'What was withdrawn while its partner was pricing it is gone, with a page that says so': async stage => {
    const isv = await stage.signedIn('isv');
    const id = await act.offerToPartner(isv, 'Taken away', { month: '2024-12' }, { [PRO]: '20' });
    const partner = await stage.signedIn('partner');
    await act.priceOffer(partner, 'Taken away', { [PRO]: '5' });
    await act.link(isv, 'Withdraw').click();
    await act.button(isv, 'Request withdraw').click();
    assert.equal(await act.openOffer(isv, 'Taken away'), 'Draft');
    await refused(partner, 404, () => act.button(partner, 'Save draft').click());
    await absent(partner, `/partner/offers/${id}`);
  },

  'An expired offer can be read by its customer and accepted by nobody': async stage => {
    const page = await stage.signedIn('customer');
    await navigate(page, 'Private offers');
    await page.getByRole('navigation', { name: 'Filter by status' })
      .getByRole('link', { name: /^Expired/ }).click();
    await page.locator('a.name').first().click();
    assert.equal(await statusOf(page), 'Expired');
    assert.equal(await act.button(page, 'Accept offer').count(), 0);
    const csrf = await page.locator('input[name=csrf]').first().inputValue();
    const answer = await page.context().request.post(`/customer/offers/${act.offerId(page)}/accept`,
      { form: { csrf, rev: '1', 'price-digest': '0' } });
    assert.equal(answer.status(), 409);
    await page.reload();
    assert.equal(await statusOf(page), 'Expired');
  },

  'An overlapping offer is refused at submission, with a link to the one in its way': async stage => {
    const isv = await stage.signedIn('isv');
    await act.offerToPartner(isv, 'First in time', { month: '2025-01' }, { [PRO]: '20' });
    await act.newDraft(isv, 'Second in time');
    await act.fillTerms(isv, { month: '2025-01' });
    await act.addPlans(isv, [PRO]);
    await isv.getByLabel(`Discount % for ${PRO}`).fill('5');
    await refused(isv, 422, () => act.button(isv, 'Save and continue').click());
    await sees(isv, '“First in time” already covers Ledgerline, Pro for this customer');
    await act.link(isv, 'Open that offer').click();
    await isv.getByRole('heading', { level: 1, name: 'First in time' }).waitFor();
    assert.equal(await statusOf(isv), 'Pending partner action');
  },

  'An account that is not eligible gets one answer, whatever the reason; so does a partner who cannot sell': async stage => {
    const page = await stage.signedIn('isv');
    await act.newDraft(page, 'Eligibility');
    const said = [];
    for (const account of ['8123456', '999999999999', '00000000-0000-4000-8000-000000000000']) {
      await page.getByLabel('Customer billing account ID').fill(account);
      await act.button(page, 'Check eligibility').click();
      await page.getByText('Not eligible', { exact: true }).waitFor();
      said.push((await page.locator('#s-customer .badge').innerText()).trim());
    }
    assert.equal(new Set(said).size, 1);
    await page.getByLabel('Customer billing account ID').fill(act.LARKSPUR);
    await act.button(page, 'Check eligibility').click();
    await page.getByText('Eligible', { exact: true }).waitFor();
    await seesNot(page, 'Larkspur');
    for (const [seller, words] of [['90417728', /tax profile/], ['90417729', /tax profile/],
      ['90417001', /own seller ID/], ['11111111', /No selling partner/]]) {
      await page.getByLabel('Seller ID').fill(seller);
      await refused(page, 422, () => act.button(page, 'Add partner').click());
      await sees(page, words);
      assert.equal(await page.getByLabel('Seller ID').inputValue(), seller);
    }
  },

  'Somebody signed out is led to sign in, and back to where they wanted to be': async stage => {
    const page = await stage.signedInAlone('isv');
    await page.goto('/isv/offers?status=draft');
    const wanted = page.url();
    await signOut(page);
    await page.goto(wanted);
    await sees(page, 'Sign in to Tripact');
    await fillSignIn(page, 'isv');
    await page.getByLabel(/^Account menu/).waitFor();
    assert.equal(page.url(), wanted);
  },
};

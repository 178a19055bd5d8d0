/*
 * documents.journey.mjs: terms documents of both sellers from the ISV's draft to the customer's
 * acceptance and its printed record, and out of sight when the offer is withdrawn.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as act from './acts.mjs';
import { press, refused, sees, seesNot } from './harness.mjs';
import { pdf } from './pdf.mjs';

export const now = '2023-10-16';

const PRO = 'Ledgerline, Pro';

const choose = (page, name, buffer) => page.getByLabel('Terms and conditions PDF')
  .setInputFiles({ name, mimeType: 'application/pdf', buffer });

const add = async (page, name, buffer, called) => {
  await choose(page, name, buffer);
  if (called) await page.getByLabel('Customer-facing document name').fill(called);
  await press(page, act.button(page, 'Add terms and conditions'));
};

const fetched = async (page, name) => {
  const href = await act.link(page, name).first().getAttribute('href');
  const answer = await page.context().request.get(href);
  return { href, status: answer.status(), headers: answer.headers(), body: await answer.body() };
};

export const tests = {
  'Terms go with the offer: added, replaced, removed, read by everybody in the deal and agreed to one by one': async stage => {
    const name = 'Terms go along';
    const page = await stage.signedIn('isv');
    await act.newDraft(page, name);
    await act.fillTerms(page, { month: '2025-04' });
    await act.addPlans(page, [PRO]);
    await page.getByLabel(`Discount % for ${PRO}`).fill('20');
    await page.getByLabel('Sales note').fill('kept while uploading');
    await add(page, 'terms.pdf', pdf('one'), 'Terms of use');
    assert.equal(await page.getByLabel('Sales note').inputValue(), 'kept while uploading');
    await sees(page, 'Terms of use', '1 of 5 used');
    await add(page, 'Data protection.pdf', pdf('two'));
    await sees(page, 'Data protection', '2 of 5 used');

    await choose(page, 'again.pdf', pdf('three'));
    await page.getByLabel('Customer-facing document name').fill('  TERMS   of use ');
    await refused(page, 422, () => press(page, act.button(page, 'Add terms and conditions')));
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Customer-facing document name').fill('');
    for (const [file, bytes] of [['letter.pdf', Buffer.from('Dear customer')],
      ['script.pdf', pdf('s', '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>')]]) {
      await choose(page, file, bytes);
      await refused(page, 422, () => press(page, act.button(page, 'Add terms and conditions')));
    }
    await sees(page, '2 of 5 used');

    await choose(page, 'new.pdf', pdf('four'));
    await press(page, page.getByRole('button', { name: /^Replace Terms of use/ }));
    assert.deepEqual((await fetched(page, 'Terms of use')).body, pdf('four'));
    await press(page, page.getByRole('button', { name: /^Remove Data protection/ }));
    /* A chosen file is never lost, whatever button is pressed. */
    await choose(page, 'Service levels.pdf', pdf('five'));
    await press(page, act.button(page, 'Save draft'));
    await sees(page, 'Service levels', '2 of 5 used');

    await act.submit(page);
    assert.equal(await act.openOffer(page, name), 'Pending partner action');
    const partner = await stage.signedIn('partner');
    await act.openOffer(partner, name);
    const seen = await fetched(partner, 'Terms of use');
    assert.equal(seen.status, 200);
    assert.deepEqual(seen.body, pdf('four'));
    assert.match(seen.headers['content-disposition'], /^attachment/);
    assert.match(seen.headers['content-security-policy'], /sandbox/);

    const address = await act.extendOffer(partner, name, { [PRO]: '10' });
    const customer = await stage.signedIn('customer');
    assert.equal((await customer.context().request.get(seen.href)).status(), 200);
    await customer.goto(address);
    await customer.getByLabel('Terms of use').check();
    await refused(customer, 422, () => press(customer, act.button(customer, 'Accept offer')));
    await customer.getByLabel('Terms of use').check();
    await customer.getByLabel('Service levels').check();
    await press(customer, act.button(customer, 'Accept offer'));
    await sees(customer, 'Accepted');
  },

  'The record of the acceptance fits A4 and holds the hash of each file as it is downloaded': async stage => {
    const page = await stage.signedIn('customer');
    await act.openOffer(page, 'Terms go along');
    await press(page, act.link(page, 'Print record'));
    await sees(page, 'Record of acceptance', /TPA-[0-9A-Z]{5}-[0-9A-Z]{5}/, 'Accepted byBilling owner', '16 Oct 2023, ',
      'Halden Cloud Partners', 'Brightwater Software', '1-year, one payment upfront', '$1,056.00',
      'use your browser’s Print');
    for (const name of ['Terms of use', 'Service levels']) {
      const { status, body } = await fetched(page, name);
      assert.equal(status, 200);
      const printed = await page.getByRole('listitem')
        .filter({ has: act.link(page, name) }).locator('code').innerText();
      assert.equal(printed, createHash('sha256').update(body).digest('hex'));
    }
    /* on paper: the same words without what only a screen needs, none of them cut off */
    await page.setViewportSize({ width: 688, height: 1000 }); /* A4 less its margins */
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    for (const shown of ['Record of acceptance', 'Terms and conditions'])
      assert.ok(await page.getByRole('heading', { name: shown }).isVisible());
    for (const gone of [page.getByRole('banner'), page.getByRole('navigation'), page.locator('.btn'),
      page.getByText('use your browser’s Print')])
      for (const part of await gone.all()) assert.ok(!await part.isVisible());
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 688);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
    const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const sheets = [...paper.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/g)];
    assert.ok(sheets.length >= 1 && sheets.length <= 2, `${sheets.length} sheets`);
    for (const [, width, height] of sheets)
      assert.deepEqual([Math.round(width), Math.round(height)], [595, 842]);
  },

  'A withdrawn offer takes its documents out of everybody else’s sight': async stage => {
    const name = 'Terms taken back';
    const page = await stage.signedIn('isv');
    await act.newDraft(page, name);
    await act.fillTerms(page, { month: '2025-07' });
    await act.addPlans(page, ['Harbor Ingest, Base']);
    await page.getByLabel('Discount % for Harbor Ingest, Base').fill('5');
    await add(page, 'terms.pdf', pdf('six'), 'Base terms');
    await act.submit(page);
    await act.openOffer(page, name);
    const { href } = await fetched(page, 'Base terms');
    const partner = await stage.signedIn('partner');
    const other = await stage.signedIn('partner2');
    assert.equal((await partner.context().request.get(href)).status(), 200);
    assert.equal((await other.context().request.get(href)).status(), 404);
    await press(page, act.link(page, 'Withdraw'));
    await press(page, act.button(page, 'Request withdraw'));
    assert.equal((await partner.context().request.get(href)).status(), 404);
    assert.equal((await page.context().request.get(href)).status(), 200);
  },

  'A selling partner adds terms of its own and asks for a price: the customer agrees to both, the ISV learns of neither': async stage => {
    const name = 'Terms of two';
    const page = await stage.signedIn('isv');
    await act.newDraft(page, name);
    await act.fillTerms(page, { month: '2025-06' });
    await act.addPlans(page, [PRO]);
    await act.configurePrice(page, PRO, { '1-month, paid monthly': '95.00' });
    await add(page, 'terms.pdf', pdf('seven'), 'Terms of use');
    await act.submit(page);
    assert.equal(await act.openOffer(page, name), 'Pending partner action');
    const address = page.url();

    const partner = await stage.signedIn('partner');
    await act.priceOffer(partner, name, {});
    await sees(partner, '1 of 5 used', 'Terms of use');
    await choose(partner, 'resale.pdf', pdf('eight'));
    await partner.getByLabel('Customer-facing document name').fill('terms of USE');
    await refused(partner, 422, () => press(partner, act.button(partner, 'Add terms and conditions')));
    assert.equal(await partner.getByLabel('Prepared by').inputValue(), 'deals@halden.example');
    await add(partner, 'resale.pdf', pdf('eight'), 'Terms of resale');
    await sees(partner, '2 of 5 used');
    assert.equal(await act.button(partner, 'Remove Terms of use').count(), 0);
    assert.equal(await act.button(partner, 'Remove Terms of resale').count(), 1);

    const wanted = partner.getByLabel(`Desired customer price for ${PRO}`, { exact: true });
    await partner.getByLabel(`Price point of the desired price for ${PRO}`).selectOption('1-month, paid monthly');
    await wanted.fill('94.99');
    await refused(partner, 422, () => press(partner, act.button(partner, 'Recalculate')));
    await sees(partner, 'Enter the partner price, $95.00, or more');
    await wanted.fill('105.00');
    await press(partner, act.button(partner, 'Recalculate'));
    assert.equal(await act.adjustment(partner, PRO).inputValue(), '10.52631579');
    assert.equal(await wanted.inputValue(), '');
    await sees(partner, '10.52631579% gives $105.00, as you wanted');
    await act.submit(partner);
    const link = await act.acceptanceLink(partner);

    await page.goto(address);
    await act.settled(page);
    await seesNot(page, /resale/i, '10.52631579', '105.00');
    const customer = await stage.signedIn('customer');
    await customer.goto(link);
    await customer.getByLabel('Terms of use').check();
    await customer.getByLabel('Terms of resale').check();
    await press(customer, act.button(customer, 'Accept offer'));
    await sees(customer, 'Accepted', '$105.00');
  },
};

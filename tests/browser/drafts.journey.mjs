/*
 * drafts.journey.mjs: an ISV's draft: saved however unfinished it is, refused only for what cannot be
 * read, with everything typed still there.
 */
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { judgeSummary } from './audit.mjs';
import { documentOf, navigate, refused, sees, textOf } from './harness.mjs';

export const now = '2023-10-16';

const PRO = 'Ledgerline, Pro';

/* Every value in the form, as it would be sent. */
const values = page => page.locator('form[data-guard]').evaluate(form =>
  Object.fromEntries([...new FormData(form)].filter(([name]) => !['csrf', 'once', 'rev'].includes(name))));

export const tests = {
  'Save draft keeps an empty form, and a half-filled one, without a complaint': async stage => {
    const page = await stage.signedIn('isv');
    await act.newDraft(page, 'Unfinished');
    await act.button(page, 'Save draft').click();
    await sees(page, 'Draft saved');
    await page.getByLabel('Sales note').fill('half');
    await page.getByLabel('Specific month').check();
    await act.button(page, 'Save draft').click();
    await sees(page, 'Draft saved');
    assert.equal(await page.getByLabel('Sales note').inputValue(), 'half');
    assert.ok(await page.getByLabel('Specific month').isChecked());
    await act.addPlans(page, [PRO]);
    await act.button(page, 'Save draft').click();
    await sees(page, 'Draft saved');
    assert.doesNotMatch(await page.title(), /^Error/);
  },

  'What cannot be read is refused beside its field, and every value comes back byte for byte': async stage => {
    const page = await stage.signedIn('isv');
    await act.newDraft(page, 'Malformed');
    await act.addPlans(page, [PRO]);
    await page.getByLabel('Private offer name').fill('  <b>50% & "more" ');
    await page.getByLabel('Customer billing account ID').fill('not an id');
    await page.getByLabel('Customer label').fill('  spaces,  kept 漢字 ');
    await page.getByLabel('Description').fill('\n\ta tab & <i>lines</i>\n\n  end \n');
    await page.getByLabel('Seller ID').fill('12-34');
    await page.getByLabel('Notification contacts').fill('good@demo.example\nnot an address\n');
    await page.getByLabel('Sales note').fill('write to me@demo.example');
    await page.getByLabel(`Discount % for ${PRO}`).fill(' 12,5.x% ');
    const typed = await values(page);
    await refused(page, 422, () => act.button(page, 'Save draft').click());
    assert.deepEqual(await values(page), typed);
    const problems = await judgeSummary(page);
    assert.equal(problems.length, 6, problems.join('\n'));
    await sees(page, 'Line 2 is not an email address');

    const other = await stage.signedIn('isv');
    await other.goto(page.url());
    assert.equal(await other.getByLabel('Private offer name').inputValue(), 'Malformed');
    assert.equal(await other.getByLabel('Customer label').inputValue(), '', 'a refused form saves nothing');
  },

  'Save and continue saves, then shows everything that is missing at once': async stage => {
    const page = await stage.signedIn('isv');
    await act.newDraft(page, 'All at once');
    await page.getByLabel('Sales note').fill('saved anyway');
    await refused(page, 422, () => act.button(page, 'Save and continue').click());
    const problems = await judgeSummary(page);
    for (const words of [/billing account/i, /selling partner|seller ID/i, /prices start|start date/i,
      /prices end|end date/i, /accept/i, /product/i])
      assert.ok(problems.some(problem => words.test(problem)), `${words} in ${problems.join(' | ')}`);
    const other = await stage.signedIn('isv');
    await other.goto(page.url());
    assert.equal(await other.getByLabel('Sales note').inputValue(), 'saved anyway');
  },

  'Dates that contradict each other name the other date': async stage => {
    const page = await stage.signedIn('isv');
    await act.newDraft(page, 'Contradiction');
    await act.fillTerms(page, { month: '2024-02', endMonth: '2024-01', acceptBy: '2023-10-15' });
    await refused(page, 422, () => act.button(page, 'Save and continue').click());
    await judgeSummary(page);
    await sees(page, '1 Feb 2024', 'today, 16 Oct 2023, or later');
  },

  'A row goes when it is removed, and an absolute price without figures is asked for': async stage => {
    const page = await stage.signedIn('isv');
    await act.newDraft(page, 'Rows');
    await act.addPlans(page, [PRO, 'Harbor Ingest, Ops']);
    await page.getByLabel('Price type for Harbor Ingest, Ops').selectOption('Absolute price');
    await act.button(page, 'Configure price for Harbor Ingest, Ops').click();
    await page.getByLabel('Absolute price for Harbor Ingest, Ops, Monthly fee').fill('1.234');
    await refused(page, 422, () => act.button(page, 'Save').click());
    assert.ok((await judgeSummary(page)).length > 0);
    assert.equal(await page.getByLabel('Absolute price for Harbor Ingest, Ops, Monthly fee').inputValue(), '1.234');
    await act.link(page, 'Back').click();
    await act.button(page, `Remove ${PRO}`).click();
    await act.button(page, `Remove ${PRO}`).waitFor({ state: 'detached' });
    assert.equal(await act.button(page, 'Remove Harbor Ingest, Ops').count(), 1);
    await act.button(page, 'Add offer').click();
    await page.getByRole('checkbox', { name: PRO, exact: true }).waitFor();
    assert.equal(await page.getByRole('checkbox', { name: 'Harbor Ingest, Ops', exact: true }).count(), 0);
    const all = await textOf(page);
    for (const hidden of ['Internal', 'BYOL', 'AppSource']) assert.ok(!all.includes(hidden), hidden);
    await refused(page, 422, () => act.button(page, 'Add').click());
    await sees(page, 'Select at least one plan');
  },

  'An offer holds ten products: the eleventh is refused': async stage => {
    /* The demo catalogue has fewer plans than that. */
    for (let extra = 1; extra <= 6; extra++) {
      stage.market.ask(`INSERT INTO plan (product, id, name, name_fold, description, visibility, published, model,
        trial_months, min_users, max_users, saving_1y_e8, saving_3y_e8) SELECT p.product, 'extra-${extra}', 'Extra ${extra}',
        'extra ${extra}', p.description, p.visibility, p.published, p.model, p.trial_months, p.min_users,
        p.max_users, p.saving_1y_e8, p.saving_3y_e8 FROM plan p JOIN product ON product.id = p.product
        WHERE p.name = 'Base' AND product.name = 'Harbor Ingest';
        INSERT INTO price_point (product, plan, id, position, kind, term_months, payment_months, name,
        vcpu, amount) SELECT c.product, 'extra-${extra}', c.id, c.position, c.kind,
        c.term_months, c.payment_months, c.name, c.vcpu, c.amount FROM price_point c
        JOIN plan p ON p.product = c.product AND p.id = c.plan JOIN product ON product.id = p.product
        WHERE p.name = 'Base' AND product.name = 'Harbor Ingest';`);
    }
    const page = await stage.signedIn('isv');
    await act.newDraft(page, 'Eleven');
    await act.button(page, 'Add offer').click();
    const whole = page.getByRole('checkbox', { name: /All plans of/ }).first();
    const plans = page.getByRole('checkbox').and(page.locator(':not([value$="/"])'));
    assert.equal(await plans.count(), 10);
    for (let i = 0; i < 10; i++) await plans.nth(i).check();
    await whole.check();
    await refused(page, 422, () => act.button(page, 'Add').click());
    await sees(page, 'up to 10 products');
    assert.equal(await page.getByRole('checkbox', { checked: true }).count(), 11);
    await whole.uncheck();
    await act.button(page, 'Add').click();
    await act.button(page, 'Save draft').waitFor();
    assert.equal(await page.getByRole('button', { name: /^Remove .*, / }).count(), 10);
    assert.equal(await act.button(page, 'Add offer').count(), 0);
  },

  'A draft is deleted after one confirmation, and then it is nowhere': async stage => {
    const page = await stage.signedIn('isv');
    await act.newDraft(page, 'To be deleted');
    const id = act.offerId(page);
    await act.openOffer(page, 'To be deleted');
    await act.link(page, 'Delete').click();
    await act.link(page, 'Keep the draft').click();
    assert.equal(await act.openOffer(page, 'To be deleted'), 'Draft');
    await act.link(page, 'Delete').click();
    await act.button(page, 'Confirm').click();
    await navigate(page, 'Private offers');
    assert.equal(await act.link(page, 'To be deleted').count(), 0);
    await refused(page, 404, () => page.goto(`/isv/offers/${id}`));
  },

  'Of two tabs the second to save is shown what it typed beside what is saved': async stage => {
    const first = await stage.signedIn('isv');
    await act.newDraft(first, 'Two tabs');
    const second = await stage.signedIn('isv-manager');
    await second.goto(first.url());
    await first.getByLabel('Sales note').fill('from the first');
    await second.getByLabel('Sales note').fill('from the second');
    await second.getByLabel('Customer label').fill('only the second');
    await act.button(first, 'Save draft').click();
    await sees(first, 'Draft saved');
    await refused(second, 409, () => act.button(second, 'Save draft').click());
    await sees(second, 'from the first', 'from the second', 'only the second', 'What you typed');
    assert.equal(documentOf(second).status(), 409);
    await act.link(second, 'Load the saved version').click();
    assert.equal(await second.getByLabel('Sales note').inputValue(), 'from the first');
    assert.equal(await second.getByLabel('Customer label').inputValue(), '');
  },

  'A form that is sent twice makes one offer': async stage => {
    const page = await stage.signedIn('isv');
    await navigate(page, 'Private offers');
    await act.link(page, 'New private offer').click();
    const form = await page.locator('form[data-guard]').evaluate(element =>
      Object.fromEntries(new FormData(element)));
    const send = () => page.context().request.post('/isv/offers/new',
      { form: { ...form, name: 'Sent twice', pricing: 'editExistingOfferPricingOnly' }, maxRedirects: 0, headers: { Origin: stage.market.address } });
    const answers = [await send(), await send()];
    assert.deepEqual(answers.map(answer => answer.status()), [303, 303]);
    assert.equal(answers[0].headers().location, answers[1].headers().location);
    await navigate(page, 'Private offers');
    assert.equal(await act.link(page, 'Sent twice').count(), 1);
  },
};

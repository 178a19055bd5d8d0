/*
 * operator.journey.mjs: the operator changes a role, a fact and the fee; each counts at once, for
 * those it is about, and stands in the audit log with what it was before.
 */
import assert from 'node:assert/strict';
import * as act from './acts.mjs';
import { fillSignIn, navigate, press, refused, row, sees } from './harness.mjs';

export const now = '2023-10-16';
export const alone = true;

const ISV = 'Brightwater Software';
const SECRET = 'a-first-word-2026';

const account = async operator => {
  await press(operator, operator.getByRole('navigation', { name: 'Main', exact: true })
    .getByRole('link', { name: 'Accounts', exact: true }));
  await press(operator, act.link(operator, ISV));
};

const setRole = async (operator, person, role) => {
  await account(operator);
  await operator.getByLabel('Person', { exact: true }).selectOption(person);
  await operator.getByLabel('Role', { exact: true }).selectOption(role);
  await press(operator, operator.getByRole('button', { name: /^Set role/ }));
  await sees(operator, 'Role set.');
};

const logged = async (operator, words) => {
  await navigate(operator, 'Audit log');
  await sees(operator, words);
};

export const tests = {
  'A role is changed, and counts at once': async stage => {
    const operator = await stage.signedIn('operator');
    const developer = await stage.signedInAlone('isv-developer');
    await developer.goto('/isv/offers/new');
    await setRole(operator, 'Developer, isv-developer@demo.example', 'Marketer');
    await refused(developer, 403, () => developer.goto('/isv/offers/new'));
    await setRole(operator, 'Developer, isv-developer@demo.example', 'No access');
    await developer.goto('/isv');
    await developer.getByRole('heading', { name: 'Sign in' }).waitFor();
    await logged(operator, 'Role of Developer: Developer → Marketer');
    await sees(operator, 'Role of Developer: Marketer → No access');
  },

  'A person is added, signs in, and is told nothing twice': async stage => {
    const operator = await stage.signedIn('operator');
    await account(operator);
    await operator.getByLabel('Email', { exact: true }).fill('new@demo.example');
    await operator.getByLabel('Full name').fill('Nova Reed');
    await operator.getByLabel('Role of the new person').selectOption('Manager');
    await operator.getByLabel('First password').fill(SECRET);
    await press(operator, act.button(operator, 'Add person'));
    await sees(operator, 'Person added.', 'Nova Reed added: Manager');
    assert.ok(!(await operator.content()).includes(SECRET));
    const manager = await stage.stranger();
    await manager.goto('/login');
    await fillSignIn(manager, 'new', SECRET);
    await navigate(manager, 'Account');
    await sees(manager, ISV, 'Nova Reed');
  },

  'A fact is changed, and its owner reads what it keeps from doing': async stage => {
    const operator = await stage.signedIn('operator');
    await account(operator);
    await operator.getByLabel('Enrolled in the marketplace').selectOption('No');
    await press(operator, act.button(operator, 'Save facts'));
    await sees(operator, 'Facts saved.', 'Enrolled in the marketplace: Yes → No');
    const isv = await stage.signedIn('isv');
    await navigate(isv, 'Account');
    await sees(isv, 'enrolled');
    await logged(operator, 'Enrolled in the marketplace: Yes → No');
  },

  'The fee is changed, shown, and told with what it was': async stage => {
    const operator = await stage.signedIn('operator');
    await navigate(operator, 'Settings');
    await operator.getByLabel('Agency fee %').fill('101');
    await refused(operator, 422, () => act.button(operator, 'Save settings').click());
    await sees(operator, 'Enter a percentage from 0 to 100');
    await operator.getByLabel('Agency fee %').fill('2.5');
    await press(operator, act.button(operator, 'Save settings'));
    await sees(operator, 'Settings saved.');
    await navigate(operator, 'Home');
    await sees(operator, '2.5%');
    await logged(operator, 'Agency fee: 3% → 2.5%');
    await operator.getByLabel('Email of who did it').fill('operator@demo.example');
    await press(operator, act.button(operator, 'Search'));
    await row(operator, 'Agency fee: 3% → 2.5%', 'Operator').waitFor();
    const isv = await stage.signedIn('isv');
    await isv.getByLabel(/^Account menu/).click();
    await press(isv, act.link(isv, 'Help'));
    await sees(isv, 'An agency fee on the partner price');
  },
};

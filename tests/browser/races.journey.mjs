/*
 * races.journey.mjs: two hundred withdrawals against acceptances, each pair sent at the same moment
 * through nginx (LAW 6.1: exactly one of two simultaneous events succeeds).
 *
 * One offer is made by its parties; the store copies it, as if they had made two hundred of it.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as act from './acts.mjs';
import { copyOffer } from './copies.mjs';
import { repository } from './market.mjs';
import { hiddenFields } from './visitor.mjs';

export const now = '2023-10-16';
export const alone = true; /* its offers sell the same in the same months */

const PRO = 'Ledgerline, Pro';
const RACES = 200;
const AT_ONCE = 8; /* pairs in flight: the worst case is not a quiet machine */

/* One race: both read their page, then both act. Answers the two statuses. */
const race = async (partner, customer, id) => {
  const withdraw = `/partner/offers/${id}/withdraw`;
  const accept = `/customer/offers/${id}/accept`;
  const [asked, offered] = await Promise.all([partner.get(withdraw), customer.get(`/customer/offers/${id}`)]);
  const forms = [hiddenFields(await asked.text(), withdraw), hiddenFields(await offered.text(), accept)];
  const answers = await Promise.all([
    partner.post(withdraw, { form: forms[0], maxRedirects: 0 }),
    customer.post(accept, { form: forms[1], maxRedirects: 0 }),
  ]);
  return answers.map(answer => answer.status());
};

export const tests = {
  'Of two hundred withdrawals against acceptances each leaves one consistent offer': async stage => {
    const isv = await stage.signedIn('isv');
    const id = await act.offerToPartner(isv, 'Raced', { month: '2023-11' }, { [PRO]: '20' });
    await act.extendOffer(await stage.signedIn('partner'), 'Raced', { [PRO]: '5' });
    const { market } = stage;
    const ids = copyOffer(market, id, RACES);
    assert.equal(ids.length, RACES);

    const partner = (await stage.signedIn('partner')).context().request;
    const customer = (await stage.signedIn('customer')).context().request;
    const outcome = new Map();
    const waiting = [...ids];
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      for (let next = waiting.pop(); next; next = waiting.pop())
        outcome.set(next, await race(partner, customer, next));
    }));

    const stored = new Map(market.ask(`SELECT o.id, o.state,
      (SELECT COUNT(*) FROM acceptance a WHERE a.offer = o.id) AS acceptances,
      (SELECT COUNT(*) FROM link l WHERE l.offer = o.id AND l.dead = 0) AS links,
      (SELECT group_concat(e.kind) FROM event e WHERE e.offer = o.id) AS events
      FROM offer o WHERE o.id IN (${ids.map(one => `'${one}'`)})`).map(row => [row.id, row]));
    let accepted = 0;
    for (const one of ids) {
      const [withdraw, accept] = outcome.get(one);
      const { state, acceptances, links, events } = stored.get(one);
      const told = `${one}: withdraw ${withdraw}, accept ${accept}`;
      if (accept === 303) {
        accepted++;
        assert.equal(withdraw, 409, told);
        assert.deepEqual([state, acceptances, events], ['accepted', 1, 'accepted'], told);
      } else {
        assert.equal(withdraw, 303, told);
        assert.ok([404, 409, 410].includes(accept), told);
        assert.deepEqual([state, acceptances, links, events], ['pending_partner', 0, 0, 'taken_back'], told);
      }
    }
    assert.match(execFileSync(join(repository, 'build/tripact'), ['check'], { cwd: market.data }).toString(),
      /is sound/);
    assert.ok(accepted > 0 && accepted < RACES, `${accepted} of ${RACES} accepted: nobody raced`);
  },
};

/*
 * kill.mjs [KILLS]: the working process is killed at random moments while people draft, withdraw and
 * accept through nginx. Whatever was acknowledged is there afterwards, whatever was not is there
 * whole or not at all, nothing is accepted twice, `tripact check` finds the store sound, and a second
 * after each kill the market has answered.
 *
 * Prints "ok ..." lines, how long an answer took after a kill, and "N passed, N failed".
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { copyOffer } from '../browser/copies.mjs';
import { repository, startMarket, until } from '../browser/market.mjs';
import { hiddenFields, visitor } from '../browser/visitor.mjs';

const KILLS = Number(process.argv[2] ?? 10);
const OFFERS = 60 * KILLS;
const LIFE_MS = 900; /* at most, between an answer and the next kill */
const BACK_MS = 1000;
const NEW = '/isv/offers/new';

const market = await startMarket({ now: '2023-10-16' });
let failed = 0;
let passed = 0;
const judge = (sentence, good, told = '') => {
  if (good) passed++;
  else failed++;
  console.log(`${good ? 'ok' : 'not ok'} ${sentence}${good ? '' : `: ${told}`}`);
};

/* What was acknowledged, and how. */
const drafted = [];
const moved = new Map(); /* offer -> 'accepted' or 'pending_partner' */
const asked = new Set(); /* offers that anybody tried to move */
let over = false;

/* Asks as long as there is no answer that means something. */
const certainly = async (who, path) => {
  for (;;) {
    const answer = await who.ask(path);
    if (answer.status === 200 || over) return answer;
    await pause(20);
  }
};

const draft = async (who, number) => {
  for (let i = 0; !over; i++) {
    const page = await certainly(who, NEW);
    if (over) return;
    const name = `Draft ${number} ${i}`;
    const fields = { ...hiddenFields(page.text, NEW), name, pricing: 'editExistingOfferPricingOnly' };
    if ((await who.ask(NEW, fields)).status === 303) drafted.push(name);
  }
};

const move = async (who, offers, page, action, state) => {
  while (!over && offers.length > 0) {
    const id = offers.pop();
    const looked = await who.ask(page(id));
    /* somebody else was first, or nobody was there to answer */
    if (looked.status !== 200 || !looked.text.includes(`action="${action(id)}"`)) continue;
    asked.add(id);
    if ((await who.ask(action(id), hiddenFields(looked.text, action(id)))).status === 303) {
      if (moved.has(id)) judge('one move for each offer', false, id);
      moved.set(id, state);
    }
  }
};

try {
  const [{ id }] = market.ask(`SELECT o.id FROM offer o WHERE o.state = 'pending_acceptance'
    AND o.due_on >= '2023-10-16' AND o.billing_account IN (SELECT m.billing_account FROM billing_member m
    JOIN person p ON p.id = m.person WHERE p.email = 'customer@demo.example' AND m.role = 'owner')
    AND NOT EXISTS (SELECT 1 FROM document d WHERE d.offer = o.id) LIMIT 1`);
  const ids = copyOffer(market, id, OFFERS);
  const [isv, developer, partner, customer, contributor] = await Promise.all(
    ['isv', 'isv-developer', 'partner', 'customer', 'contributor'].map(who => visitor(market, who)));
  const accept = one => `/customer/offers/${one}/accept`;
  const withdraw = one => `/partner/offers/${one}/withdraw`;
  const work = [
    draft(isv, 1), draft(developer, 2),
    move(partner, [...ids], withdraw, withdraw, 'pending_partner'),
    move(customer, [...ids].reverse(), one => `/customer/offers/${one}`, accept, 'accepted'),
    move(contributor, [...ids].reverse(), one => `/customer/offers/${one}`, accept, 'accepted'),
  ];
  const worked = Promise.all(work);
  worked.catch(() => {}); /* told below, where the market is stopped afterwards */

  const waits = [];
  for (let kill = 1; kill <= KILLS; kill++) {
    await pause(50 + Math.random() * LIFE_MS);
    process.kill(market.worker(), 'SIGKILL');
    const began = Date.now();
    await until('an answer after a kill',
      async () => (await fetch(`${market.address}/health`).catch(() => ({ status: 0 }))).status === 200);
    waits.push(Date.now() - began);
  }
  over = true;
  await worked;

  waits.sort((one, other) => one - other);
  /* a few kills are tried where other work may take the machine for a moment: then it is the middle */
  const judged = KILLS < 100 ? waits[KILLS >> 1] : waits.at(-1);
  judge(`an answer within ${BACK_MS} ms of a kill`, waits.length === KILLS && judged <= BACK_MS, waits);
  const names = new Set(market.ask("SELECT name FROM offer WHERE state = 'draft'").map(({ name }) => name));
  const lost = drafted.filter(name => !names.has(name));
  judge(`each of ${drafted.length} drafts that were acknowledged is there`, drafted.length > 0 && lost.length === 0, lost);
  const stored = new Map(market.ask(`SELECT o.id, o.state, (SELECT group_concat(e.kind) FROM event e
    WHERE e.offer = o.id) AS events, (SELECT COUNT(*) FROM acceptance a WHERE a.offer = o.id) AS acceptances
    FROM offer o`).map(row => [row.id, row]));
  const gone = [...moved].filter(([one, state]) => stored.get(one).state !== state);
  judge(`each of ${moved.size} moves that were acknowledged is there`, moved.size > 0 && gone.length === 0, gone);
  const shapes = { accepted: 'accepted 1 accepted', pending_partner: 'pending_partner 0 taken_back',
    pending_acceptance: 'pending_acceptance 0 null' };
  const halves = ids.map(one => stored.get(one))
    .filter(row => `${row.state} ${row.acceptances} ${row.events}` !== shapes[row.state]);
  judge(`each of ${asked.size} offers that somebody moved is there whole`, halves.length === 0, JSON.stringify(halves[0]));
  /* The copies began without a history; those that nobody moved have none. */
  const untouched = new Set(ids.filter(one => stored.get(one).events === null));
  const checked = spawnSync(join(repository, 'build/tripact'), ['check'], { cwd: market.data, encoding: 'utf8' });
  const wrong = checked.stdout.split('\n').filter(line => line.startsWith('wrong: '))
    .filter(line => !untouched.has(/^wrong: it has no events: offer (\S+)$/.exec(line)?.[1]));
  judge('the store is sound, and every history in it', checked.status !== null && wrong.length === 0, wrong);
  console.log(`# ${KILLS} kills; an answer came after ${waits[KILLS >> 1]} ms in the middle, ${waits.at(-1)} ms at the worst`);
  for (const who of [isv, developer, partner, customer, contributor]) who.leave();
} finally {
  await market.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

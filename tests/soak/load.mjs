/*
 * load.mjs tsan|san: the demo market of a build with sanitizers, behind nginx, for LOAD_S seconds (120)
 * under all that happens to one: people of every hat who follow links and send forms, drafts and
 * uploads, several who accept and withdraw the same offers, sign-ins, files, mails to a server,
 * the clock that moves, reloads, metrics and backups. Then it must stop cleanly, and neither it nor
 * any command may have left a report. First the sanitizer has to show that it sees what it is for.
 *
 * Prints "ok ..." lines, what was asked of it, and "N passed, N failed".
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { copyOffer } from '../browser/copies.mjs';
import { repository, startMarket, until } from '../browser/market.mjs';
import { formsOf, oneOf, terms, wanderer } from './wanderer.mjs';

const variant = process.argv[2];
const SECONDS = Number(process.env.LOAD_S ?? 120);
const PEOPLE = ['isv', 'isv-manager', 'isv-developer', 'isv2', 'partner', 'partner-manager', 'partner2',
  'customer', 'owner2', 'contributor', 'reader', 'buyer', 'ea-admin', 'mosp', 'operator'];
const STARTED = '2023-10-16';
const REPORTED = 66; /* what a process with a report exits with */

if (!['tsan', 'san'].includes(variant)) throw new Error('use: load.mjs tsan|san');
const binary = join(repository, 'build', variant, 'tripact');
const scratch = mkdtempSync(join(tmpdir(), 'tripact-load-'));
const reports = join(scratch, 'reports');
mkdirSync(reports);
const log = `log_path=${join(reports, 'report')}`;
process.env.TSAN_OPTIONS = `${log} exitcode=${REPORTED}`;
process.env.ASAN_OPTIONS = `${log} exitcode=${REPORTED} detect_leaks=1 detect_stack_use_after_return=1`;
process.env.UBSAN_OPTIONS = `${log} exitcode=${REPORTED} print_stacktrace=1`;
process.env.BINARY = binary;

let passed = 0;
let failed = 0;
const judge = (sentence, good, told = '') => {
  if (good) passed++;
  else failed++;
  console.log(`${good ? 'ok' : 'not ok'} ${sentence}${good || told === '' ? '' : `: ${told}`}`);
};
const found = () => readdirSync(reports).map(name => readFileSync(join(reports, name), 'utf8'));

const provesItself = () => {
  const culprit = join(repository, 'build', variant, 'soak/culprit');
  const { status } = spawnSync(culprit, [variant === 'tsan' ? 'race' : 'overrun']);
  judge('a fault made on purpose is reported', status === REPORTED && found().length === 1, `exit code ${status}`);
  rmSync(reports, { recursive: true });
  mkdirSync(reports);
};

/* ---- What people do ------------------------------------------------------------------------- */

const counts = {}; /* kind -> how many were answered as hoped */
const statuses = {};
const odd = [];
let over = false;
const count = kind => { counts[kind] = (counts[kind] ?? 0) + 1; };
const heard = ({ kind, method, path, status, who, text }) => {
  statuses[status] = (statuses[status] ?? 0) + 1;
  if (status === 200 || status === 303) count(kind);
  /* 503: it is busy, and says so. 0 and 502: nobody answered. */
  if (status === 0 || (status >= 500 && status !== 503)) odd.push(`${who} ${method} ${path}: ${status} ${status === 0 ? text : ''}`);
};
const valuesOf = form => Object.fromEntries(form.fields.map(({ name, value }) => [name, value ?? '']));
const formTo = (html, action) => formsOf(html).find(form => form.action === action);
const post = async (one, html, action, changed, kind) => {
  const form = formTo(html, action);
  return form ? one.ask(action, new URLSearchParams({ ...valuesOf(form), ...changed }), kind) : null;
};
const forAsLong = async work => { while (!over) await work(); };

const wander = async one => {
  await one.signIn();
  await forAsLong(one.step);
};

const draft = async one => {
  await one.signIn();
  await forAsLong(async () => {
    const page = await one.ask('/isv/offers/new');
    const made = await post(one, page.text, '/isv/offers/new',
      { name: `Draft ${Math.random()}`, pricing: 'editExistingOfferPricingOnly' }, 'draft');
    const path = /^(\/isv\/offers\/[0-9a-f-]+)/.exec(made?.location ?? '')?.[1];
    if (!path) return void await pause(100);
    const setup = await one.ask(`${path}/setup`);
    const form = formsOf(setup.text).find(({ parts }) => parts);
    if (!form) return;
    const body = new FormData();
    for (const { name, type, value } of form.fields) {
      if (type !== 'button') body.append(name, type === 'file' ? terms() : value, ...(type === 'file' ? ['terms.pdf'] : []));
    }
    body.append('do', 'add-document');
    await one.ask(form.action, body, 'upload');
  });
};

const move = async (one, offers, page, action, kind) => {
  await one.signIn();
  while (!over && offers.length > 0) {
    const id = offers.pop();
    const looked = await one.ask(page(id));
    await post(one, looked.text, action(id), {}, kind);
  }
};

const signInAgain = async () => {
  const nobody = wanderer(address, `nobody${Math.floor(Math.random() * 1e6)}`, () => {});
  await forAsLong(async () => {
    await wanderer(address, oneOf(PEOPLE), heard).signIn();
    await nobody.signIn();
    await pause(200);
  });
};

const files = async people => {
  const paths = { isv: ['/isv/offers.csv', '/isv/products.json'], partner: ['/partner/offers.csv'] };
  for (const who of Object.keys(paths)) await people[who].signIn();
  await forAsLong(async () => {
    for (const who of Object.keys(paths))
      for (const path of paths[who]) await people[who].ask(path, undefined, 'file');
    await pause(300);
  });
};

const turnClock = async operator => {
  await operator.signIn();
  const day = new Date(`${STARTED}T00:00:00Z`);
  await forAsLong(async () => {
    await pause(4000);
    day.setUTCDate(day.getUTCDate() + 1);
    const page = await operator.ask('/operator/clock');
    const form = formTo(page.text, '/operator/clock');
    const date = form?.fields.find(({ type }) => type === 'date');
    if (date) await post(operator, page.text, '/operator/clock', { [date.name]: day.toISOString().slice(0, 10) }, 'clock');
  });
};

const tellByMail = async one => {
  const path = { isv: '/isv/notices', partner: '/partner/notices' }[one.who];
  await one.person.signIn();
  const page = await one.person.ask(path);
  await post(one.person, page.text, path, { do: 'save', arrivals: '1', reminders: '1' });
};

const metrics = market => forAsLong(() => new Promise(resolve => {
  const asked = request({ socketPath: join(market.data, 'run/metrics.sock'), path: '/metrics' }, answer => {
    answer.resume();
    answer.on('end', () => { if (answer.statusCode === 200) count('metrics'); resolve(pause(500)); });
  });
  asked.on('error', () => resolve(pause(500)));
  asked.end();
}));

const reload = (market, parent) => forAsLong(async () => {
  await pause(8000);
  const before = market.worker();
  if (over) return;
  process.kill(parent, 'SIGHUP');
  await until('another process that serves', () => market.worker() !== before, 120);
  count('reload');
});

const command = (market, words) => new Promise(resolve => {
  const child = spawn(binary, words, { cwd: market.data, stdio: ['ignore', 'pipe', 'ignore'] });
  const said = [];
  child.stdout.on('data', text => said.push(text));
  child.on('close', code => resolve({ code, said: Buffer.concat(said).toString() }));
});

const backUp = market => forAsLong(async () => {
  const file = join(scratch, 'backup.db');
  rmSync(file, { force: true });
  const { code } = await command(market, ['backup', file]);
  if (code === 0) count('backup');
  await pause(5000);
});

/* ---- The market ----------------------------------------------------------------------------- */

const freePort = () => new Promise(resolve => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

const startMailServer = async () => {
  const port = await freePort();
  const folder = join(scratch, 'mails');
  mkdirSync(folder);
  const server = spawn('/usr/bin/python3', [join(repository, 'tests/mail_server.py'), String(port), folder],
    { stdio: ['ignore', 'ignore', 'inherit'] });
  return { port, taken: () => readdirSync(folder).length, stop: () => server.kill('SIGTERM') };
};

provesItself();
const mail = await startMailServer();
const market = await startMarket({ now: STARTED,
  options: `--smtp_server=127.0.0.1:${mail.port} --smtp_security=none --metrics_socket=run/metrics.sock` });
const { address } = market;
const parent = Number(readFileSync(`/proc/${market.worker()}/stat`, 'utf8').split(' ')[3]);
try {
  const [{ id }] = market.ask(`SELECT o.id FROM offer o WHERE o.state = 'pending_acceptance'
    AND o.due_on >= '${STARTED}' AND o.billing_account IN (SELECT m.billing_account FROM billing_member m
    JOIN person p ON p.id = m.person WHERE p.email = 'customer@demo.example' AND m.role = 'owner')
    AND NOT EXISTS (SELECT 1 FROM document d WHERE d.offer = o.id) LIMIT 1`);
  const ids = copyOffer(market, id, 2000);
  const documents = market.ask('SELECT COUNT(*) AS n FROM document')[0].n;
  const person = who => wanderer(address, who, heard);
  for (const who of ['isv', 'partner']) await tellByMail({ who, person: person(who) });
  const accept = one => `/customer/offers/${one}/accept`;
  const withdraw = one => `/partner/offers/${one}/withdraw`;
  const work = Promise.all([
    ...PEOPLE.map(who => wander(person(who))),
    draft(person('isv-developer')), draft(person('isv')),
    move(person('partner'), [...ids], withdraw, withdraw, 'withdraw'),
    move(person('customer'), [...ids].reverse(), one => `/customer/offers/${one}`, accept, 'accept'),
    move(person('contributor'), [...ids].reverse(), one => `/customer/offers/${one}`, accept, 'accept'),
    signInAgain(), files({ isv: person('isv'), partner: person('partner') }),
    turnClock(person('operator')), metrics(market), reload(market, parent), backUp(market),
  ]);
  await Promise.race([pause(SECONDS * 1000), work]);
  over = true;
  await work;

  counts.mail = mail.taken();
  counts.document = market.ask('SELECT COUNT(*) AS n FROM document')[0].n - documents;
  for (const kind of ['read', 'write', 'sign-in', 'draft', 'upload', 'document', 'accept', 'withdraw', 'file', 'clock', 'metrics',
    'reload', 'backup', 'mail'])
    judge(`under load there were: ${kind}`, (counts[kind] ?? 0) > 0);
  judge('nothing was answered by a failure', odd.length === 0, `${odd.length}, among them ${odd.slice(0, 5).join('; ')}`);
  process.kill(parent, 'SIGTERM');
  await until('the end of the server', () => !existsSync(`/proc/${parent}`), 120);
  const ends = [...market.log('tripact.log').matchAll(/event=child_ended pid=\d+ exit=(-?\d+) signal=(\d+)/g)];
  const bad = ends.filter(([, code, signal]) => code !== '0' || signal !== '0');
  judge(`each of ${ends.length} processes that served ended cleanly`, ends.length > counts.reload && bad.length === 0,
    bad.map(([line]) => line).slice(0, 3).join('; '));
  /* The copies began without a history; those that nobody moved have none. */
  const wrong = (await command(market, ['check'])).said.split('\n').filter(line => line.startsWith('wrong: '))
    .filter(line => !/^wrong: it has no events: offer \S+$/.test(line) || !ids.includes(line.split(' ').at(-1)));
  judge('the store is sound', wrong.length === 0, wrong.slice(0, 5).join('; '));
} finally {
  over = true;
  await market.stop();
  mail.stop();
}
const told = found();
judge('no sanitizer has made a report', told.length === 0, `\n${told.join('\n').slice(0, 20000)}`);
rmSync(scratch, { recursive: true, force: true });
console.log(`# ${Object.entries(counts).map(([kind, n]) => `${n} ${kind}`).join(', ')}`);
console.log(`# answers: ${Object.entries(statuses).map(([status, n]) => `${n} x ${status}`).join(', ')}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

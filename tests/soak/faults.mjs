/*
 * faults.mjs: what a machine does to a market while people use it: its disk is full, its store is
 * locked by another, unreadable in a page, may not be written, a template is gone, the clock goes back.
 * Each gives the page that says so, keeps what was typed and changes nothing, and passes by itself when
 * its cause goes: no restart. A mail server that is down: tests/mail.sh; a killed process: kill.mjs.
 *
 * Prints "ok ..." lines and "N passed, N failed".
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, closeSync, cpSync, existsSync, mkdtempSync, openSync, readFileSync, readSync, renameSync,
  rmSync, symlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { password, repository, startMarket, until } from '../browser/market.mjs';
import { hiddenFields, visitor } from '../browser/visitor.mjs';

const NEW = '/isv/offers/new';
const DISK = '12m';
const binary = join(repository, 'build/tripact');

let failed = 0;
let passed = 0;
const judge = (sentence, good, told = '') => {
  if (good) passed++;
  else failed++;
  console.log(`${good ? 'ok' : 'not ok'} ${sentence}${good ? '' : `: ${told}`}`);
};

/* The log and the templates are not on the disk that will be full. */
const beside = mkdtempSync(join(tmpdir(), 'tripact-faults-'));
const templates = join(beside, 'templates');
let ownDisk = false;
const prepare = data => {
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK},mode=0711`, 'tripact-faults', data],
    { encoding: 'utf8' });
  ownDisk = mounted.status === 0;
  if (!ownDisk) console.log(`# no disk of our own: ${mounted.stderr.trim()}`);
  symlinkSync(beside, join(data, 'log'));
  return () => {
    if (ownDisk) execFileSync('umount', [data]);
  };
};
cpSync(join(repository, 'templates'), templates, { recursive: true });

/* Modes of files hold for root too, once it may not pass over them. */
const prefix = process.getuid() === 0 ? ['setpriv', '--bounding-set', '-dac_override,-dac_read_search'] : [];
const market = await startMarket({ now: '2023-10-16', prepare, prefix, env: { TEMPLATES: templates } }).catch(error => {
  rmSync(beside, { recursive: true, force: true });
  throw error;
});
const store = join(market.data, 'tripact.db');
const log = () => market.log('tripact.log');
const status = async path => (await fetch(market.address + path)).status;
const sqlite = (...words) => execFileSync('sqlite3', ['-cmd', '.timeout 5000', store, ...words], { encoding: 'utf8' });
const check = () => spawnSync(binary, ['check'], { cwd: market.data, encoding: 'utf8' });
/* Asks nothing of the one that serves: starts another beside it, which is to fail. */
const startAnother = () => spawnSync(prefix[0] ?? binary, [...prefix.slice(1), ...(prefix.length ? [binary] : []),
  'serve', '--socket=run/other.sock', '--metrics_socket=', `--templates=${templates}`],
{ cwd: market.data, encoding: 'utf8', timeout: 20000 });

/* Everything is in the file itself, and no connection remembers a page of it. */
const settle = () => {
  sqlite('PRAGMA wal_checkpoint(TRUNCATE)');
  sqlite("UPDATE setting SET value = value WHERE name = 'clock_offset_s'");
  sqlite('PRAGMA wal_checkpoint(TRUNCATE)');
};

let drafts = 0;
/* A draft as the form sends it, under a name that nobody else has. */
const draftForm = async who => {
  const page = await who.ask(NEW);
  return { ...hiddenFields(page.text, NEW), name: `Faulty draft ${++drafts} typed by hand`,
    pricing: 'editExistingOfferPricingOnly' };
};
const stored = name => market.ask(`SELECT COUNT(*) AS n FROM offer WHERE name = '${name}'`)[0].n;

/* While a fault lasts: the form is refused with that status, nothing of it is stored, and the page
 * holds it. Answers what the page would send again. */
const refused = async (fault, who, form, wanted) => {
  const before = stored(form.name);
  const answer = await who.ask(NEW, form);
  judge(`${fault}: the page says so (${wanted})`, answer.status === wanted && answer.text.includes('</html>') &&
    (wanted !== 503 || answer.retry > 0), `${answer.status}, retry after ${answer.retry}`);
  judge(`${fault}: what was typed is on it`, answer.text.includes('Send it again') && answer.text.includes(form.name));
  judge(`${fault}: nothing is written`, stored(form.name) === before && before === 0);
  return answer.text.includes('Send it again') ? hiddenFields(answer.text, NEW) : form;
};

/* When its cause is gone: sent twice from that page, it is done once. */
const recovers = async (fault, who, form) => {
  const answers = [await who.ask(NEW, form), await who.ask(NEW, form)];
  judge(`${fault} is over: sent again from the page, and once more, it is there once`,
    answers.every(answer => answer.status === 303) && stored(form.name) === 1,
    `${answers.map(answer => answer.status)}, ${stored(form.name)} stored`);
};

const logTells = (fault, from, pattern) => {
  const lines = log().slice(from);
  judge(`${fault}: the log names the cause, and nothing that was typed`,
    pattern.test(lines) && !lines.includes('typed by hand') && !lines.includes('demo-tripact'), lines.slice(-2000));
};

const signInAs = async email => {
  const page = await fetch(`${market.address}/login`);
  const cookie = page.headers.get('set-cookie').split(';')[0];
  const { csrf } = hiddenFields(await page.text(), '/login');
  const answer = await fetch(`${market.address}/login`, { method: 'POST', redirect: 'manual', headers: { cookie },
    body: new URLSearchParams({ csrf, email, password }) });
  return { status: answer.status, text: await answer.text() };
};

const diskFull = async isv => {
  const form = await draftForm(isv);
  const from = log().length;
  const worker = market.worker();
  const filler = join(market.data, 'filler');
  const limit = size => execFileSync('prlimit', ['--pid', String(worker), `--fsize=${size}:`]);
  sqlite('PRAGMA wal_checkpoint(TRUNCATE)');
  if (ownDisk) spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4k']);
  else limit(1);
  const again = await refused('a full disk', isv, form, 503);
  judge('a full disk: reading goes on', (await isv.ask('/isv/offers')).status === 200 &&
    await status('/health') === 200);
  const signIn = await signInAs('partner@demo.example');
  judge('a full disk: signing in says so, and keeps the email alone', signIn.status === 503 &&
    signIn.text.includes('value="partner@demo.example"') && !signIn.text.includes('demo-tripact'), signIn.status);
  if (ownDisk) {
    const large = await fetch(`${market.address}/isv/offers/00000000-0000-4000-8000-000000000000/setup`, {
      method: 'POST', body: 'x'.repeat(600000),
      headers: { 'content-type': 'multipart/form-data; boundary=x', cookie: isv.cookie() } });
    const text = await large.text();
    judge('a full disk: a file that finds no room is told in our page', large.status === 503 &&
      large.headers.get('retry-after') > 0 && text.includes('Tripact</title>'), large.status);
    logTells('a full disk', from, /event=store_error .*code=13 message="database or disk is full"/);
    rmSync(filler);
  } else {
    limit('unlimited');
  }
  await recovers('a full disk', isv, again);
};

const lockedByAnother = async (isv, others) => {
  const forms = [await draftForm(isv)];
  for (const other of others) forms.push(await draftForm(other));
  const from = log().length;
  const locker = spawn('sqlite3', [store], { stdio: ['pipe', 'pipe', 'inherit'] });
  const locked = new Promise(resolve => locker.stdout.once('data', resolve));
  locker.stdin.write("BEGIN IMMEDIATE; SELECT 'locked';\n");
  await locked;
  const began = Date.now();
  const posts = [refused('a locked store', isv, forms[0], 503),
    ...others.map((other, i) => other.ask(NEW, forms[i + 1]))];
  await pause(300);
  const reads = [await status('/login'), await status('/health')];
  judge('a locked store: reading goes on at once', reads.every(read => read === 200) && Date.now() - began < 3000,
    `${reads}, ${Date.now() - began} ms`);
  const [again, ...answers] = await Promise.all(posts);
  const waited = Date.now() - began;
  judge('a locked store: all who wait to write are told within one wait',
    answers.every(answer => answer.status === 503) && waited < 9000, `${answers.map(answer => answer.status)}, ${waited} ms`);
  logTells('a locked store', from, /event=store_error .*message="database is locked"/);
  locker.stdin.end('ROLLBACK;\n');
  await new Promise(resolve => locker.once('exit', resolve));
  await recovers('a locked store', isv, again);
};

/* Writes over the page where that table or index begins; answers what puts it back. */
const corrupt = name => {
  settle();
  const [{ at, size }] = market.ask(`SELECT (rootpage - 1) * s.page_size AS at, s.page_size AS size
    FROM sqlite_schema, pragma_page_size s WHERE name = '${name}'`);
  const file = openSync(store, 'r+');
  const page = Buffer.alloc(size);
  readSync(file, page, 0, size, at);
  writeSync(file, Buffer.alloc(size, 0xa5), 0, size, at);
  return () => {
    writeSync(file, page, 0, size, at);
    closeSync(file);
  };
};

const corruptPage = async isv => {
  const form = await draftForm(isv);
  const from = log().length;
  let mend = corrupt('event');
  const again = await refused('a corrupt page', isv, form, 500);
  judge('a corrupt page: what does not need it goes on', (await isv.ask('/isv/products')).status === 200 &&
    await status('/health') === 200);
  logTells('a corrupt page', from, /event=store_error .*message="database disk image is malformed"/);
  const found = check();
  judge('a corrupt page: `tripact check` finds it',
    found.status === 1 && /wrong: |cannot be read/.test(found.stdout + found.stderr),
    `${found.status} ${found.stdout.slice(0, 300)}`);
  mend();
  await recovers('a corrupt page', isv, again);
  mend = corrupt('setting');
  const health = await fetch(`${market.address}/health`);
  judge('a corrupt page that every request needs: health says 503, pages our fault', health.status === 503 &&
    await health.text() === 'not ok\n' && await status('/login') === 500, health.status);
  mend();
  judge('mended, it answers by itself', await status('/health') === 200 && await status('/login') === 200);
};

const killed = async () => {
  const worker = market.worker();
  process.kill(worker, 'SIGKILL');
  await until('the end of the working process', () => log().includes(`event=child_ended pid=${worker} `));
};

const readOnly = async isv => {
  const form = await draftForm(isv);
  const files = ['', '-wal', '-shm'].map(ending => store + ending).filter(existsSync);
  const mode = value => files.forEach(file => chmodSync(file, value));
  const from = log().length;
  const worker = market.worker();
  mode(0o400);
  await killed();
  judge('a read-only store: another process begins to serve, and reading goes on',
    (await isv.ask('/isv/offers')).status === 200 && market.worker() !== worker &&
    await status('/health') === 200);
  const reader = market.worker();
  const again = await refused('a read-only store', isv, form, 503);
  logTells('a read-only store', from, /event=store_error .*message="attempt to write a readonly database"/);
  mode(0o600);
  /* until nginx has closed the connections it kept to the process before, that one answers on them */
  await until('the store taken up again', () => log().includes(`event=child_ended pid=${reader} `));
  await recovers('a read-only store', isv, again);
};

const missingTemplate = async isv => {
  const template = join(templates, 'offers.html');
  const worker = market.worker();
  const parent = Number(readFileSync(`/proc/${worker}/stat`, 'utf8').split(') ')[1].split(' ')[1]);
  const from = log().length;
  renameSync(template, `${template}.away`);
  judge('a missing template: what is loaded serves on', (await isv.ask('/isv/offers')).status === 200);
  process.kill(parent, 'SIGHUP');
  await until('a refused reload', () => log().slice(from).includes('event=reload_failed'));
  judge('a missing template: a reload is refused, the old process serves on', market.worker() === worker &&
    (await isv.ask('/isv/offers')).status === 200);
  const alone = startAnother();
  judge('a missing template: it does not start, and names the file', alone.status === 1 &&
    alone.stderr.includes(`event=template_refused file="${template}"`), alone.stderr.slice(-600));
  await killed();
  const waiting = isv.ask('/isv/offers');
  await until('tries to start', () => log().slice(from).split('event=start_failed').length > 3);
  renameSync(`${template}.away`, template);
  judge('a missing template is back: who waited is answered, no restart', (await waiting).status === 200);
};

/* Whether the clock goes back or all that it has stamped goes forward is the same to the program. */
const clockBack = async isv => {
  const later = seconds => market.ask(`UPDATE session
    SET created_at = created_at + ${seconds}, seen_at = seen_at + ${seconds};
    UPDATE throttle SET started_at = started_at + ${seconds}, failures = 1000`);
  const days = count => market.ask(`UPDATE setting SET value = value + ${count * 86400}
    WHERE name = 'clock_offset_s'`);
  later(20 * 60);
  judge('a clock set back 20 minutes: people stay signed in', (await isv.ask('/isv/offers')).status === 200);
  const form = await draftForm(isv);
  later(24 * 3600);
  const answer = await isv.ask(NEW, form);
  judge('a clock set back a day: sessions end, and the form waits for the sign-in', answer.status === 403 &&
    answer.text.includes(form.name), answer.status);
  const back = await visitor(market, 'isv');
  judge('nobody is locked out until the clock has caught up', (await back.ask('/isv/offers')).status === 200);
  /* the market's own day */
  days(3);
  const made = await back.ask(NEW, await draftForm(back));
  days(-3);
  const [, id] = /\/offers\/([0-9a-f-]{36})/.exec(made.location);
  const page = await back.ask(`/isv/offers/${id}/setup`);
  const saved = await back.ask(`/isv/offers/${id}/setup`, { ...hiddenFields(page.text, `/isv/offers/${id}/setup`),
    name: 'Changed before it was made', do: 'save' });
  const events = market.ask(`SELECT number, at FROM event WHERE offer = '${id}' ORDER BY number`);
  judge('the market’s clock set back: what happens later stands later', made.status === 303 && saved.status === 303 &&
    events.length === 2 && events[0].at > events[1].at, `${saved.status} ${JSON.stringify(events)}`);
  judge('and its page is shown', (await back.ask(`/isv/offers/${id}`)).status === 200);
  return back;
};

try {
  const [isv, manager, developer] = await Promise.all(['isv', 'isv-manager', 'isv-developer']
    .map(who => visitor(market, who)));
  const visitors = [isv, manager, developer];
  await diskFull(isv);
  await lockedByAnother(isv, [manager, developer]);
  await corruptPage(isv);
  await readOnly(isv);
  await missingTemplate(isv);
  visitors.push(await clockBack(isv));
  const checked = check();
  judge('after all of that the store is sound, and every history in it', checked.status === 0, checked.stdout);
  for (const who of visitors) who.leave();
} finally {
  await market.stop();
  rmSync(beside, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/*
 * attack.mjs: what no browser would send, over raw sockets to nginx and tripact as `make run` starts
 * them: requests in the shapes that smuggle others, paths that leave their folder, headers that
 * pretend, everything too large, connections that hang, sessions planted and kept, files that are
 * not what they say.
 *
 * Prints "ok ..." lines and "N passed, N failed".
 */
import { pdf } from '../browser/pdf.mjs';
import { password, startMarket } from '../browser/market.mjs';
import { hiddenFields, visitor } from '../browser/visitor.mjs';
import { answersIn, exchange, hang, header } from './raw.mjs';

const market = await startMarket({ now: '2023-10-16', options: '--workers=4' });
const { port } = market;
const HOST = `127.0.0.1:${port}`;
const HANGING = 120; /* connections of each kind */
let failed = 0;
let passed = 0;
const judge = (sentence, wrong) => {
  if (wrong.length === 0) passed++;
  else failed++;
  console.log(`${wrong.length === 0 ? 'ok' : 'not ok'} ${sentence}`);
  for (const line of wrong) console.log(`    ${line}`);
};

/* What an answer of ours may say in its head, once each but for cookies. */
const HEADS = ['server', 'date', 'content-type', 'content-length', 'transfer-encoding', 'connection',
  'location', 'allow', 'retry-after', 'set-cookie', 'cache-control', 'content-disposition', 'vary',
  'content-security-policy', 'x-content-type-options', 'referrer-policy', 'cross-origin-opener-policy',
  'x-request-id', 'last-modified', 'etag', 'accept-ranges', 'keep-alive'];

/* What is wrong with an answer whatever was asked. */
const oddities = answer => [
  ...answer.headers.filter(([name]) => !HEADS.includes(name)).map(([name]) => `has a header ${name}`),
  ...answer.headers.filter(([name], i) => name !== 'set-cookie'
    && answer.headers.findIndex(([one]) => one === name) < i).map(([name]) => `has two of ${name}`),
  ...answer.headers.filter(([, value]) => /[\r\n\0]/.test(value)).map(([name]) => `${name} is broken up`),
  ...(answer.status >= 500 && answer.status !== 501 && answer.status !== 505 ? [`is a ${answer.status}`] : []),
  ...(header(answer, 'server') === 'nginx' || answer.headers.length === 0 ? [] : ['tells its server’s version']),
  ...(/nginx\/\d|SQLite format|worker_processes|event=request|root:x:|tripact\.db/.test(answer.body)
    ? ['tells what is inside'] : []),
  ...(answer.headers.length > 0 && answer.body !== '' && header(answer, 'x-content-type-options') !== 'nosniff'
    ? ['may be sniffed'] : []),
  ...([400, 403, 404, 413, 414, 415].includes(answer.status) && answer.body !== ''
    && !answer.body.includes('Tripact</title>') ? ['is no page of ours'] : []),
];

const first = async (bytes, quiet) => answersIn(await exchange(port, bytes, quiet))[0]
  ?? { status: 0, headers: [], body: '' };
const ask = (target, lines = [], method = 'GET', body = '') => first([`${method} ${target} HTTP/1.1`,
  `Host: ${HOST}`, 'Connection: close', ...lines, '', body].join('\r\n'));
const post = (target, fields, lines = []) => {
  const body = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString();
  return ask(target, ['Content-Type: application/x-www-form-urlencoded', `Origin: http://${HOST}`,
    `Content-Length: ${Buffer.byteLength(body)}`, ...lines], 'POST', body);
};
/* Each [words, answer's statuses, what to send]; the statuses and nothing odd are expected. */
const each = async (sentence, cases) => {
  const wrong = [];
  for (const [words, statuses, send] of cases) {
    const answer = await send();
    if (![statuses].flat().includes(answer.status)) wrong.push(`${words}: ${answer.status}`);
    wrong.push(...oddities(answer).map(odd => `${words}: ${odd}`));
  }
  judge(`${sentence} (${cases.length} of them)`, cases.length === 0 ? ['none'] : wrong);
};

/* --- smuggling: one request is one answer, and what hides in it is never asked ------------------ */

const HIDDEN = 'GET /help/operator HTTP/1.1\r\nHost: x\r\n\r\n';
const asksOf = route => market.log('tripact.log').split(`route=${route} `).length - 1;
const FORM = 'Content-Type: application/x-www-form-urlencoded';

const smuggling = async () => {
  const shape = (lines, body, statuses, version = 'HTTP/1.1') => [lines.join(' + ') || version, statuses,
    [`POST /login ${version}`, `Host: ${HOST}`, FORM, ...lines, '', body].join('\r\n')];
  const chunked = 'Transfer-Encoding: chunked';
  const sized = `Content-Length: ${HIDDEN.length}`;
  const cases = [
    shape([sized, chunked], `0\r\n\r\n${HIDDEN}`, 400),
    shape([chunked, 'Content-Length: 4'], `0\r\n\r\n${HIDDEN}`, 400),
    shape(['Content-Length: 0', sized], HIDDEN, 400),
    shape(['Content-Length: 0, 43'], HIDDEN, 400),
    shape(['Content-Length: +43'], HIDDEN, 400),
    shape(['Content-Length: -1'], HIDDEN, 400),
    shape(['Content-Length: 0x2b'], HIDDEN, 400),
    shape(['Content-Length: 99999999999999999999'], HIDDEN, [400, 413]),
    shape(['Content-Length: 1e3'], HIDDEN, 400),
    shape(['Transfer-Encoding: xchunked'], HIDDEN, [400, 501]),
    shape(['Transfer-Encoding: chunked, identity'], `0\r\n\r\n${HIDDEN}`, [400, 501]),
    shape(['Transfer-Encoding: identity, chunked'], `0\r\n\r\n${HIDDEN}`, [400, 501]),
    shape([chunked, chunked], `0\r\n\r\n${HIDDEN}`, [400, 501]),
    shape(['Transfer-Encoding:\tchunked', 'Content-Length: 4'], `0\r\n\r\n${HIDDEN}`, [400, 501]),
    shape(['Transfer-Encoding : chunked'], `0\r\n\r\n${HIDDEN}`, 400),
    shape(['X: y', ' folded: Transfer-Encoding: chunked'], '', [400, 403]),
    shape([chunked], `zz\r\n${HIDDEN}`, 400),
    shape([chunked], `-1\r\n${HIDDEN}`, 400),
    shape([chunked], `ffffffffffffffff1\r\n${HIDDEN}`, [400, 413]),
    shape([chunked], `0\r\n\r\n${HIDDEN}`, 400, 'HTTP/1.0'),
    shape(['Foo\0: bar'], '', 400),
    shape([`Foo: a\0${HIDDEN}`], '', 400),
    shape([' Content-Length: 43'], HIDDEN, 400),
  ];
  const before = asksOf('/help/operator');
  const wrong = [];
  for (const [words, statuses, bytes] of cases) {
    const answers = answersIn(await exchange(port, bytes));
    if (answers.length !== 1 || ![statuses].flat().includes(answers[0].status))
      wrong.push(`${JSON.stringify(words)}: ${answers.map(answer => answer.status)}`);
    wrong.push(...answers.flatMap(oddities).map(odd => `${words}: ${odd}`));
  }
  if (asksOf('/help/operator') !== before) wrong.push('a hidden request was answered');
  await ask('/help/operator');
  if (asksOf('/help/operator') !== before + 1) wrong.push('the log does not show what is asked');
  judge(`A request that hides another is refused, and the other is not asked (${cases.length} shapes)`, wrong);
};

/* Shapes that are allowed are read as one request: its form arrives whole. */
const oneForm = async () => {
  const { csrf } = hiddenFields((await ask('/login')).body, '/login');
  const page = await ask('/login');
  const cookie = `Cookie: ${header(page, 'set-cookie').split(';')[0]}`;
  const fields = new URLSearchParams({ ...hiddenFields(page.body, '/login'), email: 'a@b.example', password: 'x' }).toString();
  const half = fields.length >> 1;
  const chunks = `${half.toString(16)};ext="\r\n`.replace('"', '=1') + `${fields.slice(0, half)}\r\n`
    + `${(fields.length - half).toString(16)};a=b;c\r\n${fields.slice(half)}\r\n0\r\nTrailer: x\r\n\r\n`;
  const lines = [`Host: ${HOST}`, FORM, `Origin: http://${HOST}`, cookie, 'Connection: close'];
  const wrong = csrf ? [] : ['no form'];
  for (const [words, bytes] of [
    ['chunks with extensions and a trailer', `POST /login HTTP/1.1\r\n${lines.join('\r\n')}\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`],
    ['lines that end in LF', `POST /login HTTP/1.1\n${lines.join('\n')}\nContent-Length: ${fields.length}\n\n${fields}`],
  ]) {
    const answers = answersIn(await exchange(port, bytes));
    if (answers.length !== 1 || answers[0].status !== 422) wrong.push(`${words}: ${answers.map(({ status }) => status)}`);
  }
  judge('Chunk extensions and bare line feeds change nothing of a form', wrong);
};

/* --- paths, hosts and methods ------------------------------------------------------------------- */

const paths = () => each('A path that leaves its folder finds nothing', [
  ...['/static/../../tripact.db', '/static/../log/tripact.log', '/static/..%2f..%2ftripact.db',
    '/static/%2e%2e/%2e%2e/log/tripact.log', '/static/%2e%2e%2f%2e%2e%2frun/nginx.conf',
    '/static/%252e%252e%252f%252e%252e%252ftripact.db', '/static/..%5c..%5ctripact.db',
    '/static/....//....//tripact.db', '/static/%c0%ae%c0%ae/%c0%ae%c0%ae/tripact.db',
    '/static/%u002e%u002e/tripact.db', '/static//etc/passwd', '/static/%00', '/static/app.css%00.html',
    '/static/', '/static', '/static/errors', '/static/errors/', '/static../tripact.db', '/static.',
    '/files/../../tripact.db', '/files/..%2f..%2ftripact.db', '/files/%2e%2e%2f%2e%2e%2ftripact.db',
    '/../../../../../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/..%252f..%252fetc/passwd',
    '/tripact.db', '/log/tripact.log', '/run/nginx.conf', '/run/app.sock', '/.git/config', '/.env',
    '/isv/..;/operator', '/isv/%2e%2e/tripact.db', '/%0d%0aX-Bad:%201', '/%e2%80%ae', '/%ff%fe',
    '//evil.example/', '//evil.example/..;/', '/\\evil.example', '/%5cevil.example', '/%09/evil.example']
    .map(path => [path, [400, 403, 404, 405, 303], () => ask(path)]),
]);

/* Led to sign in and back: never to another site, never a line of its own. */
const NEXTS = ['//evil.example', '///evil.example', '/\\evil.example', '\\\\evil.example', 'https://evil.example',
  'javascript:alert(1)', 'data:text/html,x', '/\t/evil.example', '\t//evil.example', ' //evil.example',
  '/%0d%0aX-Bad: 1', '/\r\nX-Bad: 1', '/\nSet-Cookie: tripact_session=x', '/a\r\n\r\n<script>', 'evil.example',
  '/..//evil.example', '/.//evil.example', '@evil.example', '/\u2028x', '/isv@evil.example', '//evil%E3%80%82example'];

const leadsAway = answer => answer.headers.flatMap(([name, value]) =>
  /x-bad/.test(name) || (name === 'location' && !new URL(value, `http://${HOST}`).href.startsWith(`http://${HOST}/`))
    ? [`leads to ${value}`] : []);

const redirects = async () => {
  const wrong = [];
  for (const next of NEXTS) {
    const page = await ask('/login');
    const lines = [`Cookie: ${header(page, 'set-cookie').split(';')[0]}`];
    const { csrf } = hiddenFields(page.body, '/login');
    const answers = [await post('/login', { csrf, next, email: 'mosp@demo.example', password }, lines),
      await post('/preferences/theme', { csrf, next, theme: 'dark' }, lines),
      await ask(`/login?next=${encodeURIComponent(next)}`),
      await ask(`/isv/offers?q=${encodeURIComponent(next)}`),
      await ask(`/isv/offers/${encodeURIComponent(next)}`)];
    if (answers[0].status !== 303) wrong.push(`${JSON.stringify(next)}: signing in is a ${answers[0].status}`);
    wrong.push(...answers.flatMap(answer => [...leadsAway(answer), ...oddities(answer)])
      .map(odd => `${JSON.stringify(next)} ${odd}`));
  }
  judge(`Nothing that is asked for leads to another site or adds a line to a head (${NEXTS.length} ways)`, wrong);
};

const hosts = async () => {
  const line = (...lines) => first(['GET /isv/offers HTTP/1.1', ...lines, 'Connection: close', '', ''].join('\r\n'));
  await each('A host that is not ours is in no answer', [
    ['none', 400, () => line('X: y')],
    ['two', 400, () => line(`Host: ${HOST}`, 'Host: evil.example')],
    ['broken', 400, () => line('Host: evil.example/x')],
    ['an absolute target', 303, () => first(`GET http://evil.example/isv/offers HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`)],
  ]);
  const wrong = [];
  for (const lines of [['Host: evil.example'], [`Host: ${HOST}`, 'X-Forwarded-Host: evil.example', 'Forwarded: host=evil.example',
    'X-Original-URL: /operator', 'X-Rewrite-URL: /operator', 'X-HTTP-Method-Override: POST']]) {
    for (const path of ['/isv/offers', '/login', '/static/errors', '/nothing']) {
      const answer = await first([`GET ${path} HTTP/1.1`, ...lines, 'Connection: close', '', ''].join('\r\n'));
      if (JSON.stringify(answer).includes('evil.example')) wrong.push(`${lines} ${path} says it`);
    }
  }
  judge('A forwarded or foreign host stands in no page and no address', wrong);
};

const methods = () => each('A method that a page does not have is refused', [
  ...['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'TRACK', 'PROPFIND', 'CONNECT', 'DEBUG', 'get', 'GET\0']
    .map(method => [method, [400, 405], () => ask('/login', [], method)]),
  ['HTTP/0.9', [0, 400], () => first('GET /login\r\n\r\n')],
  ['HTTP/9.9', [400, 505], () => first(`GET /login HTTP/9.9\r\nHost: ${HOST}\r\n\r\n`)],
  ['a TLS hello', [400, 0], () => first(Buffer.from('16030100c6010000c20303', 'hex'))],
  ['POST to a page', 405, () => post('/isv/partners', {})],
  ['GET of a form', 405, () => ask('/logout')],
]);

/* --- headers that pretend to be parameters ------------------------------------------------------ */

const pretending = async () => {
  const page = await ask('/login');
  const cookie = `Cookie: ${header(page, 'set-cookie').split(';')[0]}`;
  const lines = [cookie, 'Remote_Addr: 203.0.113.9', 'Remote-Addr: 203.0.113.9', 'X-Forwarded-For: 203.0.113.9',
    'X-Real-IP: 203.0.113.9', 'Forwarded: for=203.0.113.9', 'Request_Id: pretended', 'Request-Id: pretended',
    'X-Request-Id: pretended', 'X_Request_Id: pretended', 'Proxy: http://203.0.113.9/', 'Https: on', 'HTTPS: on',
    'Document_Uri: /operator', 'Document-Uri: /operator', 'Request-Method: GET', 'Content_Length: 0'];
  const fields = { ...hiddenFields(page.body, '/login'), email: 'nobody@demo.example', password: 'wrong' };
  const answer = await post('/login', fields, lines);
  const subjects = market.ask('SELECT subject FROM throttle').map(({ subject }) => subject);
  judge('Headers cannot pretend to be what nginx says', [
    ...(answer.status === 422 ? [] : [`a ${answer.status}`]),
    ...(subjects.includes('address:127.0.0.1') ? [] : [`counted at ${subjects}`]),
    ...(subjects.some(subject => subject.includes('203.0.113')) ? ['counted at the address it says'] : []),
    ...(/^[0-9a-f]{32}$/.test(header(answer, 'x-request-id')) ? [] : ['its id is not nginx’s']),
    ...(market.log('tripact.log').includes('pretended') ? ['its id is in the log'] : []),
  ]);
};

/* --- too much, or malformed --------------------------------------------------------------------- */

const oversized = async isv => {
  const long = (text, count) => text.repeat(count);
  const cookie = [`Cookie: ${isv.cookie()}`];
  await each('What is too large is refused, whatever it is', [
    ['a long path', [413, 414], () => ask(`/${long('a', 600)}`)],
    ['a longer path', [414], () => ask(`/${long('a', 20000)}`)],
    ['a long query', 413, () => ask(`/login?q=${long('a', 4200)}`)],
    ['many names in a query', 400, () => ask(`/login?${long('a&', 1000)}`)],
    ['a long cookie', 413, () => ask('/login', [`Cookie: a=${long('b', 4200)}`])],
    ['a longer cookie', 400, () => ask('/login', [`Cookie: a=${long('b', 20000)}`])],
    ['a long header', 400, () => ask('/login', [`X-A: ${long('b', 20000)}`])],
    ['many headers', [400, 200], () => ask('/login', Array.from({ length: 3000 }, (_, i) => `X-${i}: ${i}`))],
    ['many cookies', [200, 413, 400], () => ask('/login', [`Cookie: ${long('a=b; ', 700)}`])],
    ['many fields', 400, () => post('/login', long('a=b&', 721))],
    ['a long field', 400, () => post('/login', `email=${long('a', 33000)}`)],
    ['a long name', 400, () => post('/login', `${long('a', 5000)}=1`)],
    ['a large body', 413, () => post('/login', `email=${long('a', 262200)}`)],
    ['a large body announced', 413, () => first(`POST /login HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 10000000000\r\n\r\n`)],
    ['a large upload announced', 413, () => ask('/isv/products/import',
      [...cookie, 'Content-Type: multipart/form-data; boundary=x', 'Content-Length: 30000000'], 'POST', '')],
  ]);
  await each('What is malformed is refused, whatever it is', [
    ['a bad escape', 400, () => post('/login', 'email=%zz')],
    ['an encoded NUL', 400, () => post('/login', 'email=%00')],
    ['no UTF-8', 400, () => post('/login', 'email=%ff%fe')],
    ['surrogates', 400, () => post('/login', 'email=%ed%a0%80')],
    ['overlong', 400, () => post('/login', 'email=%c0%af')],
    ['a bad escape in a query', 400, () => ask('/login?q=%')],
    ['a NUL in a query', 400, () => ask('/login?q=%00')],
    ['no UTF-8 in a query', 400, () => ask('/login?q=%ff')],
    ['raw bytes in a target', 400, () => first(Buffer.from(`GET /\xff\xfe HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`, 'latin1'))],
    ['another type', 415, () => ask('/login', ['Content-Type: application/json', 'Content-Length: 2'], 'POST', '{}')],
    ['no type', 415, () => ask('/login', ['Content-Length: 2'], 'POST', '{}')],
    ['parts where none may come', 415, () => ask('/login', ['Content-Type: multipart/form-data; boundary=x', 'Content-Length: 2'], 'POST', '--')],
    ['parts that do not end', 400, () => ask('/isv/products/import',
      [...cookie, `Origin: http://${HOST}`, 'Content-Type: multipart/form-data; boundary=x', 'Content-Length: 40'], 'POST',
      '--x\r\nContent-Disposition: form-data; na'.padEnd(40, 'm'))],
    ['parts without a boundary', [400, 415], () => ask('/isv/products/import',
      [...cookie, `Origin: http://${HOST}`, 'Content-Type: multipart/form-data', 'Content-Length: 2'], 'POST', '--')],
  ]);
};

/* --- sessions ----------------------------------------------------------------------------------- */

const PLANTED = 'A'.repeat(43);
const cookiesOf = answer => answer.headers.filter(([name]) => name === 'set-cookie').map(([, value]) => value);

const signIn = async (cookie, who = 'mosp') => {
  const page = await ask('/login', [`Cookie: ${cookie}`]);
  const visit = cookiesOf(page).map(set => set.split(';')[0]).find(set => set.startsWith('tripact_visit=')) ?? '';
  const answer = await post('/login', { ...hiddenFields(page.body, '/login'), email: `${who}@demo.example`, password, next: '/' },
    [`Cookie: ${cookie}; ${visit}`]);
  return { visit, answer, session: cookiesOf(answer).map(set => set.split(';')[0])
    .find(set => /^tripact_session=./.test(set)) ?? '' };
};
const isIn = async cookie => (await ask('/password', [`Cookie: ${cookie}`])).status === 200;

const sessions = async () => {
  const wrong = [];
  const planted = await signIn(`tripact_session=${PLANTED}`);
  const again = await signIn(`tripact_visit=${PLANTED}`);
  for (const [words, one] of [['a planted session', planted], ['a planted visit', again]]) {
    if (!await isIn(one.session)) wrong.push(`${words}: no sign-in: ${one.answer.status}`);
    if (one.session.includes(PLANTED)) wrong.push(`${words} became the session`);
    if (one.visit !== '' && await isIn(one.visit.replace('visit', 'session'))) wrong.push('a visit is a session');
  }
  if (await isIn(`tripact_session=${PLANTED}`)) wrong.push('the planted session is signed in');
  if (planted.session === again.session) wrong.push('two sign-ins, one session');
  if (await isIn(`${planted.session}; tripact_session=${PLANTED}`)) wrong.push('the first of two cookies counts');
  if (await isIn(`tripact_session=${PLANTED}; ${planted.session}`)) wrong.push('the last of two cookies counts');

  for (const set of cookiesOf(planted.answer)) {
    const flags = set.split('; ').slice(1).filter(flag => !flag.startsWith('Max-Age'));
    if (flags.join('; ') !== 'Path=/; HttpOnly; SameSite=Lax') wrong.push(`${set.split('=')[0]} has ${flags}`);
  }
  const page = await ask('/password', [`Cookie: ${planted.session}`]);
  const out = await post('/logout', hiddenFields(page.body, '/logout'), [`Cookie: ${planted.session}`]);
  if (out.status !== 303 || await isIn(planted.session)) wrong.push(`signed in after signing out (${out.status})`);
  if (!await isIn(again.session)) wrong.push('signing out ended another session');
  const stored = market.ask('SELECT token_hash FROM session').map(row => row.token_hash);
  if (stored.some(hash => again.session.endsWith(hash))) wrong.push('the store has the cookie itself');
  for (const hash of stored) if (await isIn(`tripact_session=${hash}`)) wrong.push('a stored digest signs in');
  if (market.log('tripact.log').includes(again.session.split('=')[1])) wrong.push('the log has a session');
  judge('A session is made at sign-in, by nobody else, and ends with it', wrong);
};

/* --- files -------------------------------------------------------------------------------------- */

const uploadOf = async (isv, id, file, bytes, type) => {
  const setup = `/isv/offers/${id}/setup`;
  const fields = { ...hiddenFields((await isv.ask(setup)).text, setup), do: 'add-document' };
  const parts = Object.entries(fields).map(([name, value]) =>
    `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('');
  const body = Buffer.concat([Buffer.from(`${parts}--x\r\nContent-Disposition: form-data; name="document"; filename="${file}"\r\n`
    + `Content-Type: ${type}\r\n\r\n`), bytes, Buffer.from('\r\n--x--\r\n')]);
  return first(Buffer.concat([Buffer.from([`POST ${setup} HTTP/1.1`, `Host: ${HOST}`, `Origin: http://${HOST}`, 'Connection: close',
    `Cookie: ${isv.cookie()}`, 'Content-Type: multipart/form-data; boundary=x', `Content-Length: ${body.length}`, '', ''].join('\r\n')), body]), 5000);
};

const files = async isv => {
  const fields = { ...hiddenFields((await isv.ask('/isv/offers/new')).text, '/isv/offers/new'), name: 'Files',
    pricing: 'editExistingOfferPricingOnly' };
  const id = /offers\/([0-9a-f-]{36})/.exec((await isv.ask('/isv/offers/new', fields)).location)[1];
  const page = '<!DOCTYPE html><script>alert(1)</script>';
  const refused = [
    ['HTML called a PDF', Buffer.from(page), 'application/pdf'],
    ['HTML behind a PDF’s first line', Buffer.from(`%PDF-1.7\n${page}`), 'application/pdf'],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'image/svg+xml'],
    ['a program', Buffer.from('7f454c4602010100', 'hex'), 'application/pdf'],
    ['nothing', Buffer.alloc(0), 'application/pdf'],
    ['a name of two lines', pdf('n'), 'application/pdf', 'x%0d%0aX-Bad: 1.pdf'],
    ['a PDF with a script', pdf('s', '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>'), 'application/pdf'],
  ];
  const wrong = [];
  for (const [words, bytes, type, name = 'terms.pdf'] of refused) {
    const answer = await uploadOf(isv, id, name, bytes, type);
    if (answer.status !== 422) wrong.push(`${words}: ${answer.status}`);
    wrong.push(...oddities(answer).map(odd => `${words}: ${odd}`));
  }
  if (market.ask(`SELECT COUNT(*) AS n FROM document WHERE offer = '${id}'`)[0].n !== 0) wrong.push('one was kept');
  judge(`A file that is no document is refused, whatever it calls itself (${refused.length} of them)`, wrong);

  const names = ['../../etc/passwd.pdf', '..\\\\..\\\\boot.pdf', 'a.pdf; filename=b.html', 'Условия “1” 🚢.pdf'];
  const odd = [];
  for (const [i, name] of names.entries()) {
    const answer = await uploadOf(isv, id, name, pdf(`mark ${i}`), 'text/html');
    if (answer.status !== 303) odd.push(`${name}: ${answer.status}`);
  }
  const stored = market.ask(`SELECT id FROM document WHERE offer = '${id}'`);
  if (stored.length !== names.length) odd.push(`${stored.length} kept`);
  for (const document of stored) {
    const answer = await ask(`/files/${document.id}`, [`Cookie: ${isv.cookie()}`]);
    const disposition = header(answer, 'content-disposition');
    if (!/^attachment; filename="[^"\\/%\r\n]+"; filename\*=UTF-8''[A-Za-z0-9%._~-]+$/.test(disposition)) odd.push(disposition);
    if (header(answer, 'content-type') !== 'application/pdf' || !/sandbox/.test(header(answer, 'content-security-policy')))
      odd.push(`${answer.status} ${header(answer, 'content-type')}`);
    odd.push(...oddities(answer), ...leadsAway(answer));
  }
  judge('A file comes back as a PDF to keep, under a name that is only a name', odd);
};

/* --- connections that hang ---------------------------------------------------------------------- */

const slow = async isv => {
  const cookie = `Cookie: ${isv.cookie()}`;
  const many = (words, bytes) => Promise.all(Array.from({ length: HANGING }, () => hang(port, bytes)))
    .then(sockets => [words, sockets]);
  const groups = await Promise.all([
    many('heads', `GET /login HTTP/1.1\r\nHost: ${HOST}\r\nX-Slow: `),
    many('bodies', `POST /login HTTP/1.1\r\nHost: ${HOST}\r\n${FORM}\r\nContent-Length: 200\r\n\r\nemail=`),
    many('chunks', `POST /login HTTP/1.1\r\nHost: ${HOST}\r\n${FORM}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nem`),
    many('uploads', `POST /isv/products/import HTTP/1.1\r\nHost: ${HOST}\r\nOrigin: http://${HOST}\r\n${cookie}\r\n`
      + 'Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000\r\n\r\n--x\r\n'),
    many('readers', `GET /isv/offers HTTP/1.1\r\nHost: ${HOST}\r\n${cookie}\r\n\r\n`.repeat(20)),
  ]);
  for (const socket of groups.at(-1)[1]) socket.pause();
  const wrong = [];
  for (let i = 0; i < 20; i++) {
    const answer = await isv.ask('/isv/offers');
    if (answer.status !== 200) wrong.push(`a page is a ${answer.status}`);
  }
  const late = await visitor(market, 'partner');
  if ((await late.ask('/partner/offers')).status !== 200) wrong.push('nobody else can sign in');
  late.leave();
  for (const socket of groups.flatMap(([, sockets]) => sockets)) socket.destroy();
  if ((await isv.ask('/isv/offers')).status !== 200) wrong.push('nothing afterwards');
  judge(`Pages go on while ${groups.length * HANGING} connections hang in their heads, bodies and answers`, wrong);
};

try {
  const isv = await visitor(market, 'isv');
  await smuggling();
  await oneForm();
  await paths();
  await redirects();
  await hosts();
  await methods();
  await pretending();
  await oversized(isv);
  await sessions();
  await files(isv);
  await slow(isv);
  const checked = await isv.ask('/isv/offers');
  judge('The same process answers as before', [
    ...(checked.status === 200 ? [] : [`a ${checked.status}`]),
    ...([...market.log('tripact.log').matchAll(/event=child_ready/g)].length === 1 ? [] : ['it was started again']),
  ]);
  isv.leave();
} finally {
  await market.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

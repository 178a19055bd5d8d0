/*
 * requests.mjs ADDRESS COOKIE PAGES: follows the links of a market from its home page, PAGES of them
 * at most, and prints a request for each query and each form it met, unless each of its names was met at
 * that address before, as a proxy would have logged them: what sqlmap reads with -l.
 *
 * Left out are one-time keys and files; a path with an id has a star behind it, where sqlmap tries
 * paths too.
 */
const [address, cookie, pages] = process.argv.slice(2);
const home = new URL('/', address);
const ID = new RegExp('[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?::[0-9a-f_-]+)?'
  + '|(?<=/(?:products|plans|accounts|billing)/)(?!(?:new|import|add|handover)\\b)[^/]+');
const decode = text => text.replace(/&#39;/g, '\'').replace(/&quot;/g, '"').replace(/&lt;/g, '<')
  .replace(/&gt;/g, '>').replace(/&amp;/g, '&');

/* Pages, or forms, that are the same but for ids and numbers. */
const kindOf = (path, names) => `${path.replace(new RegExp(ID, 'g'), '*').replace(/\d+/g, '#')}?${
  [...new Set(names.map(name => name.replace(/\d+/g, '#')))].sort().join('&')}`;

const requests = [];
const tried = new Set();
const keep = (method, url, body) => {
  const inPath = ID.test(url.pathname);
  const places = [...url.searchParams.keys(), ...body.map(([name]) => name), ...(inPath ? ['/'] : [])]
    .map(name => `${method} ${kindOf(url.pathname, [name])}`);
  if (places.every(place => tried.has(place))) return;
  for (const place of places) tried.add(place);
  const target = (inPath ? url.pathname.replace(ID, '$&*') : url.pathname) + url.search;
  const sent = new URLSearchParams(body).toString();
  requests.push([`${method} ${target} HTTP/1.1`, `Host: ${home.host}`, `Cookie: ${cookie}`,
    ...(method === 'POST' ? ['Content-Type: application/x-www-form-urlencoded'] : []),
    '', sent].join('\n'));
};

const attribute = (tag, name) => decode(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
const fieldsOf = form => [...form.matchAll(/<(input|textarea|select|button)\b[^>]*>/g)].flatMap(([tag]) => {
  const name = attribute(tag, 'name');
  if (name === '' || name === 'once' || /type="(file|radio)"/.test(tag) && attribute(tag, 'checked') !== '')
    return [];
  return [[name, attribute(tag, 'value') || '1']];
});

const seen = new Set();
const waiting = [home];
for (let asked = 0; waiting.length > 0 && asked < Number(pages); asked++) {
  const url = waiting.shift();
  const answer = await fetch(url, { headers: { cookie } });
  const text = await answer.text();
  if (answer.status !== 200 || !/text\/html/.test(answer.headers.get('content-type') ?? '')) continue;
  const links = [...text.matchAll(/<a\b[^>]*>/g)].map(([tag]) => attribute(tag, 'href'));
  for (const href of links.filter(one => one.startsWith('/') && !one.startsWith('/static/'))) {
    const next = new URL(href, home);
    next.hash = '';
    const kind = kindOf(next.pathname, [...next.searchParams.keys()]);
    if (seen.has(kind)) continue;
    seen.add(kind);
    waiting.push(next);
    keep('GET', next, []);
  }
  for (const [form] of text.matchAll(/<form\b[\s\S]*?<\/form>/g)) {
    const action = new URL(attribute(form, 'action') || url.pathname, home);
    if (action.pathname === '/logout') continue;
    const fields = fieldsOf(form);
    if (/method="post"/.test(form)) keep('POST', action, fields);
    else keep('GET', new URL(`?${new URLSearchParams(fields)}`, action), []);
  }
}

const line = '='.repeat(54);
for (const request of requests)
  console.log(`${line}\n00:00:00  ${home.origin}\n${line}\n${request}\n${line}\n\n`);

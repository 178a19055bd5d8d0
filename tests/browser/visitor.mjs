/*
 * visitor.mjs: somebody who asks a market for pages without a browser: signed in, on one kept
 * connection, one request at a time.
 */
import { Agent, request } from 'node:http';
import { password } from './market.mjs';

/* ask(path[, fields]) answers { status, location, text, us, retry }; with fields it posts them. status is 0
 * when the connection broke: then nobody knows what became of it. cookie() is what the next one
 * would send. */
export const visitor = async (market, who) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let cookie = '';
  const ask = (path, fields) => new Promise(resolve => {
    const began = process.hrtime.bigint();
    const headers = { cookie, origin: market.address };
    if (fields) headers['content-type'] = 'application/x-www-form-urlencoded';
    const broken = () => resolve({ status: 0, location: '', text: '', us: 0, retry: 0 });
    const asked = request(market.address + path, { agent, headers, method: fields ? 'POST' : 'GET' },
      answer => {
        const parts = [];
        answer.on('data', part => parts.push(part));
        answer.on('error', broken);
        answer.on('end', () => {
          for (const set of answer.headers['set-cookie'] ?? []) cookie = `${set.split(';')[0]}; ${cookie}`;
          resolve({ us: Number(process.hrtime.bigint() - began) / 1000, status: answer.statusCode,
            location: answer.headers.location ?? '', text: Buffer.concat(parts).toString(),
            retry: Number(answer.headers['retry-after'] ?? 0) });
        });
      });
    asked.on('error', broken);
    asked.end(fields ? new URLSearchParams(fields).toString() : undefined);
  });
  const { csrf } = hiddenFields((await ask('/login')).text, '/login');
  await ask('/login', { csrf, email: `${who}@demo.example`, password, next: '/' });
  return { ask, cookie: () => cookie, leave: () => agent.destroy() };
};

/* What the form to that address would send without anybody typing. */
export const hiddenFields = (html, action) => {
  const form = new RegExp(`<form[^>]*action="${action}"[\\s\\S]*?</form>`).exec(html);
  if (!form) throw new Error(`no form to ${action}`);
  return Object.fromEntries([...form[0].matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
    .map(([, name, value]) => [name, value]));
};

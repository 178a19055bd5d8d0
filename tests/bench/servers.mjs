/*
 * servers.mjs: a market as `make run` serves it, made large (fill.mjs), with the null responder
 * behind the same nginx under /null; and what is asked of it by build/normal/bench/load.
 *
 * nginx is conf/nginx.conf but for its address and its limits on sign-ins and on requests of
 * one connection, which are far away here.
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { request } from 'node:http';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { repository } from '../browser/market.mjs';
import { fill, sizesOf } from './fill.mjs';

const run = promisify(execFile);
const tool = name => join(repository, 'build/normal/bench', name);
const ours = join(repository, 'build/tripact');
const THREADS = String(Math.max(4, 2 * cpus().length)); /* as tripact's own default */
const PATH = `${process.env.PATH}:/usr/sbin:/sbin`;

const freePort = () => new Promise(resolve => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

const nginxConf = port => readFileSync(join(repository, 'conf/nginx.conf'), 'utf8')
  .replace(/listen .*;/, `listen 127.0.0.1:${port};`)
  .replace(/rate=\d+r\/m/, 'rate=60000r/m').replace('burst=200', 'burst=1000')
  .replace('upstream tripact {', `keepalive_requests 100000000;
    upstream null {
        server unix:run/null.sock;
        keepalive 128;
        keepalive_time 30s;
        keepalive_timeout 10s;
    }
    upstream tripact {`)
  .replace('location / {', `location /null {
            fastcgi_pass null;
            add_header X-Request-Id $request_id always;
        }

        location / {`);

const health = port => new Promise(resolve => {
  const asked = request({ port, path: '/health' }, answer => {
    answer.resume();
    answer.on('end', () => resolve(answer.statusCode));
  });
  asked.on('error', () => resolve(0));
  asked.end();
});

/* Private bytes of a process, in KiB. Of the store's file, which it maps shared, the kernel calls those
 * pages private that no other mapping happens to have: they are its cache. */
const privateKib = pid => readFileSync(`/proc/${pid}/smaps`, 'utf8').split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m)
  .filter(mapping => /^\S+ ...p/.test(mapping))
  .flatMap(mapping => [...mapping.matchAll(/^Private_\w+: +(\d+) kB/gm)])
  .reduce((sum, [, kib]) => sum + Number(kib), 0);

const prepare = (data, binary, offers, pools) => {
  for (const folder of ['log', 'tmp', 'www', 'run']) mkdirSync(join(data, folder), { mode: 0o711 });
  cpSync(join(repository, 'build/static'), join(data, 'www/static'), { recursive: true });
  const command = (...words) => execFileSync(binary, words, { cwd: data, stdio: 'pipe' });
  const at = [performance.now()];
  command('migrate');
  command('demo', '--now=2023-10-16');
  fill(join(data, 'tripact.db'), sizesOf(offers, pools));
  at.push(performance.now());
  command('migrate');
  at.push(performance.now());
  return { fillMs: at[1] - at[0], sealMs: at[2] - at[1] };
};

/* binary: another build to compare with. */
export const startServers = async (offers, pools, binary = ours) => {
  const data = mkdtempSync(join(tmpdir(), 'tripact-bench-'));
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const times = prepare(data, binary, offers, pools);
  const children = [];
  const start = (name, file, words) => {
    const log = openSync(join(data, 'log', `${name}.log`), 'a');
    const child = spawn(file, words, { cwd: data, stdio: ['ignore', log, log], env: { ...process.env, PATH } });
    children.push({ child, ended: new Promise(resolve => child.once('exit', resolve)) });
    return child;
  };
  writeFileSync(join(data, 'run/nginx.conf'), nginxConf(port));
  const root = process.getuid() === 0 ? ['-g', 'user root;'] : [];
  start('nginx', 'nginx', ['-p', `${data}/`, '-e', 'log/nginx-error.log', '-c', 'run/nginx.conf', ...root]);
  start('null', tool('null'), ['run/null.sock', THREADS]);
  for (let tries = 0; tries < 200 && await health(port) === 0; tries++) await pause(20);

  const began = performance.now();
  const server = start('tripact', binary, ['serve', `--config=${join(repository, 'conf/tripact.conf')}`,
    `--templates=${join(repository, 'templates')}`, `--public_address=${address}`]);
  for (let tries = 0; await health(port) !== 200; tries++) {
    if (tries > 5000) throw new Error(`no answer: ${readFileSync(join(data, 'log/tripact.log'))}`);
    await pause(1);
  }
  const startMs = performance.now() - began;

  let asked = 0;
  return {
    ...times, data, port, address, offers, startMs,
    database: join(data, 'tripact.db'),
    storeMib: statSync(join(data, 'tripact.db')).size / 1048576,
    ask: sql => JSON.parse(execFileSync('sqlite3', ['-json', '-cmd', '.timeout 5000',
      join(data, 'tripact.db'), sql], { encoding: 'utf8' }) || '[]'),
    memoryMib: () => {
      const worker = /event=child_ready pid=(\d+)/.exec(readFileSync(join(data, 'log/tripact.log'), 'utf8'))[1];
      return (privateKib(worker) + privateKib(server.pid)) / 1024;
    },
    /* Sends raw requests (GET, POST below): { rate, p50, p99, max, bytes, statuses }. */
    load: async (requests, { connections = 16, ms = 0 }) => {
      const file = join(data, 'tmp', `load-${asked++}`);
      writeFileSync(file, requests.map(text => `${Buffer.byteLength(text)}\n${text}`).join(''));
      const words = [String(port), String(connections), String(ms), file];
      const { stdout } = await run(tool('load'), ms === 0 ? [...words, 'once'] : words);
      return rated(JSON.parse(stdout));
    },
    stop: async () => {
      for (const { child } of children) child.kill('SIGTERM');
      await Promise.all(children.map(({ ended }) => ended));
    },
    remove: () => rmSync(data, { recursive: true, force: true }),
  };
};

const rated = result => ({ ...result, rate: result.requests * 1e6 / result.us });

export const acceptsInProcess = (market, callers, mode, offers) => rated(JSON.parse(
  execFileSync(tool('accepts'), [market.database, String(callers), mode], { encoding: 'utf8',
    input: offers.map(({ id, person, organisation }) => `${id} ${person} ${organisation}\n`).join('') })));

const head = (market, cookie) => `Host: 127.0.0.1:${market.port}\r\nCookie: ${cookie}\r\n`;

export const GET = (market, path, cookie = '') => `GET ${path} HTTP/1.1\r\n${head(market, cookie)}\r\n`;

export const POST = (market, path, cookie, fields) => {
  const body = new URLSearchParams(fields).toString();
  return `POST ${path} HTTP/1.1\r\n${head(market, cookie)}Origin: ${market.address}\r\n`
    + `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
};

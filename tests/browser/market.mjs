/*
 * market.mjs: a throw-away demo market for the journeys: conf/run.sh, so nginx and tripact as
 * `make run` starts them, on a free port of this machine and in a folder that goes with it.
 *
 * Not here: the browser. Invariant: what was started is stopped by its own process id.
 */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, rmSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';

export const repository = fileURLToPath(new URL('../..', import.meta.url));
export const password = 'demo-tripact-2026';

/* The cheapest hash: what is tested here is not how long a guess takes. */
const CHEAP = '--password_ops=1 --password_memory_kib=8';
const START_TRIES = 3;

const freePort = () => new Promise((resolve, reject) => {
  const server = createServer();
  server.on('error', reject);
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

/* Asks until the answer is true. The only waiting in these tests that is not the browser's own. */
export const until = async (what, ask, seconds = 30) => {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await pause(50)) {
    const answer = await ask();
    if (answer) return answer;
  }
  throw new Error(`never came: ${what}`);
};

/* prepare(data) is called before anything is in that folder, and may answer what undoes it; prefix is
 * a command to run all of it under, env what conf/run.sh is told besides. */
const launch = async ({ now, options = '', prepare = () => undefined, prefix = [], env = {} }) => {
  const data = mkdtempSync(join(tmpdir(), 'tripact-browser-'));
  const undo = prepare(data);
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`; /* no name: not every machine can look one up */
  const output = [];
  const [command, ...words] = [...prefix, join(repository, 'conf/run.sh')];
  const runner = spawn(command, words, {
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', DATA: data, NOW: now,
      ADDRESS: address,
      OPTIONS: `${CHEAP} ${options}`, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise(resolve => runner.once('exit', resolve));
  let running = true;
  ended.then(() => { running = false; });
  for (const stream of [runner.stdout, runner.stderr]) stream.on('data', text => output.push(text));

  const log = name => readFileSync(join(data, 'log', name), 'utf8');
  const market = {
    address,
    port,
    data,
    log,
    /* Rows of a question to the store, as objects; the same for a change nobody could click. */
    ask: sql => JSON.parse(execFileSync('sqlite3', ['-json', '-cmd', '.timeout 5000',
      join(data, 'tripact.db'), sql], { encoding: 'utf8', maxBuffer: 1 << 28 }) || '[]'),
    /* The process that serves now, as its parent's log tells. */
    worker: () => Number([...log('tripact.log').matchAll(/event=child_ready pid=(\d+)/g)].at(-1)[1]),
    stop: async () => {
      if (running) runner.kill('SIGTERM');
      await ended;
      undo?.();
      rmSync(data, { recursive: true, force: true });
    },
  };
  try {
    await until('a market that is ready', () => {
      if (!running) throw new Error('conf/run.sh has ended');
      return output.join('').includes('Tripact is ready');
    }, 60);
  } catch (error) {
    await market.stop();
    throw new Error(`${error.message}\n${output.join('')}`);
  }
  return market;
};

/* Between asking for a free port and listening on it, somebody else may take it. */
export const startMarket = async wish => {
  for (let tries = 1; ; tries++) {
    try {
      return await launch(wish);
    } catch (error) {
      if (tries === START_TRIES || !/is taken/.test(error.message)) throw error;
    }
  }
};

/*
 * run.mjs: runs the journeys, three at a time, prints a line for each test and, at the end,
 * "N passed, N failed". Words on the command line choose journeys by name: node run.mjs deal clock
 *
 * A journey is a file that exports `now` (the market's date), `alone` (true: a market of its own)
 * and `tests`, an object of sentence -> async stage => {...}, in order. Those that share a date share
 * one market, so each makes offers of its own, for months that no other test sells. Invariant: a
 * journey that cannot be loaded, or has no tests, is a failure.
 */
import { readdirSync } from 'node:fs';
import { openBrowser, Stage } from './harness.mjs';
import { startMarket } from './market.mjs';

const TEST_S = 900; /* machines differ, and a walk through every page is long */
const LANES = 3; /* they wait for the browser and the servers more than they work */
const MOST_SAID = 6000; /* characters of a failure */
const wanted = process.argv.slice(2);
const folder = new URL('.', import.meta.url);
const names = readdirSync(folder).filter(name => name.endsWith('.journey.mjs')).sort()
  .filter(name => wanted.length === 0 || wanted.some(word => name.startsWith(word)));

let passed = 0;
let failed = 0;
const failures = []; /* told once more at the end, where whoever reads a long run looks first */
const BRIEF = 700;
const tell = (sentence, error, seconds = 0) => {
  if (!error) {
    passed++;
    console.log(`ok ${passed + failed} ${sentence} (${seconds.toFixed(1)} s)`);
    return;
  }
  failed++;
  const said = String(error.stack ?? error).replace(/^/gm, '    ');
  console.log(`not ok ${passed + failed} ${sentence}`);
  console.log(said.slice(0, MOST_SAID));
  failures.push(`# failed: ${sentence}\n${said.slice(0, BRIEF)}`);
};

const limited = (work, timer) => Promise.race([work, new Promise((_, reject) => {
  timer.id = setTimeout(() => reject(new Error(`took more than ${TEST_S} s`)), TEST_S * 1000);
})]).finally(() => clearTimeout(timer.id));

const perform = async (browser, market, people, sentence, test) => {
  const stage = new Stage(browser, market, people);
  const began = Date.now();
  try {
    await limited(test(stage), {});
    const found = stage.verdict();
    if (found.length > 0) throw new Error(found.join('\n'));
    tell(sentence, null, (Date.now() - began) / 1000);
  } catch (error) {
    const found = stage.verdict();
    if (found.length > 0) error.stack += `\nand: ${found.join('\nand: ')}`;
    tell(sentence, error);
    await stage.keep(sentence);
  } finally {
    await stage.close();
  }
};

const markets = new Map();
const people = new Map();
const browser = await openBrowser();

/* The market of that key, started by whoever comes first. */
const marketOf = (key, now) => {
  if (!markets.has(key)) markets.set(key, startMarket({ now }));
  return markets.get(key);
};

const runJourney = async name => {
  try {
    const journey = await import(new URL(name, folder));
    const sentences = Object.entries(journey.tests);
    if (sentences.length === 0) throw new Error(`${name} has no tests`);
    const market = await marketOf(journey.alone ? name : journey.now, journey.now);
    for (const [sentence, test] of sentences)
      await perform(browser, market, people, sentence, test);
  } catch (error) {
    tell(`${name} runs`, error);
  }
};

const lane = async () => {
  for (let name = names.shift(); name; name = names.shift()) await runJourney(name);
};

const stopAll = async () => {
  await browser.close();
  for (const market of await Promise.allSettled(markets.values())) await market.value?.stop();
};
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => { stopAll().finally(() => process.exit(1)); });
}

try {
  if (names.length === 0) tell('there are journeys', new Error('none was found'));
  await Promise.all(Array.from({ length: LANES }, lane));
} finally {
  await stopAll();
}
for (const failure of failures) console.log(failure);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

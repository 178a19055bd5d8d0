/*
 * run.mjs: runs the journeys one after the other, prints a line for each test and, at the end,
 * "N passed, N failed". Words on the command line choose journeys by name: node run.mjs deal clock
 *
 * A journey is a file that exports `now` (the market's date), `alone` (true: a market of its own)
 * and `tests`, an object of sentence -> async stage => {...}. Those that share a date share one
 * market. Invariant: a journey that cannot be loaded, or has no tests, is a failure.
 */
import { readdirSync } from 'node:fs';
import { openBrowser, Stage } from './harness.mjs';
import { startMarket } from './market.mjs';

const TEST_S = 90;
const wanted = process.argv.slice(2);
const folder = new URL('.', import.meta.url);
const names = readdirSync(folder).filter(name => name.endsWith('.journey.mjs')).sort()
  .filter(name => wanted.length === 0 || wanted.some(word => name.startsWith(word)));

let passed = 0;
let failed = 0;
const tell = (sentence, error, seconds = 0) => {
  if (!error) {
    passed++;
    console.log(`ok ${passed + failed} ${sentence} (${seconds.toFixed(1)} s)`);
    return;
  }
  failed++;
  console.log(`not ok ${passed + failed} ${sentence}`);
  console.log(String(error.stack ?? error).replace(/^/gm, '    ').slice(0, 6000));
};

const limited = (work, timer) => Promise.race([work, new Promise((_, reject) => {
  timer.id = setTimeout(() => reject(new Error(`took more than ${TEST_S} s`)), TEST_S * 1000);
})]).finally(() => clearTimeout(timer.id));

const perform = async (browser, market, people, sentence, test, seconds) => {
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
try {
  for (const name of names) {
    try {
      const journey = await import(new URL(name, folder));
      const sentences = Object.entries(journey.tests);
      if (sentences.length === 0) throw new Error(`${name} has no tests`);
      const key = journey.alone ? name : journey.now;
      if (!markets.has(key)) markets.set(key, await startMarket({ now: journey.now }));
      for (const [sentence, test] of sentences)
        await perform(browser, markets.get(key), people, sentence, test);
      if (journey.alone) {
        await markets.get(key).stop();
        markets.delete(key);
      }
    } catch (error) {
      tell(`${name} runs`, error);
    }
  }
} finally {
  await browser.close();
  for (const market of markets.values()) await market.stop();
}
if (names.length === 0) tell('there are journeys', new Error('none was found'));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

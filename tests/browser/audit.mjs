/*
 * audit.mjs: what every page must satisfy, whoever sees it: accessible in both themes and two widths,
 * valid, nothing inline, nothing wider than the screen, every control named, within its budget.
 *
 * Not here: which pages there are (audit.journey.mjs).
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { HtmlValidate } from 'html-validate';
import { documentOf } from './harness.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/* What a theme can break, since it changes colours and nothing else. */
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
const validator = new HtmlValidate({ extends: ['html-validate:recommended'] });

const HTML_GZIP_BYTES = 12000;
const DOM_NODES = 1200;
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 390, height: 844 };

/* Sources without their secrets, which differ at each visit: many a page is visited twice. */
const faultless = new Set();

/* What can be judged in the source alone. Answers complaints. */
export const judgeSource = async html => {
  const source = html.replace(/(name="csrf" value=")[^"]{16,}/g, '$1');
  if (faultless.has(source)) return [];
  const found = [];
  const none = (pattern, words) => {
    const hit = pattern.exec(html);
    if (hit) found.push(`${words}: ${html.slice(hit.index, hit.index + 120)}`);
  };
  none(/<[^>]+\sstyle=/, 'inline style');
  none(/<style/, 'style element');
  none(/<[^>]+\son[a-z]+=/, 'inline handler');
  none(/<script(?![^>]*\ssrc=)/, 'inline script');
  none(/\{\{|\}\}/, 'template marker');
  for (const [form] of html.matchAll(/<form[^>]*method="post"[\s\S]*?<\/form>/g))
    if (!/name="csrf" value="[^"]{16,}"/.test(form)) found.push(`form without csrf: ${form.slice(0, 120)}`);
  const bytes = gzipSync(html).length;
  if (bytes > HTML_GZIP_BYTES) found.push(`${bytes} bytes of HTML`);
  const report = await validator.validateString(html);
  for (const result of report.results)
    for (const message of result.messages)
      found.push(`${message.ruleId}: ${message.message} at line ${message.line}: ${html.split('\n')[message.line - 1]?.slice(0, 160)}`);
  if (found.length === 0) faultless.add(source);
  return found;
};

const judgeAxe = async (page, rules, where) => {
  const { violations } = await page.evaluate(runOnly => window.axe.run(document,
    { runOnly, resultTypes: ['violations'] }), rules);
  return violations.flatMap(rule => rule.nodes.slice(0, 3).map(node =>
    `axe ${rule.id} ${where}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`));
};

/* In the page: controls without a name, doubled ids, links to nowhere in the page. */
const judgeDocument = page => page.evaluate(limit => {
  const found = [];
  const named = control => (control.labels && [...control.labels].some(label => label.textContent.trim())) ||
    (control.getAttribute('aria-label') ?? '').trim() !== '' ||
    (control.tagName === 'BUTTON' && control.textContent.trim() !== '');
  for (const control of document.querySelectorAll('input:not([type=hidden]), select, textarea, button'))
    if (!named(control)) found.push(`control without a label: ${control.outerHTML.slice(0, 120)}`);
  for (const link of document.querySelectorAll('a[href^="#"]'))
    if (!document.getElementById(link.hash.slice(1))) found.push(`link to nowhere: ${link.outerHTML.slice(0, 120)}`);
  for (const link of document.querySelectorAll('a[href=""], a:not([href])')) found.push(`empty link: ${link.outerHTML.slice(0, 120)}`);
  const headings = document.querySelectorAll('h1:not([inert] *)').length;
  if (headings !== 1) found.push(`${headings} first headings`);
  if (!/ – Tripact$/.test(document.title)) found.push(`title: ${document.title}`);
  const nodes = document.querySelectorAll('*').length;
  if (nodes > limit) found.push(`${nodes} elements`);
  return found;
}, DOM_NODES);

const judgeWidth = async (page, width) => {
  await page.setViewportSize({ width, height: 844 });
  const wide = await page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return null;
    return [...document.querySelectorAll('body *')]
      .filter(box => box.getBoundingClientRect().right > root.clientWidth + 1 && !box.closest('.scroll, .vh'))
      .slice(0, 3).map(box => box.outerHTML.slice(0, 120));
  });
  return wide ? [`wider than ${width} px: ${wide.join(' | ')}`] : [];
};

/* The markup without what differs between two offers or two people: words, figures, addresses. */
const shapeOf = html => html.replace(/>[^<]+/g, '>').replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, '')
  .replace(/ (href|value|action|datetime|aria-label|title|content)="[^"]*"/g, ' $1');
const shapesSeen = new Set();

/* Judges the page as it stands now, in the browser once for each shape of markup: a reader's page is
 * often an owner's. The theme is the attribute the server writes by the cookie. */
export const audit = async page => {
  const html = await documentOf(page).text();
  const found = await judgeSource(html);
  found.push(...await judgeDocument(page));
  const shape = shapeOf(html);
  if (shapesSeen.has(shape)) {
    assert.deepEqual(found, [], `${page.url()}`);
    return;
  }
  await page.evaluate(axe);
  for (const theme of ['light', 'dark']) {
    await page.evaluate(chosen => { document.documentElement.dataset.theme = chosen; }, theme);
    for (const size of [WIDE, NARROW]) {
      await page.setViewportSize(size);
      found.push(...await judgeAxe(page, theme === 'dark' ? COLOURS : RULES, `${theme} at ${size.width}`));
    }
  }
  for (const width of [390, 360, 320]) found.push(...await judgeWidth(page, width));
  await page.setViewportSize(WIDE);
  assert.deepEqual([...new Set(found)], [], `${page.url()}`);
  shapesSeen.add(shape);
};

/* The refused form: its summary has the focus, each of its links leads to a field that is marked
 * and described by its problem. Answers the problems. */
export const judgeSummary = async page => {
  assert.match(await page.title(), /^Error: /);
  const summary = page.getByRole('alert');
  assert.ok(await summary.evaluate(box => box === document.activeElement), 'the summary has the focus');
  const problems = [];
  for (const link of await summary.getByRole('link').all()) {
    problems.push(await link.innerText());
    await link.click();
    const at = await page.evaluate(() => {
      const field = document.activeElement;
      const group = field.closest('fieldset');
      const described = (field.getAttribute('aria-describedby') ?? '').split(' ')
        .concat((group?.getAttribute('aria-describedby') ?? '').split(' '))
        .map(id => document.getElementById(id)?.textContent ?? '').join(' ');
      return { name: field.name ?? field.id, tag: field.tagName, type: field.type ?? '', described,
        invalid: field.getAttribute('aria-invalid') };
    });
    assert.notEqual(at.tag, 'BODY', `“${problems.at(-1)}” leads nowhere`);
    if (['BUTTON', 'TABLE', 'SPAN'].includes(at.tag) || at.type === 'radio') continue;
    assert.equal(at.invalid, 'true', `${at.name} is marked`);
    assert.match(at.described, /Error: /, `${at.name} is described by its problem`);
  }
  return problems;
};

/* Walks with Tab through the whole page: every control is reached once, in order, each with a ring
 * that can be seen, and the walk leaves the page again. */
export const walkByTab = async page => {
  await page.goto(page.url().replace(/#.*/, '')); /* a walk begins where a link left off */
  const expected = await page.evaluate(() => {
    const shown = box => box.checkVisibility() && box.getClientRects().length > 0;
    const groups = new Set();
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
      .filter(box => shown(box) && !box.disabled && box.type !== 'hidden')
      .filter(box => {
        if (box.type !== 'radio') return true;
        const group = [...document.getElementsByName(box.name)];
        if (group.some(other => other.checked) ? !box.checked : groups.has(box.name)) return false;
        groups.add(box.name);
        return true;
      });
    all.forEach((box, i) => { box.dataset.walk = i; });
    return all.map(box => box.outerHTML.slice(0, 100));
  });
  const seen = [];
  for (let step = 0; step < 4 * expected.length; step++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const box = document.activeElement;
      if (!box || box === document.body) return null;
      const rings = [box, box.closest('.affix')].filter(Boolean).map(part => getComputedStyle(part));
      const rect = box.getBoundingClientRect();
      return {
        walk: box.dataset.walk, html: box.outerHTML.slice(0, 100),
        ring: rings.some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2),
        inside: rect.bottom > 0 && rect.top < innerHeight,
      };
    });
    if (!at) break;
    assert.ok(at.ring, `no ring on ${at.html}`);
    assert.ok(at.inside, `out of sight: ${at.html}`);
    if (at.walk === seen.at(-1)) continue; /* a date has a stop for each of its parts */
    if (seen.includes(at.walk)) break;
    seen.push(at.walk);
  }
  const missed = expected.filter((_, i) => !seen.includes(String(i)));
  assert.deepEqual(missed, [], `${page.url()}: not reached by Tab`);
  assert.deepEqual(seen, expected.map((_, i) => String(i)), `${page.url()}: order`);
};

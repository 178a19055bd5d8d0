/*
 * fill.mjs: a market of many offers, made out of the demo's: each is a copy of one of the offers the
 * demo's first ISV has, in all states, with its rows, prices, versions, link and acceptance, for
 * another ISV (with a catalogue of its own), selling partner and billing account.
 *
 * One ISV, the demo's, has a tenth of the offers; the demo's first partner and first customer have
 * a twentieth each, the rest is spread evenly. Every HISTORY-th offer has its history, which `tripact
 * migrate` then seals: the measured ones are among them, and a page reads no other. Beside these are
 * the pools, whose offers wait to be accepted (by clicks, or in the process) or submitted once; the
 * latter each for a billing account of its own, since a seller offers a plan to one only once.
 *
 * Plain SQL for the sqlite3 command, from tables of numbers; indexes are dropped and made again.
 */
import { execFileSync } from 'node:child_process';
import { COUNTS } from '../browser/copies.mjs';

const HISTORY = 100;
/* How many customers accept the first pool: bench-customer-1 to this. */
export const CLICKERS = 16;
const ISV = '90417001';
const PARTNER = '90417726';
const PARTNERS = ['90417726', '90417727'];
const ORGANISATION = 'orchid-freight';
const BULK = ['offer', 'pricing_row', 'row_price', 'link', 'acceptance', 'accepted_row',
  'accepted_price', 'version_value', 'event', 'event_field'];

/* Of a table's columns, an INSERT ... SELECT with some of them changed. */
const copy = (columns, table, changed, from, where = '1') =>
  `INSERT INTO ${table} (${columns(table)}) SELECT ${columns(table)
    .map(name => changed[name] ?? `t.${name}`)} FROM ${from} WHERE ${where};`;

const numbers = (table, count) => `CREATE TEMP TABLE ${table} AS WITH RECURSIVE n (k) AS (VALUES (0)
  UNION ALL SELECT k + 1 FROM n WHERE k < ${count - 1}) SELECT k FROM n;`;

/* Seeded: the same store each time. 4294967291 is a prime, and the factors are large ones, so that
 * what one scatters has nothing to do with k or with what another one scatters. */
const scatter = factor => `(k * ${factor} % 4294967291)`;

const people = (columns, { isvs, partners, accounts, submits }) => `
  ${numbers('isv', isvs)} ${numbers('partner', partners)} ${numbers('account', accounts + submits)}
  ALTER TABLE isv ADD COLUMN id; ALTER TABLE isv ADD COLUMN person;
  UPDATE isv SET id = CASE k WHEN 0 THEN '${ISV}' ELSE printf('8%07d', k) END,
    person = CASE k WHEN 0 THEN 'demo-isv' ELSE 'bench-isv-' || k END;
  ALTER TABLE partner ADD COLUMN id;
  UPDATE partner SET id = CASE k WHEN 0 THEN '${PARTNERS[0]}' WHEN 1 THEN '${PARTNERS[1]}'
    ELSE printf('7%07d', k) END;
  ALTER TABLE account ADD COLUMN id; ALTER TABLE account ADD COLUMN organisation;
  UPDATE account SET organisation = CASE k WHEN 0 THEN '${ORGANISATION}' ELSE 'bench-' || k END,
    id = CASE k WHEN 0 THEN (SELECT id FROM billing_account WHERE organisation = '${ORGANISATION}')
    ELSE printf('%08x-51d0-4c6e-93d5-0a1f6e2c77b4:2f0d3a5e-8b1c-4f6d-9a27-5c3e1b7d9f40_2019-05-31', k) END;
  ${copy(columns, 'publisher', { id: 'o.id', name: "'Bench ISV ' || o.k",
    name_fold: "'bench isv ' || o.k" }, 'publisher t, isv o', `t.id = '${ISV}' AND o.k > 0`)}
  ${copy(columns, 'publisher', { id: 'o.id', name: "'Bench Partner ' || o.k",
    name_fold: "'bench partner ' || o.k" }, 'publisher t, partner o', `t.id = '${PARTNER}' AND o.k > 1`)}
  ${copy(columns, 'organisation', { id: 'o.organisation', name: "'Bench Customer ' || o.k" },
    'organisation t, account o', `t.id = '${ORGANISATION}' AND o.k > 0`)}
  ${copy(columns, 'billing_account', { id: 'o.id', organisation: 'o.organisation',
    name: "'Bench Customer ' || o.k" }, 'billing_account t, account o',
  `t.organisation = '${ORGANISATION}' AND o.k > 0`)}
  ${copy(columns, 'person', { id: 'o.person', email: "o.person || '@demo.example'", publisher: 'o.id' },
    'person t, isv o', "t.id = 'demo-isv' AND o.k > 0")}
  ${copy(columns, 'person', { id: "'bench-customer-' || o.k",
    email: "'bench-customer-' || o.k || '@demo.example'", organisation: 'o.organisation' },
  'person t, account o', "t.id = 'demo-customer' AND o.k > 0")}
  INSERT INTO billing_member (billing_account, person, role)
    SELECT id, 'bench-customer-' || k, 'owner' FROM account WHERE k > 0;`;

const OWN = column => `CASE o.k WHEN 0 THEN t.${column} ELSE t.${column} || '-' || o.k END`;
const catalogues = columns => {
  const of = `SELECT id FROM product WHERE publisher = '${ISV}'`;
  return `CREATE TEMP TABLE sold AS ${of};
  ${copy(columns, 'product', { id: OWN('id'), publisher: 'o.id' }, 'product t, isv o',
    'o.k > 0 AND t.id IN (SELECT id FROM sold)')}
  ${['plan', 'price_point'].map(table => copy(columns, table, { product: OWN('product') },
    `${table} t, isv o`, 'o.k > 0 AND t.product IN (SELECT id FROM sold)')).join('\n')}`;
};

/* made: one line for each offer to make: what it copies and whom it is for. */
const plan = ({ offers, isvs, partners, accounts, clicks, accepts, submits }) => `
  CREATE TEMP TABLE shape AS SELECT row_number() OVER (ORDER BY name) - 1 AS s, id, state, name
    FROM main.offer WHERE isv = '${ISV}';
  ${numbers('n', offers + clicks + accepts + submits)}
  CREATE TEMP TABLE made AS SELECT k,
      CASE WHEN k < ${offers} THEN ${scatter(2246822519)} % (SELECT COUNT(*) FROM shape)
        WHEN k < ${offers + clicks + accepts} THEN (SELECT s FROM shape WHERE name LIKE '%harbour sites')
        ELSE (SELECT s FROM shape WHERE name LIKE 'Juniper Studio gateways%') END AS s,
      CASE WHEN k >= ${offers + clicks + accepts} OR k < ${offers} AND k % 10 = 0 THEN 0
        ELSE 1 + (k / 10 * 9 + k % 10) % ${isvs - 1} END AS isv,
      CASE WHEN ${scatter(3266489917)} % 20 = 0 THEN 0 ELSE ${scatter(3266489917)} / 20 % ${partners} END AS partner,
      CASE WHEN k >= ${offers} AND k < ${offers + clicks} THEN 1 + k % ${CLICKERS}
        WHEN k >= ${offers + clicks + accepts} THEN ${accounts - offers - clicks - accepts} + k
        WHEN k >= ${offers} THEN 1 + k % ${accounts - 1}
        WHEN ${scatter(668265263)} % 20 = 0 THEN 0 ELSE ${scatter(668265263)} / 20 % ${accounts} END AS account,
      printf('%08x-%04x-4000-8000-%012x', k * 2654435761 % 4294967296, k % 65536,
        CASE WHEN k < ${offers} THEN k WHEN k < ${offers + clicks + accepts} THEN 1 << 32 | k
        ELSE 2 << 32 | k END) AS id,
      k < ${offers} AND k % ${HISTORY} = 0 AS history FROM n;
  CREATE TEMP TABLE todo AS SELECT m.k, m.id, sh.id AS of, i.k AS isv_k, i.id AS isv, i.person,
      p.id AS partner, a.id AS account, a.organisation, m.history
    FROM made m JOIN shape sh ON sh.s = m.s JOIN isv i ON i.k = m.isv JOIN partner p ON p.k = m.partner
    JOIN account a ON a.k = m.account ORDER BY m.k;`;

/* Empty stays empty. */
const other = (column, mine) => `CASE WHEN t.${column} IS NULL OR t.${column} = '' THEN t.${column}
  ELSE d.${mine} END`;
const product = "CASE d.isv_k WHEN 0 THEN t.product ELSE t.product || '-' || d.isv_k END";
const earlier = column => `CASE t.${column} WHEN 0 THEN 0 ELSE t.${column} - d.k * 7919 % 15552000 END`;

const offersOf = columns => {
  const from = (table, key = 'offer') => `todo d CROSS JOIN ${table} t ON t.${key} = d.of`;
  const plain = table => copy(columns, table, { offer: 'd.id' }, from(table));
  const kept = (table, changed = {}) => copy(columns, table, { offer: 'd.id', ...changed },
    from(table), 'd.history');
  return `
  ${copy(columns, 'offer', {
    id: 'd.id', isv: 'd.isv', created_by: 'd.person', created_at: earlier('created_at'),
    isv_changed_at: earlier('isv_changed_at'), partner_changed_at: earlier('partner_changed_at'),
    customer_changed_at: earlier('customer_changed_at'),
    name: "t.name || ' ' || d.k", name_fold: "t.name_fold || ' ' || d.k",
    offered_to: other('offered_to', 'partner'), partner: other('partner', 'partner'),
    partner_data_of: other('partner_data_of', 'partner'), billing_account: other('billing_account', 'account'),
    extended_to: other('extended_to', 'organisation'), publish_at: 'NULL',
    customer_label: "t.customer_label || CASE t.customer_label WHEN '' THEN '' ELSE ' ' || d.k END",
    customer_fold: "CASE t.customer_label WHEN '' THEN LOWER(d.account) ELSE t.customer_fold || ' ' || d.k END",
  }, from('offer', 'id'))}
  ${copy(columns, 'pricing_row', { offer: 'd.id', product }, from('pricing_row'))}
  ${plain('row_price')}
  ${copy(columns, 'link', { offer: 'd.id', token: "t.token || d.k", organisation: 'd.organisation' }, from('link'))}
  ${copy(columns, 'acceptance', { offer: 'd.id', reference: "t.reference || d.k" }, from('acceptance'))}
  ${plain('accepted_row')} ${plain('accepted_price')}
  ${kept('event', { account: "CASE t.party WHEN 'isv' THEN d.isv WHEN 'partner' THEN d.partner ELSE t.account END",
    partner: other('partner', 'partner') })}
  ${kept('event_field')} ${kept('version_value')}`;
};

export const sizesOf = (offers, pools) => ({ offers, isvs: Math.max(3, offers / 1000),
  partners: Math.max(4, offers / 5000), accounts: Math.max(80, offers / 2000),
  ...pools });

/* Fills the demo market in the store of that path. */
export const fill = (database, sizes) => {
  const ask = sql => JSON.parse(execFileSync('sqlite3', ['-json', database, sql], { encoding: 'utf8' }) || '[]');
  const columns = table => ask(`SELECT name FROM pragma_table_info('${table}')`).map(({ name }) => name);
  const indexes = ask(`SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
    AND tbl_name IN (${BULK.map(name => `'${name}'`)})`);
  execFileSync('sqlite3', ['-bail', database], { input: `
    PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -1000000; PRAGMA foreign_keys = OFF;
    BEGIN;
    ${people(columns, sizes)} ${catalogues(columns)} ${plan(sizes)}
    ${indexes.map(({ name }) => `DROP INDEX ${name};`).join('\n')}
    ${offersOf(columns)}
    ${COUNTS}
    ${indexes.map(({ sql }) => `${sql};`).join('\n')}
    COMMIT; PRAGMA journal_mode = WAL;` });
};

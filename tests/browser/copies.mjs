/*
 * copies.mjs: many offers where a test would otherwise click for an hour: rows of one offer copied in
 * the store, without its history.
 */

/* An INSERT of the rows of one offer once more for each number, with these columns changed. */
const copies = (market, table, key, id, changed) => {
  const columns = market.ask(`SELECT name FROM pragma_table_info('${table}')`).map(({ name }) => name);
  return `INSERT INTO ${table} (${columns}) SELECT ${columns.map(name => changed[name] ?? `t.${name}`)}
    FROM ${table} t, copy WHERE t.${key} = '${id}';`;
};

const ID = "printf('%08x-0000-4000-8000-%012x', copy.i, copy.i)";

/* Copies an offer that has no documents; answers the ids. Once for each market. */
export const copyOffer = (market, id, count) => market.ask(`BEGIN;
  CREATE TEMP TABLE copy AS
    WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) SELECT i FROM n;
  ${copies(market, 'offer', 'id', id, { id: ID, name: "t.name || ' ' || copy.i" })}
  ${copies(market, 'pricing_row', 'offer', id, { offer: ID })}
  ${copies(market, 'row_price', 'offer', id, { offer: ID })}
  ${copies(market, 'link', 'offer', id, { offer: ID, token: 'lower(hex(randomblob(32)))' })}
  UPDATE offer_count AS c SET offers = c.offers + ${count} FROM offer o WHERE o.id = '${id}' AND c.state = o.state
    AND c.account = CASE c.hat WHEN 'isv' THEN o.isv WHEN 'partner' THEN o.offered_to ELSE o.extended_to END
    AND c.span IN ('d' || o.due_on, 'm' || SUBSTR(o.due_on, 1, 7), 'm');
  COMMIT;
  SELECT ${ID} AS id FROM copy ORDER BY i;`).map(row => row.id);

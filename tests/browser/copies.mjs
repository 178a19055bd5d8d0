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

/* How many offers each account has, as the store keeps it (app/store/offer_counts.h). */
const LASTING = "state IN ('pending_acceptance', 'accepted')";
const counted = (hat, account, span, where) => `SELECT '${hat}', ${account}, ${span}, state, COUNT(*)
  FROM main.offer WHERE ${account} IS NOT NULL AND ${where} GROUP BY 2, 3, 4`;
export const COUNTS = `DELETE FROM offer_count; INSERT INTO offer_count
  ${[['isv', 'isv'], ['partner', 'offered_to'], ['customer', 'extended_to']].flatMap(([hat, account]) => [
    counted(hat, account, "'m'", `NOT ${LASTING}`), counted(hat, account, "'m' || substr(due_on, 1, 7)", LASTING),
    counted(hat, account, "'d' || due_on", LASTING)]).join(' UNION ALL ')};`;

/* Copies an offer that has no documents; answers the ids. Once for each market. */
export const copyOffer = (market, id, count) => market.ask(`BEGIN;
  CREATE TEMP TABLE copy AS
    WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) SELECT i FROM n;
  ${copies(market, 'offer', 'id', id, { id: ID, name: "t.name || ' ' || copy.i" })}
  ${copies(market, 'pricing_row', 'offer', id, { offer: ID })}
  ${copies(market, 'row_price', 'offer', id, { offer: ID })}
  ${copies(market, 'link', 'offer', id, { offer: ID, token: 'lower(hex(randomblob(32)))' })}
  ${COUNTS}
  COMMIT;
  SELECT ${ID} AS id FROM copy ORDER BY i;`).map(row => row.id);

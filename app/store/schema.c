/*
 * schema.c: the data model, as the numbered, append-only steps that make it.
 *
 * Portable DDL: only TEXT and BIGINT (and BLOB, spelled by the driver); booleans are 0/1, instants
 * are seconds UTC named ..._at, days are text YYYY-MM-DD named ..._on, ids are text made by us.
 * Invariant: a step that has been released is never edited; its checksum would say so.
 */
#include "store/schema_later.h"

static const char schema_market[] =
    /* What the operator may change while the market runs, and the market's clock: clock_offset_s is
     * added to the real time; only a demo store may have another than 0. */
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);"

    /* A Partner Center account: acts as ISV, as selling partner, or both. id is the seller ID. The
     * facts that make it eligible (LAW 2.1) are stored and answered from here, never assumed. */
    "CREATE TABLE publisher ("
    " id TEXT PRIMARY KEY, name TEXT NOT NULL, hq_state TEXT NOT NULL, location TEXT NOT NULL,"
    " in_programme BIGINT NOT NULL, has_marketplace_account BIGINT NOT NULL,"
    " enrolled BIGINT NOT NULL, active BIGINT NOT NULL,"
    " tax_status TEXT NOT NULL, tax_country TEXT NOT NULL);"

    /* Resale certificates: states is a comma list of two-letter codes (LAW 2.1). */
    "CREATE TABLE certificate ("
    " id TEXT PRIMARY KEY, publisher TEXT NOT NULL REFERENCES publisher (id),"
    " states TEXT NOT NULL, filed_on TEXT NOT NULL, expires_on TEXT NOT NULL);"
    "CREATE INDEX certificate_publisher ON certificate (publisher);"

    "CREATE TABLE organisation (id TEXT PRIMARY KEY, name TEXT NOT NULL);"

    /* A customer's billing account (LAW 2.3). id is what the customer tells its sellers. */
    "CREATE TABLE billing_account ("
    " id TEXT PRIMARY KEY, organisation TEXT NOT NULL REFERENCES organisation (id),"
    " name TEXT NOT NULL, agreement TEXT NOT NULL, country TEXT NOT NULL, active BIGINT NOT NULL,"
    " policy TEXT NOT NULL, payment_valid BIGINT NOT NULL, payment_method TEXT NOT NULL);"
    "CREATE INDEX billing_account_organisation ON billing_account (organisation);"

    /* Somebody who signs in: belongs to exactly one publisher or organisation, or is the operator.
     * role is the publisher role of LAW 2.2, empty for the others. */
    "CREATE TABLE person ("
    " id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, password TEXT NOT NULL,"
    " publisher TEXT REFERENCES publisher (id), organisation TEXT REFERENCES organisation (id),"
    " operator BIGINT NOT NULL, role TEXT NOT NULL);"
    "CREATE INDEX person_publisher ON person (publisher);"
    "CREATE INDEX person_organisation ON person (organisation);"

    /* Roles on a billing account decide who may accept (LAW 2.3). */
    "CREATE TABLE billing_member ("
    " billing_account TEXT NOT NULL REFERENCES billing_account (id),"
    " person TEXT NOT NULL REFERENCES person (id), role TEXT NOT NULL,"
    " PRIMARY KEY (billing_account, person));"
    "CREATE INDEX billing_member_person ON billing_member (person);"

    /* Azure subscriptions and the roles that decide who may purchase (LAW 2.3). */
    "CREATE TABLE azure_subscription ("
    " id TEXT PRIMARY KEY, name TEXT NOT NULL,"
    " billing_account TEXT NOT NULL REFERENCES billing_account (id), tag_policy TEXT NOT NULL);"
    "CREATE INDEX azure_subscription_account ON azure_subscription (billing_account);"
    "CREATE TABLE azure_member ("
    " subscription TEXT NOT NULL REFERENCES azure_subscription (id),"
    " person TEXT NOT NULL REFERENCES person (id), role TEXT NOT NULL,"
    " PRIMARY KEY (subscription, person));"
    "CREATE INDEX azure_member_person ON azure_member (person);"
    "CREATE TABLE commitment ("
    " billing_account TEXT NOT NULL REFERENCES billing_account (id), start_on TEXT NOT NULL,"
    " end_on TEXT NOT NULL, amount_cents BIGINT NOT NULL, status TEXT NOT NULL,"
    " PRIMARY KEY (billing_account, start_on));";

static const char schema_sessions[] =
    /* The token itself is only in the cookie; here is its BLAKE2b. Real time throughout. */
    "CREATE TABLE session ("
    " token_hash TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES person (id),"
    " created_at BIGINT NOT NULL, seen_at BIGINT NOT NULL);"
    "CREATE INDEX session_person ON session (person);"
    "CREATE INDEX session_seen ON session (seen_at);"

    /* Failed sign-ins of one account or one address in the running window. */
    "CREATE TABLE throttle ("
    " subject TEXT PRIMARY KEY, failures BIGINT NOT NULL, started_at BIGINT NOT NULL);"
    "CREATE INDEX throttle_started ON throttle (started_at);"

    /* What a form's one-time key was answered with, so that a repeated submit shows the first
     * result. */
    "CREATE TABLE answered ("
    " session TEXT NOT NULL, once TEXT NOT NULL, location TEXT NOT NULL, at BIGINT NOT NULL,"
    " PRIMARY KEY (session, once));"
    "CREATE INDEX answered_at ON answered (at);";

static const char schema_catalogue[] =
    "CREATE TABLE product ("
    " id TEXT PRIMARY KEY, publisher TEXT NOT NULL REFERENCES publisher (id),"
    " name TEXT NOT NULL, name_fold TEXT NOT NULL, type TEXT NOT NULL, storefront TEXT NOT NULL,"
    " published BIGINT NOT NULL, transactable BIGINT NOT NULL, macc BIGINT NOT NULL,"
    " cosell BIGINT NOT NULL);"
    "CREATE INDEX product_publisher ON product (publisher, name_fold, id);"

    /* All plans of a product share one model (LAW 3.2). A saving of -1 means that no reservation of
     * that duration is sold; trial_months 0 means no trial; max_users 0 means no limit. */
    "CREATE TABLE plan ("
    " product TEXT NOT NULL REFERENCES product (id), id TEXT NOT NULL, name TEXT NOT NULL,"
    " name_fold TEXT NOT NULL, description TEXT NOT NULL, visibility TEXT NOT NULL,"
    " published BIGINT NOT NULL, model TEXT NOT NULL, trial_months BIGINT NOT NULL,"
    " min_users BIGINT NOT NULL, max_users BIGINT NOT NULL,"
    " saving_1y_e8 BIGINT NOT NULL, saving_3y_e8 BIGINT NOT NULL, PRIMARY KEY (product, id));"

    /* Every price of a plan: a billing term (per user or not), a monthly fee, a meter, or an hour
     * of a virtual machine. payment_months 0 means one payment for the whole term. amount is cents,
     * for an hour micro-dollars. */
    "CREATE TABLE price_point ("
    " product TEXT NOT NULL, plan TEXT NOT NULL, id TEXT NOT NULL, position BIGINT NOT NULL,"
    " kind TEXT NOT NULL, term_months BIGINT NOT NULL, payment_months BIGINT NOT NULL,"
    " name TEXT NOT NULL, vcpu BIGINT NOT NULL, amount BIGINT NOT NULL,"
    " PRIMARY KEY (product, plan, id), FOREIGN KEY (product, plan) REFERENCES plan (product, id));";

static const char schema_offers[] =
    /* A multiparty private offer (LAW 4). offered_to and extended_to are the wall between the
     * parties: the publisher, and the organisation, that may see the row in its present state; NULL
     * for nobody. version counts what the ISV or the state changed, partner_version what the
     * partner changed, so that neither learns from a counter what the other is doing (LAW 5).
     * due_on is the last day the stored state lasts, so that Expired and Ended need no writing
     * (LAW 6.1). */
    "CREATE TABLE offer ("
    " id TEXT PRIMARY KEY, isv TEXT NOT NULL REFERENCES publisher (id),"
    " created_at BIGINT NOT NULL, created_by TEXT NOT NULL REFERENCES person (id),"
    " state TEXT NOT NULL, due_on TEXT NOT NULL, partner_withdrew BIGINT NOT NULL,"
    " version BIGINT NOT NULL, partner_version BIGINT NOT NULL,"
    " offered_to TEXT REFERENCES publisher (id), extended_to TEXT REFERENCES organisation (id),"
    " isv_changed_at BIGINT NOT NULL, partner_changed_at BIGINT NOT NULL,"
    " customer_changed_at BIGINT NOT NULL, publish_at BIGINT,"
    " name TEXT NOT NULL, name_fold TEXT NOT NULL, type TEXT NOT NULL,"
    " billing_account TEXT NOT NULL, customer_label TEXT NOT NULL, description TEXT NOT NULL,"
    " partner TEXT NOT NULL, start_mode TEXT NOT NULL, start_on TEXT NOT NULL,"
    " end_on TEXT NOT NULL, accept_by_on TEXT NOT NULL, contacts TEXT NOT NULL,"
    " sales_note TEXT NOT NULL, next_row BIGINT NOT NULL,"
    /* the selling partner's own; partner_data_of is the seller ID they belong to (LAW D-7) */
    " partner_data_of TEXT NOT NULL, prepared_by TEXT NOT NULL, partner_contacts TEXT NOT NULL,"
    " partner_note TEXT NOT NULL, taxable BIGINT NOT NULL,"
    " submitted_at BIGINT NOT NULL, extended_at BIGINT NOT NULL, accepted_on TEXT NOT NULL,"
    /* why the last publication failed, one problem a line; shown to whoever must mend it */
    " failure TEXT NOT NULL);"
    /* One index per hat and sort key, with the status evaluated inside it; one per hat for counts.
     */
    "CREATE INDEX offer_isv_changed ON offer (isv, isv_changed_at, id, state, due_on);"
    "CREATE INDEX offer_isv_name ON offer (isv, name_fold, id, state, due_on);"
    "CREATE INDEX offer_isv_accept ON offer (isv, accept_by_on, id, state, due_on);"
    "CREATE INDEX offer_isv_state ON offer (isv, state, due_on);"
    "CREATE INDEX offer_partner_changed"
    " ON offer (offered_to, partner_changed_at, id, state, due_on);"
    "CREATE INDEX offer_partner_name ON offer (offered_to, name_fold, id, state, due_on);"
    "CREATE INDEX offer_partner_accept ON offer (offered_to, accept_by_on, id, state, due_on);"
    "CREATE INDEX offer_partner_state ON offer (offered_to, state, due_on);"
    "CREATE INDEX offer_customer_changed"
    " ON offer (extended_to, customer_changed_at, id, state, due_on);"
    "CREATE INDEX offer_customer_state ON offer (extended_to, state, due_on);"
    "CREATE INDEX offer_publish ON offer (publish_at);"
    "CREATE INDEX offer_created ON offer (created_at, id);"
    "CREATE INDEX offer_overlap ON offer (billing_account, state);"

    /* A pricing row (LAW 4.4). number is never reused within its offer. discount_e8 and
     * adjustment_e8 are NULL until typed. */
    "CREATE TABLE offer_row ("
    " offer TEXT NOT NULL REFERENCES offer (id), number BIGINT NOT NULL,"
    " product TEXT NOT NULL, plan TEXT NOT NULL, price_type TEXT NOT NULL,"
    " discount_e8 BIGINT, adjustment_e8 BIGINT, PRIMARY KEY (offer, number),"
    " FOREIGN KEY (product, plan) REFERENCES plan (product, id));"
    "CREATE INDEX offer_row_plan ON offer_row (product, plan);"

    /* The partner price of one price point of an absolute row. */
    "CREATE TABLE offer_price ("
    " offer TEXT NOT NULL, number BIGINT NOT NULL, point TEXT NOT NULL, cents BIGINT NOT NULL,"
    " PRIMARY KEY (offer, number, point),"
    " FOREIGN KEY (offer, number) REFERENCES offer_row (offer, number));"

    /* Acceptance links: 256 random bits, a new one at each publication. A dead one still knows whom
     * to ask (ui: 410 with the Prepared by contact for people of that organisation). */
    "CREATE TABLE link ("
    " token TEXT PRIMARY KEY, offer TEXT NOT NULL REFERENCES offer (id),"
    " organisation TEXT NOT NULL, prepared_by TEXT NOT NULL, created_at BIGINT NOT NULL,"
    " dead BIGINT NOT NULL);"
    "CREATE INDEX link_offer ON link (offer, dead);"

    /* Who accepted, as what, when, and the prices agreed: written once. */
    "CREATE TABLE acceptance ("
    " offer TEXT PRIMARY KEY REFERENCES offer (id), reference TEXT NOT NULL UNIQUE,"
    " person TEXT NOT NULL REFERENCES person (id), person_name TEXT NOT NULL, role TEXT NOT NULL,"
    " at BIGINT NOT NULL, digest TEXT NOT NULL);"
    "CREATE TABLE acceptance_line ("
    " offer TEXT NOT NULL REFERENCES acceptance (offer), number BIGINT NOT NULL,"
    " point TEXT NOT NULL, list BIGINT NOT NULL, partner BIGINT NOT NULL, customer BIGINT NOT NULL,"
    " PRIMARY KEY (offer, number, point));";

static const char schema_events[] =
    /* What happened to an offer, who did it, and what fields it changed. partner is the seller the
     * offer was addressed to at that time: a later partner does not read an earlier one's story. */
    "CREATE TABLE event ("
    " offer TEXT NOT NULL REFERENCES offer (id), number BIGINT NOT NULL, at BIGINT NOT NULL,"
    " kind TEXT NOT NULL, party TEXT NOT NULL, account TEXT NOT NULL, account_name TEXT NOT NULL,"
    " person TEXT NOT NULL, person_name TEXT NOT NULL, partner TEXT NOT NULL,"
    " PRIMARY KEY (offer, number));"
    "CREATE TABLE event_field ("
    " offer TEXT NOT NULL, number BIGINT NOT NULL, position BIGINT NOT NULL,"
    " field TEXT NOT NULL, pricing_row BIGINT NOT NULL, point TEXT NOT NULL,"
    " before TEXT NOT NULL, after TEXT NOT NULL, PRIMARY KEY (offer, number, position),"
    " FOREIGN KEY (offer, number) REFERENCES event (offer, number));";

static const char schema_all_options[] =
    /* The rest of LAW 3.2. was_published: at any time, so that its prices need notice. markets:
     * two-letter codes with one space between. A meter has a unit, and may be disabled; an hour on
     * a per market plan names its market. */
    "ALTER TABLE plan ADD COLUMN was_published BIGINT NOT NULL DEFAULT 0;"
    "UPDATE plan SET was_published = published;"
    "ALTER TABLE plan ADD COLUMN summary TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE plan ADD COLUMN markets TEXT NOT NULL DEFAULT 'US';"
    "ALTER TABLE price_point ADD COLUMN unit TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE price_point ADD COLUMN market TEXT NOT NULL DEFAULT 'US';"
    "ALTER TABLE price_point ADD COLUMN disabled BIGINT NOT NULL DEFAULT 0;"

    /* version counts saves, so that one over another's is noticed. */
    "ALTER TABLE product ADD COLUMN version BIGINT NOT NULL DEFAULT 1;"
    "ALTER TABLE plan ADD COLUMN version BIGINT NOT NULL DEFAULT 1;"
    "CREATE INDEX plan_name ON plan (product, name_fold, id);"
    "CREATE INDEX plan_published ON plan (published, product);"

    /* What a payment of the term includes of the meter; quantity NULL means without limit. */
    "CREATE TABLE plan_included ("
    " product TEXT NOT NULL, plan TEXT NOT NULL, meter TEXT NOT NULL, term_months BIGINT NOT NULL,"
    " quantity BIGINT, PRIMARY KEY (product, plan, meter, term_months),"
    " FOREIGN KEY (product, plan) REFERENCES plan (product, id));"

    /* List prices to come (LAW 3.2): from that day on the point costs amount. The last one that has
     * begun is the price; price_point.amount is what it was before the first. */
    "CREATE TABLE price_change ("
    " product TEXT NOT NULL, plan TEXT NOT NULL, point TEXT NOT NULL, from_on TEXT NOT NULL,"
    " amount BIGINT NOT NULL, PRIMARY KEY (product, plan, point, from_on),"
    " FOREIGN KEY (product, plan, point) REFERENCES price_point (product, plan, id));"

    /* Where plans can be sold. rate_e8 is how many 1e-8 of the currency one US dollar is, as of
     * rated_on; digits is how many decimals the currency has. */
    "CREATE TABLE market ("
    " code TEXT PRIMARY KEY, name TEXT NOT NULL, currency TEXT NOT NULL, digits BIGINT NOT NULL,"
    " rate_e8 BIGINT NOT NULL, rated_on TEXT NOT NULL);"
    "INSERT INTO market (code, name, currency, digits, rate_e8, rated_on)"
    " VALUES ('US', 'United States', 'USD', 2, 100000000, '');"

    /* Selling partners are found by name, folded as for every search; of those that are here
     * already only the letters of ASCII, until their facts are stored again. The index holds the
     * eligible ones (LAW 2.1). */
    "ALTER TABLE publisher ADD COLUMN name_fold TEXT NOT NULL DEFAULT '';"
    "UPDATE publisher SET name_fold = lower(name);"
    "CREATE INDEX publisher_eligible ON publisher (name_fold, id) WHERE in_programme = 1"
    " AND has_marketplace_account = 1 AND enrolled = 1 AND active = 1"
    " AND tax_status = 'complete' AND tax_country = 'US';"

    /* A pricing row (LAW 4.4) of any option, in the place of offer_row. number is never reused
     * within its offer. plan NULL: every plan of the product. plan_name to max_users are option
     * B's, max_users 0 meaning no limit; duration_months and payment_months are option C's, 0 and 0
     * elsewhere. */
    "CREATE TABLE pricing_row ("
    " offer TEXT NOT NULL REFERENCES offer (id), number BIGINT NOT NULL,"
    " product TEXT NOT NULL REFERENCES product (id), plan TEXT, price_type TEXT NOT NULL,"
    " discount_e8 BIGINT, adjustment_e8 BIGINT, plan_name TEXT NOT NULL,"
    " plan_description TEXT NOT NULL, min_users BIGINT NOT NULL, max_users BIGINT NOT NULL,"
    " duration_months BIGINT NOT NULL, payment_months BIGINT NOT NULL, PRIMARY KEY (offer, number),"
    " FOREIGN KEY (product, plan) REFERENCES plan (product, id));"
    "INSERT INTO pricing_row SELECT offer, number, product, plan, price_type, discount_e8,"
    " adjustment_e8, '', '', 0, 0, 0, 0 FROM offer_row;"
    "CREATE INDEX pricing_row_product ON pricing_row (product, plan);"

    /* A price of the row's own, in the place of offer_price: of a point of the plan (option A), of
     * a term or meter (option B, payment_months says how the term is paid), of reservations of a
     * size (option C, with their quantity). cents is NULL until typed, quantity 0. */
    "CREATE TABLE row_price ("
    " offer TEXT NOT NULL, number BIGINT NOT NULL, point TEXT NOT NULL, term_months BIGINT NOT "
    "NULL,"
    " payment_months BIGINT NOT NULL, vcpu BIGINT NOT NULL, quantity BIGINT NOT NULL, cents BIGINT,"
    " PRIMARY KEY (offer, number, point),"
    " FOREIGN KEY (offer, number) REFERENCES pricing_row (offer, number));"
    "INSERT INTO row_price SELECT offer, number, point, 0, 0, 0, 1, cents FROM offer_price;"
    "CREATE TABLE row_included ("
    " offer TEXT NOT NULL, number BIGINT NOT NULL, meter TEXT NOT NULL, term_months BIGINT NOT "
    "NULL,"
    " quantity BIGINT, PRIMARY KEY (offer, number, meter, term_months),"
    " FOREIGN KEY (offer, number) REFERENCES pricing_row (offer, number));"
    "DROP TABLE offer_price;"
    "DROP TABLE offer_row;"

    /* The prices agreed; list is NULL where the plan had no such price. */
    "CREATE TABLE accepted_price ("
    " offer TEXT NOT NULL REFERENCES acceptance (offer), number BIGINT NOT NULL,"
    " point TEXT NOT NULL, quantity BIGINT NOT NULL, list BIGINT, partner BIGINT NOT NULL,"
    " customer BIGINT NOT NULL, PRIMARY KEY (offer, number, point));"
    "INSERT INTO accepted_price SELECT offer, number, point, 1, list, partner, customer"
    " FROM acceptance_line;"
    "DROP TABLE acceptance_line;";

static const char schema_documents[] =
    /* A terms document of a seller (LAW 4.3): side is isv or partner, the bytes are kept once. */
    "CREATE TABLE document ("
    " id TEXT PRIMARY KEY, offer TEXT NOT NULL REFERENCES offer (id), side TEXT NOT NULL,"
    " name TEXT NOT NULL, size BIGINT NOT NULL, sha256 TEXT NOT NULL, added_at BIGINT NOT NULL,"
    " position BIGINT NOT NULL);"
    "CREATE INDEX document_offer ON document (offer, side, position);"
    "CREATE INDEX document_bytes ON document (sha256);"
    "CREATE TABLE document_body (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL);";

static const char schema_records[] =
    /* An acceptance is a record: it says by itself what was agreed, whatever the catalogue and the
     * accounts are called and cost later (LAW 10.2). */
    "ALTER TABLE acceptance ADD COLUMN isv_name TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE acceptance ADD COLUMN partner_name TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE acceptance ADD COLUMN organisation_name TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE acceptance ADD COLUMN account_name TEXT NOT NULL DEFAULT '';"
    "UPDATE acceptance SET (isv_name, partner_name, organisation_name, account_name) ="
    " (SELECT i.name, p.name, g.name, b.name FROM offer o JOIN publisher i ON i.id = o.isv"
    " JOIN publisher p ON p.id = o.partner JOIN billing_account b ON b.id = o.billing_account"
    " JOIN organisation g ON g.id = b.organisation WHERE o.id = acceptance.offer);"

    /* What each row sold. plan_name is "" for a whole product. */
    "CREATE TABLE accepted_row ("
    " offer TEXT NOT NULL REFERENCES acceptance (offer), number BIGINT NOT NULL,"
    " product_name TEXT NOT NULL, plan_name TEXT NOT NULL, type TEXT NOT NULL, model TEXT NOT NULL,"
    " PRIMARY KEY (offer, number));"
    "INSERT INTO accepted_row SELECT r.offer, r.number, d.name, COALESCE(p.name, ''), d.type,"
    " (SELECT MIN(m.model) FROM plan m WHERE m.product = r.product)"
    " FROM acceptance a JOIN pricing_row r ON r.offer = a.offer JOIN product d ON d.id = r.product"
    " LEFT JOIN plan p ON p.product = r.product AND p.id = r.plan;"

    /* What each price was for, in the order shown. plan_name is "" but in the row of a whole
     * product; the others are those of a price point. */
    "ALTER TABLE accepted_price ADD COLUMN position BIGINT NOT NULL DEFAULT 0;"
    "ALTER TABLE accepted_price ADD COLUMN plan_name TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE accepted_price ADD COLUMN kind TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE accepted_price ADD COLUMN term_months BIGINT NOT NULL DEFAULT 0;"
    "ALTER TABLE accepted_price ADD COLUMN payment_months BIGINT NOT NULL DEFAULT 0;"
    "ALTER TABLE accepted_price ADD COLUMN name TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE accepted_price ADD COLUMN vcpu BIGINT NOT NULL DEFAULT 0;"
    "UPDATE accepted_price SET"
    " (position, plan_name, kind, term_months, payment_months, name, vcpu) = (SELECT"
    " CASE WHEN r.plan IS NULL THEN 0 ELSE COALESCE(q.position, 0) END,"
    " CASE WHEN r.plan IS NULL THEN COALESCE(p.name, '') ELSE '' END,"
    " COALESCE(q.kind, CASE WHEN r.duration_months > 0 THEN 'reservation'"
    " WHEN accepted_price.point LIKE 'user-%' THEN 'user' ELSE 'term' END),"
    " CASE WHEN r.duration_months > 0 THEN r.duration_months"
    " WHEN w.term_months > 0 THEN w.term_months ELSE COALESCE(q.term_months, 0) END,"
    " CASE WHEN r.duration_months > 0 THEN r.payment_months"
    " WHEN w.term_months > 0 THEN w.payment_months ELSE COALESCE(q.payment_months, 0) END,"
    " COALESCE(q.name, ''), COALESCE(q.vcpu, w.vcpu, 0) FROM pricing_row r"
    " LEFT JOIN price_point q ON q.product = r.product"
    " AND ((q.plan = r.plan AND q.id = accepted_price.point)"
    " OR (r.plan IS NULL AND q.plan || '.' || q.id = accepted_price.point))"
    " LEFT JOIN plan p ON p.product = q.product AND p.id = q.plan"
    " LEFT JOIN row_price w ON w.offer = r.offer AND w.number = r.number"
    " AND w.point = accepted_price.point"
    " WHERE r.offer = accepted_price.offer AND r.number = accepted_price.number);"
    "CREATE INDEX accepted_price_shown ON accepted_price (offer, number, position, point);"

    /* The documents agreed to, each by itself. document is where its bytes are found. */
    "CREATE TABLE accepted_document ("
    " offer TEXT NOT NULL REFERENCES acceptance (offer),"
    " document TEXT NOT NULL REFERENCES document (id), side TEXT NOT NULL, position BIGINT NOT "
    "NULL,"
    " name TEXT NOT NULL, size BIGINT NOT NULL, sha256 TEXT NOT NULL,"
    " PRIMARY KEY (offer, side, position));"
    "INSERT INTO accepted_document SELECT a.offer, d.id, d.side, d.position, d.name, d.size,"
    " d.sha256 FROM acceptance a JOIN document d ON d.offer = a.offer;";

static const char schema_customer_facts[] =
    /* Of a billing account whose administrators approve each product by itself (LAW 2.4). */
    "ALTER TABLE billing_account ADD COLUMN private_store BIGINT NOT NULL DEFAULT 0;"

    /* Where purchases are deployed; nothing is into a locked one. Names are compared folded. */
    "CREATE TABLE resource_group ("
    " subscription TEXT NOT NULL REFERENCES azure_subscription (id), name TEXT NOT NULL,"
    " name_fold TEXT NOT NULL, locked BIGINT NOT NULL, PRIMARY KEY (subscription, name_fold));"

    /* What the operator changed of an account: kind says which table account is of. */
    "CREATE TABLE account_event ("
    " kind TEXT NOT NULL, account TEXT NOT NULL, number BIGINT NOT NULL, at BIGINT NOT NULL,"
    " person TEXT NOT NULL REFERENCES person (id), person_name TEXT NOT NULL,"
    " field TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,"
    " PRIMARY KEY (kind, account, number));"

    /* A link by which a customer gives a billing account ID to an ISV, once (LAW 2.3). The token
     * itself is only in the link; here is its BLAKE2b. used_at and withdrawn_at are NULL until
     * then; publisher and offer say which draft has the ID. */
    "CREATE TABLE handover ("
    " token_hash TEXT PRIMARY KEY,"
    " billing_account TEXT NOT NULL REFERENCES billing_account (id),"
    " person TEXT NOT NULL REFERENCES person (id), created_at BIGINT NOT NULL,"
    " expires_at BIGINT NOT NULL, withdrawn_at BIGINT, used_at BIGINT,"
    " publisher TEXT REFERENCES publisher (id), offer TEXT REFERENCES offer (id));"
    "CREATE INDEX handover_account ON handover (billing_account, expires_at, token_hash);";

static const char schema_purchases[] =
    /* What a customer bought (LAW 10.3, 11). offer, partner and pricing_row say through which
     * offer, also where list price applied; NULL and 0 for none. Time brings the next thing to it
     * on due_on; NULL when nothing more comes. Months are counted from anchor_on. landing_key makes
     * the tokens of its configuration page. */
    "CREATE TABLE purchase ("
    " id TEXT PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, ending TEXT NOT NULL,"
    " version BIGINT NOT NULL, due_on TEXT, organisation TEXT NOT NULL REFERENCES organisation "
    "(id),"
    " billing_account TEXT NOT NULL REFERENCES billing_account (id),"
    " azure_subscription TEXT NOT NULL REFERENCES azure_subscription (id),"
    " resource_group TEXT NOT NULL, name TEXT NOT NULL, tags TEXT NOT NULL,"
    " order_reference TEXT NOT NULL, person TEXT NOT NULL REFERENCES person (id),"
    " isv TEXT NOT NULL REFERENCES publisher (id), product TEXT NOT NULL, plan TEXT NOT NULL,"
    " plan_name TEXT NOT NULL, offer TEXT REFERENCES offer (id), pricing_row BIGINT NOT NULL,"
    " partner TEXT REFERENCES publisher (id), term_months BIGINT NOT NULL,"
    " payment_months BIGINT NOT NULL, vcpu BIGINT NOT NULL, quantity BIGINT NOT NULL,"
    " next_quantity BIGINT NOT NULL, min_users BIGINT NOT NULL, max_users BIGINT NOT NULL,"
    " recurring BIGINT NOT NULL, renews_through TEXT NOT NULL, contact TEXT NOT NULL,"
    " landing_key TEXT NOT NULL, bought_at BIGINT NOT NULL, configured_at BIGINT NOT NULL,"
    " activated_at BIGINT NOT NULL, suspended_at BIGINT NOT NULL, ended_at BIGINT NOT NULL,"
    " anchor_on TEXT NOT NULL, term BIGINT NOT NULL, term_from_months BIGINT NOT NULL,"
    " paid_months BIGINT NOT NULL, usage_on TEXT NOT NULL, charge_count BIGINT NOT NULL,"
    " FOREIGN KEY (product, plan) REFERENCES plan (product, id));"
    "CREATE INDEX purchase_organisation ON purchase (organisation, bought_at, id);"
    "CREATE INDEX purchase_isv ON purchase (isv, bought_at, id);"
    "CREATE INDEX purchase_isv_state ON purchase (isv, state, configured_at, id);"
    "CREATE INDEX purchase_offer ON purchase (offer, bought_at, id);"
    "CREATE INDEX purchase_billing ON purchase (billing_account, product, plan);"
    "CREATE INDEX purchase_kind ON purchase (kind, state, bought_at, id);"
    "CREATE INDEX purchase_due ON purchase (due_on) WHERE due_on IS NOT NULL;"

    /* Everything on sale, for customers to find. */
    "CREATE INDEX product_name ON product (name_fold, id);";

static const char schema_charges[] =
    /* What each term costs, written when it begins (LAW 8.8): offer NULL is list price. A plan that
     * is changed begins one within the other. */
    "CREATE TABLE purchase_term ("
    " purchase TEXT NOT NULL REFERENCES purchase (id), term BIGINT NOT NULL,"
    " offer TEXT REFERENCES offer (id), pricing_row BIGINT NOT NULL, offer_version BIGINT NOT NULL,"
    " partner TEXT NOT NULL, begins_on TEXT NOT NULL, PRIMARY KEY (purchase, term));"
    "CREATE TABLE purchase_price ("
    " purchase TEXT NOT NULL, term BIGINT NOT NULL, point TEXT NOT NULL, words TEXT NOT NULL,"
    " quantity BIGINT NOT NULL, list BIGINT, partner BIGINT NOT NULL, customer BIGINT NOT NULL,"
    " PRIMARY KEY (purchase, term, point),"
    " FOREIGN KEY (purchase, term) REFERENCES purchase_term (purchase, term));"

    /* The lines of its bills, written once (LAW 12.1): units as on the line, amounts in cents, the
     * fee of the moment; corrects is the line that this one takes back, NULL elsewhere. offer and
     * pricing_row are where the price came from, with the version of the offer. */
    "CREATE TABLE charge ("
    " purchase TEXT NOT NULL REFERENCES purchase (id), number BIGINT NOT NULL, at BIGINT NOT NULL,"
    " charged_on TEXT NOT NULL, kind TEXT NOT NULL, term BIGINT NOT NULL,"
    " offer TEXT REFERENCES offer (id), pricing_row BIGINT NOT NULL, offer_version BIGINT NOT NULL,"
    " partner TEXT NOT NULL, point TEXT NOT NULL, words TEXT NOT NULL, quantity BIGINT NOT NULL,"
    " per_hour BIGINT NOT NULL, list BIGINT, partner_price BIGINT NOT NULL,"
    " customer_price BIGINT NOT NULL, list_cents BIGINT, partner_cents BIGINT NOT NULL,"
    " customer_cents BIGINT NOT NULL, fee_e8 BIGINT NOT NULL, fee_cents BIGINT NOT NULL,"
    " from_on TEXT NOT NULL, through_on TEXT NOT NULL, corrects BIGINT,"
    " PRIMARY KEY (purchase, number));"

    /* Usage as it was reported (LAW 11): once for each price and hour. */
    "CREATE TABLE usage_event ("
    " purchase TEXT NOT NULL REFERENCES purchase (id), point TEXT NOT NULL, hour_at BIGINT NOT "
    "NULL,"
    " quantity BIGINT NOT NULL, reported_at BIGINT NOT NULL, reported_by TEXT NOT NULL,"
    " PRIMARY KEY (purchase, point, hour_at));"
    "CREATE INDEX usage_event_hour ON usage_event (purchase, hour_at);"

    /* What happened to it and who did it. note is told to everybody who sees the purchase. */
    "CREATE TABLE purchase_event ("
    " purchase TEXT NOT NULL REFERENCES purchase (id), number BIGINT NOT NULL, at BIGINT NOT NULL,"
    " kind TEXT NOT NULL, party TEXT NOT NULL, account_name TEXT NOT NULL, account TEXT NOT NULL,"
    " person TEXT NOT NULL, person_name TEXT NOT NULL, note TEXT NOT NULL,"
    " PRIMARY KEY (purchase, number));"

    /* What a commitment was used for (LAW 10.4, D-32): decrement is negative where it came back. */
    "CREATE TABLE commitment_entry ("
    " billing_account TEXT NOT NULL, start_on TEXT NOT NULL, number BIGINT NOT NULL,"
    " at BIGINT NOT NULL, settled_on TEXT NOT NULL, purchase TEXT NOT NULL, charge BIGINT NOT NULL,"
    " decrement_cents BIGINT NOT NULL, remaining_cents BIGINT NOT NULL,"
    " PRIMARY KEY (billing_account, start_on, number),"
    " FOREIGN KEY (billing_account, start_on) REFERENCES commitment (billing_account, start_on),"
    " FOREIGN KEY (purchase, charge) REFERENCES charge (purchase, number));"
    "CREATE INDEX commitment_entry_charge ON commitment_entry (purchase, charge, start_on);";

const struct migration migrations[] = {
    {1, "market", schema_market},
    {2, "sessions", schema_sessions},
    {3, "catalogue", schema_catalogue},
    {4, "offers", schema_offers},
    {5, "events", schema_events},
    {6, "all options", schema_all_options},
    {7, "documents", schema_documents},
    {8, "records", schema_records},
    {9, "customer facts", schema_customer_facts},
    {10, "purchases", schema_purchases},
    {11, "charges", schema_charges},
    {12, "dashboards", schema_dashboards},
    {13, "support", schema_support},
    {14, "asks and versions", schema_asks},
    {15, "mail", schema_mail},
    {16, "audit", schema_audit},
    {17, "counts", schema_counts},
    {18, "lighter writes", schema_lighter},
    {19, "search", schema_search},
    {20, "moves", schema_moves},
};
const unsigned migration_count = COUNT(migrations);

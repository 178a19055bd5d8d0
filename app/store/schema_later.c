/*
 * schema_later.c: the steps of schema.c that one file has no room for; the same rules hold.
 */
#include "store/schema_later.h"

#include "store/offer_counts.h"

const char schema_dashboards[] =
    /* What lists are sorted by and offer_save writes: customer_fold is the label or else the
     * billing account ID, folded; status_key the place of the state in an offer's life and due_on;
     * starts_on the first day of the private price, '' while that is not known. */
    "ALTER TABLE offer ADD COLUMN customer_fold TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE offer ADD COLUMN status_key TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE offer ADD COLUMN starts_on TEXT NOT NULL DEFAULT '';"
    "UPDATE offer SET customer_fold = LOWER(CASE customer_label WHEN '' THEN billing_account"
    " ELSE customer_label END), status_key = CASE state WHEN 'draft' THEN '1'"
    " WHEN 'to_partner' THEN '2' WHEN 'to_customer' THEN '2' WHEN 'pending_partner' THEN '3'"
    " WHEN 'pending_acceptance' THEN '4' WHEN 'accepted' THEN '5' ELSE '0' END || ' ' || due_on,"
    " starts_on = CASE start_mode WHEN 'month' THEN start_on ELSE accepted_on END;"

    /* The offer that a draft was cloned or upgraded from (LAW 6.4); at most one of both. */
    "ALTER TABLE offer ADD COLUMN cloned_from TEXT REFERENCES offer (id);"
    "ALTER TABLE offer ADD COLUMN upgraded_from TEXT REFERENCES offer (id);"

    "CREATE INDEX offer_isv_id ON offer (isv, id, state, due_on);"
    "CREATE INDEX offer_isv_customer ON offer (isv, customer_fold, id, state, due_on);"
    "CREATE INDEX offer_isv_status ON offer (isv, status_key, id, state, due_on);"
    "CREATE INDEX offer_isv_start ON offer (isv, starts_on, id, state, due_on);"
    "CREATE INDEX offer_isv_end ON offer (isv, end_on, id, state, due_on);"
    /* a draft is in none of these */
    "CREATE INDEX offer_partner_id ON offer (offered_to, id, state, due_on)"
    " WHERE offered_to IS NOT NULL;"
    "CREATE INDEX offer_partner_customer ON offer (offered_to, customer_fold, id, state, due_on)"
    " WHERE offered_to IS NOT NULL;"
    "CREATE INDEX offer_partner_status ON offer (offered_to, status_key, id, state, due_on)"
    " WHERE offered_to IS NOT NULL;"
    "CREATE INDEX offer_partner_start ON offer (offered_to, starts_on, id, state, due_on)"
    " WHERE offered_to IS NOT NULL;"
    "CREATE INDEX offer_partner_end ON offer (offered_to, end_on, id, state, due_on)"
    " WHERE offered_to IS NOT NULL;"
    "CREATE INDEX offer_customer_name ON offer (extended_to, name_fold, id, state, due_on)"
    " WHERE extended_to IS NOT NULL;"
    "CREATE INDEX offer_customer_accept ON offer (extended_to, accept_by_on, id, state, due_on)"
    " WHERE extended_to IS NOT NULL;"
    "CREATE INDEX offer_customer_status ON offer (extended_to, status_key, id, state, due_on)"
    " WHERE extended_to IS NOT NULL;"
    "CREATE INDEX offer_customer_end ON offer (extended_to, end_on, id, state, due_on)"
    " WHERE extended_to IS NOT NULL;";

const char schema_asks[] =
    /* What one party asked of another and why (LAW 6.7): note is the reason, for those whom
     * core/event names; seller_ask and customer_ask are what stands, "" for nothing. */
    "ALTER TABLE event ADD COLUMN note TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE offer ADD COLUMN seller_ask TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE offer ADD COLUMN customer_ask TEXT NOT NULL DEFAULT '';"

    /* What each submit kept of its offer (LAW 6.9): number is its event's, position the order;
     * field, pricing_row and point name the value, words say what the point is. */
    "CREATE TABLE version_value ("
    " offer TEXT NOT NULL, number BIGINT NOT NULL, position BIGINT NOT NULL, field TEXT NOT NULL,"
    " pricing_row BIGINT NOT NULL, point TEXT NOT NULL, words TEXT NOT NULL, value TEXT NOT NULL,"
    " PRIMARY KEY (offer, number, position),"
    " FOREIGN KEY (offer, number) REFERENCES event (offer, number));";

const char schema_support[] =
    /* When support cancelled it; 0 never (LAW 6.5). */
    "ALTER TABLE offer ADD COLUMN cancelled_at BIGINT NOT NULL DEFAULT 0;"

    /* A request to cancel an accepted offer: party says which seller makes it. The words are what
     * the other seller and the customer said of it, '' for nothing yet. */
    "CREATE TABLE support_request ("
    " id TEXT PRIMARY KEY, offer TEXT NOT NULL REFERENCES offer (id), party TEXT NOT NULL,"
    " isv TEXT NOT NULL REFERENCES publisher (id), partner TEXT NOT NULL REFERENCES publisher (id),"
    " organisation TEXT NOT NULL REFERENCES organisation (id), billing_account TEXT NOT NULL,"
    " state TEXT NOT NULL, version BIGINT NOT NULL, reason TEXT NOT NULL, refund TEXT NOT NULL,"
    " purchases TEXT NOT NULL, other_word TEXT NOT NULL, customer_word TEXT NOT NULL,"
    " opened_at BIGINT NOT NULL);"
    "CREATE INDEX support_isv ON support_request (isv, opened_at, id);"
    "CREATE INDEX support_partner ON support_request (partner, opened_at, id);"
    "CREATE INDEX support_organisation ON support_request (organisation, opened_at, id);"
    "CREATE INDEX support_state ON support_request (state, opened_at, id);"
    "CREATE INDEX support_offer ON support_request (offer, state);"
    "CREATE UNIQUE INDEX support_open ON support_request (offer)"
    " WHERE state IN ('incomplete', 'ready', 'asked');"

    /* What happened to it. Who reads the note depends on kind and reader. */
    "CREATE TABLE support_act ("
    " request TEXT NOT NULL REFERENCES support_request (id), number BIGINT NOT NULL,"
    " at BIGINT NOT NULL, kind TEXT NOT NULL, party TEXT NOT NULL, account TEXT NOT NULL,"
    " account_name TEXT NOT NULL, person TEXT NOT NULL, person_name TEXT NOT NULL,"
    " note TEXT NOT NULL, PRIMARY KEY (request, number));"

    /* A file that shows somebody's agreement; its bytes are among those of documents. */
    "CREATE TABLE support_evidence ("
    " id TEXT PRIMARY KEY, request TEXT NOT NULL REFERENCES support_request (id),"
    " position BIGINT NOT NULL, shows TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL,"
    " size BIGINT NOT NULL, sha256 TEXT NOT NULL REFERENCES document_body (sha256),"
    " added_at BIGINT NOT NULL, UNIQUE (request, position));"
    "CREATE INDEX support_evidence_body ON support_evidence (sha256);";

const char schema_mail[] =
    /* Mails (LAW 14), written with what they tell about: who gets which, through whose eyes. key
     * makes each the only one of its kind. next_at, in real time, is when it is tried next; NULL
     * once it was sent or given up. What a mail said is emptied when it was sent. */
    "CREATE TABLE outbox ("
    " id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, notice TEXT NOT NULL, party TEXT NOT NULL,"
    " recipient TEXT NOT NULL, subject TEXT NOT NULL, lead TEXT NOT NULL, next TEXT NOT NULL,"
    " facts TEXT NOT NULL, path TEXT NOT NULL, created_at BIGINT NOT NULL, state TEXT NOT NULL,"
    " tries BIGINT NOT NULL, next_at BIGINT, sent_at BIGINT, error TEXT NOT NULL);"
    "CREATE INDEX outbox_next ON outbox (next_at, created_at, id) WHERE next_at IS NOT NULL;"
    "CREATE INDEX outbox_state ON outbox (state, created_at, id);"

    /* What time will tell of an offer or a purchase: on due_on something of the last day that about
     * names; NULL when all of it was told. Those of an older store are looked at once. */
    "CREATE TABLE notice_due ("
    " kind TEXT NOT NULL, id TEXT NOT NULL, about TEXT NOT NULL, due_on TEXT,"
    " PRIMARY KEY (kind, id));"
    "CREATE INDEX notice_due_on ON notice_due (kind, due_on, id) WHERE due_on IS NOT NULL;"
    "INSERT INTO notice_due SELECT 'offer', id, 'older', '0001-01-01' FROM offer"
    " WHERE state IN ('pending_partner', 'pending_acceptance');"
    "INSERT INTO notice_due SELECT 'purchase', id, 'older', '0001-01-01' FROM purchase"
    " WHERE kind = 'saas' AND state <> 'unsubscribed';"

    /* What a publisher's or a billing account's owner has switched on. */
    "CREATE TABLE notice_switch ("
    " kind TEXT NOT NULL, account TEXT NOT NULL, name TEXT NOT NULL, on_at BIGINT NOT NULL,"
    " person TEXT NOT NULL REFERENCES person (id), PRIMARY KEY (kind, account, name));"

    /* Its calendar of deadlines: the token itself is only in the address, here is its BLAKE2b. */
    "CREATE TABLE calendar_feed ("
    " kind TEXT NOT NULL, account TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE,"
    " made_at BIGINT NOT NULL, person TEXT NOT NULL REFERENCES person (id),"
    " PRIMARY KEY (kind, account));"

    /* Publications that failed, for the operator. */
    "CREATE INDEX offer_failed ON offer (id) WHERE failure <> '';";

const char schema_audit[] =
    /* What makes an alteration of a history show (LAW 5.1): the salt of an event, and its link in
     * each chain it stands in. subject names whose history: "offer 0f9a...". */
    "CREATE TABLE seal ("
    " subject TEXT NOT NULL, number BIGINT NOT NULL, salt TEXT NOT NULL,"
    " PRIMARY KEY (subject, number));"
    "CREATE TABLE chain_link ("
    " subject TEXT NOT NULL, chain TEXT NOT NULL, number BIGINT NOT NULL, link TEXT NOT NULL,"
    " PRIMARY KEY (subject, chain, number));"

    /* Who may sign in no more stays: histories name them (LAW 2.2). */
    "ALTER TABLE person ADD COLUMN active BIGINT NOT NULL DEFAULT 1;"

    /* The operator's list of all events, the newest first. */
    "CREATE INDEX event_at ON event (at, offer, number);"
    "CREATE INDEX event_person ON event (person, at, offer, number);"
    "CREATE INDEX purchase_event_at ON purchase_event (at, purchase, number);"
    "CREATE INDEX purchase_event_person ON purchase_event (person, at, purchase, number);"
    "CREATE INDEX support_act_at ON support_act (at, request, number);"
    "CREATE INDEX support_act_person ON support_act (person, at, request, number);"
    "CREATE INDEX account_event_at ON account_event (at, kind, account, number);"
    "CREATE INDEX account_event_person ON account_event (person, at, kind, account, number);";

const char schema_counts[] =
    /* How many offers an account has, by hat, state and span (offer_counts.h). */
    "CREATE TABLE offer_count ("
    " hat TEXT NOT NULL, account TEXT NOT NULL, span TEXT NOT NULL, state TEXT NOT NULL,"
    " offers BIGINT NOT NULL, PRIMARY KEY (hat, account, span, state));"
    "INSERT INTO offer_count (hat, account, span, state, offers)"
    " SELECT hat, account, span, state, SUM(offers) FROM ("
    OFFER_COUNTS("1", "1 = 1")
    ") AS each_one GROUP BY hat, account, span, state;"
    /* What counted them until now; and the lists of one state. */
    "DROP INDEX offer_isv_state;"
    "DROP INDEX offer_partner_state;"
    "DROP INDEX offer_customer_state;"
    "CREATE INDEX offer_isv_state ON offer (isv, state, isv_changed_at, id, due_on);"
    "CREATE INDEX offer_isv_due ON offer (isv, state, accept_by_on, id)"
    " WHERE state IN ('draft', 'pending_partner');"
    "CREATE INDEX offer_partner_due ON offer (offered_to, state, accept_by_on, id)"
    " WHERE state IN ('draft', 'pending_partner');"
    "CREATE INDEX offer_partner_state"
    " ON offer (offered_to, state, partner_changed_at, id, due_on);"
    "CREATE INDEX offer_customer_state"
    " ON offer (extended_to, state, customer_changed_at, id, due_on);";

const char schema_lighter[] =
    /* Every index of a table is a page or two that a change of a row writes: what few accepted
     * prices an offer has is sorted, and most offers wait for no publication. */
    "DROP INDEX accepted_price_shown;"
    "DROP INDEX offer_publish;"
    "CREATE INDEX offer_publish ON offer (publish_at) WHERE publish_at IS NOT NULL;"

    /* What a submit looks through for overlaps (LAW 8.6): one ISV's offers to one billing account
     * that last beyond a day, with their time. */
    "DROP INDEX offer_overlap;"
    "CREATE INDEX offer_live ON offer (billing_account, isv, due_on, end_on, starts_on, id)"
    " WHERE state IN"
    " ('to_partner', 'pending_partner', 'to_customer', 'pending_acceptance', 'accepted');";

const char schema_search[] =
    /* In the order that lists begin with, a search looks at names without reading offers. */
    "DROP INDEX offer_isv_changed;"
    "DROP INDEX offer_partner_changed;"
    "DROP INDEX offer_customer_changed;"
    "CREATE INDEX offer_isv_changed ON offer (isv, isv_changed_at, id, state, due_on, name_fold);"
    "CREATE INDEX offer_partner_changed"
    " ON offer (offered_to, partner_changed_at, id, state, due_on, name_fold);"
    "CREATE INDEX offer_customer_changed"
    " ON offer (extended_to, customer_changed_at, id, state, due_on, name_fold);";

const char schema_moves[] =
    /* A move (offer_save, not whole) writes into each index that holds a column it changes, and
     * nearly all held the state and its last day. In the orders that few look at a list in, its
     * state is now read from the row. */
    "DROP INDEX offer_isv_name;"
    "CREATE INDEX offer_isv_name ON offer (isv, name_fold, id);"
    "DROP INDEX offer_isv_accept;"
    "CREATE INDEX offer_isv_accept ON offer (isv, accept_by_on, id);"
    "DROP INDEX offer_isv_id;"
    "CREATE INDEX offer_isv_id ON offer (isv, id);"
    "DROP INDEX offer_isv_customer;"
    "CREATE INDEX offer_isv_customer ON offer (isv, customer_fold, id);"
    "DROP INDEX offer_isv_start;"
    "CREATE INDEX offer_isv_start ON offer (isv, starts_on, id);"
    "DROP INDEX offer_isv_end;"
    "CREATE INDEX offer_isv_end ON offer (isv, end_on, id);"
    "DROP INDEX offer_partner_name;"
    "CREATE INDEX offer_partner_name ON offer (offered_to, name_fold, id)"
    " WHERE offered_to IS NOT NULL;"
    "DROP INDEX offer_partner_accept;"
    "CREATE INDEX offer_partner_accept ON offer (offered_to, accept_by_on, id)"
    " WHERE offered_to IS NOT NULL;"
    "DROP INDEX offer_partner_id;"
    "CREATE INDEX offer_partner_id ON offer (offered_to, id)"
    " WHERE offered_to IS NOT NULL;"
    "DROP INDEX offer_partner_customer;"
    "CREATE INDEX offer_partner_customer ON offer (offered_to, customer_fold, id)"
    " WHERE offered_to IS NOT NULL;"
    "DROP INDEX offer_partner_start;"
    "CREATE INDEX offer_partner_start ON offer (offered_to, starts_on, id)"
    " WHERE offered_to IS NOT NULL;"
    "DROP INDEX offer_partner_end;"
    "CREATE INDEX offer_partner_end ON offer (offered_to, end_on, id)"
    " WHERE offered_to IS NOT NULL;"
    "DROP INDEX offer_customer_name;"
    "CREATE INDEX offer_customer_name ON offer (extended_to, name_fold, id)"
    " WHERE extended_to IS NOT NULL;"
    "DROP INDEX offer_customer_accept;"
    "CREATE INDEX offer_customer_accept ON offer (extended_to, accept_by_on, id)"
    " WHERE extended_to IS NOT NULL;"
    "DROP INDEX offer_customer_end;"
    "CREATE INDEX offer_customer_end ON offer (extended_to, end_on, id)"
    " WHERE extended_to IS NOT NULL;";

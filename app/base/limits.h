/*
 * limits.h: every bound of the product in one place, asserted against each other.
 *
 * Those with a section number are the domain's (LAW.md); the others are ours.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#include "base/base.h"

/* The offer (LAW 4, 16, D-25, D-37). */
#define LIMIT_OFFER_NAME 128     /* characters */
#define LIMIT_DESCRIPTION 1024   /* characters */
#define LIMIT_CUSTOMER_LABEL 128 /* characters */
#define LIMIT_SALES_NOTE 60      /* characters, not bytes */
#define LIMIT_REASON 1000        /* characters one party gives another */
#define LIMIT_CONTACTS 5         /* per side */
#define LIMIT_ROWS 10            /* products or plans per offer */
#define LIMIT_DOCUMENTS 5        /* terms documents per offer, over both sellers */
#define LIMIT_DOCUMENT_BYTES (10 * 1024 * 1024)
#define LIMIT_DOCUMENT_NAME 128 /* characters */
#define LIMIT_QUANTITY 1000000  /* reservations, users */
#define LIMIT_EMAIL_BYTES 254
#define LIMIT_EVIDENCE 5        /* files of a support request, each like a document */
#define LIMIT_SUPPORT_TEXT 1024 /* characters of a reason, a question, an answer */
#define LIMIT_ADJUSTMENT_DECIMALS 8
#define LIMIT_DISCOUNT_DECIMALS 2
#define LIMIT_END_MONTHS_AHEAD 60
#define LIMIT_START_MONTHS_AHEAD 24
#define LIMIT_ACCEPTERS_NAMED 3                /* people named in the no-permission notice */
#define LIMIT_MONEY_CENTS INT64_C(99999999999) /* 999,999,999.99 */

/* Purchases (LAW 10.3, 11, 16). */
#define LIMIT_CLOCK_DAYS 30 /* to configure, to activate, to pay */
#define LIMIT_REFUND_S (72 * 60 * 60)
#define LIMIT_LANDING_S (24 * 60 * 60) /* a page of configuration */
#define LIMIT_USAGE_S (24 * 60 * 60)   /* age of a usage event */
#define LIMIT_USAGE_BATCH 25
#define LIMIT_USAGE INT64_C(1000000) /* units of one event */
/* What a line of a bill multiplies its price by: a month of hourly events on the largest size. */
#define LIMIT_LINE_TIMES INT64_C(100000000000)
#define LIMIT_PURCHASE_NAME 64 /* characters; resource groups, tags and references too */
#define LIMIT_CHARGES 1000     /* lines read of one purchase */

/* The catalogue (LAW 3.2). */
#define LIMIT_METERS 30
#define LIMIT_TERMS 4
#define LIMIT_VCPU_SIZES 10
#define LIMIT_POINTS 48        /* price points of one plan in one market: terms, meters, sizes */
#define LIMIT_PLANS 100        /* of a product, */
#define LIMIT_PRIVATE_PLANS 45 /* of which private */
#define LIMIT_PLAN_ID 50       /* characters */
#define LIMIT_PLAN_NAME 200    /* characters; products too */
#define LIMIT_PLAN_DESCRIPTION 3000       /* characters */
#define LIMIT_PLAN_SUMMARY 100            /* characters */
#define LIMIT_METER_UNIT 50               /* characters */
#define LIMIT_INCLUDED INT64_C(999999999) /* of a meter in a term */
#define LIMIT_MARKET_NAME 64              /* characters */
#define LIMIT_MARKETS 60                  /* that the marketplace sells in */
#define LIMIT_NOTICE_DAYS 90              /* before a list price goes up */

/* A catalogue as a file (README). The JSON bounds are of one product: what the largest has. */
#define LIMIT_CATALOGUE_BYTES (10 * 1024 * 1024)
#define LIMIT_FILE_PRODUCTS 1000
#define LIMIT_FILE_PLANS 10000
#define LIMIT_FILE_PRICES 200000
#define LIMIT_JSON_DEPTH 16
#define LIMIT_JSON_MEMBERS 64 /* of one object */
#define LIMIT_JSON_CONTAINERS 40000
#define LIMIT_JSON_VALUES 160000

#define LIMIT_BILLING_ACCOUNT_BYTES 96
#define LIMIT_PICKER_PLANS 10  /* on one page of those to choose from */
#define LIMIT_PRODUCT_ROWS 10  /* on one page of a catalogue */
#define LIMIT_PRICES_SHOWN 100 /* of a row, in one table: a whole product may have thousands */
#define LIMIT_COLLISIONS 20    /* named at one submit */

/* Requests. */
#define LIMIT_BODY_BYTES (256 * 1024)
#define LIMIT_UPLOAD_FILE_BYTES LIMIT_DOCUMENT_BYTES /* kept of a file; its size is told anyway */
/* Of a form with a file: room for a file too large, so that it comes back with all that was typed
 * and the reason. */
#define LIMIT_UPLOAD_BYTES (2 * LIMIT_UPLOAD_FILE_BYTES + LIMIT_BODY_BYTES)
#define LIMIT_PATH_BYTES 512
#define LIMIT_QUERY_BYTES 4096
#define LIMIT_COOKIE_BYTES 4096
#define LIMIT_FORM_FIELDS 720
#define LIMIT_FIELD_BYTES (32 * 1024)
/* A page of ten whole products holds a thousand prices three times, in tables and as choices of
 * one: under the longest names more than 4 MB. */
#define LIMIT_PAGE_BYTES (6 * 1024 * 1024)
#define LIMIT_DOWNLOAD_BYTES (16 * 1024 * 1024)
/* Ten whole products of a hundred plans, with thirty meters each and names as long as they may be,
 * are 40 MB; a request that finds a conflict reads them four times. */
#define LIMIT_ARENA_BYTES (256 * 1024 * 1024)
#define LIMIT_PROBLEMS 200
#define LIMIT_SEARCH 100 /* characters */

/* Lists. */
#define LIMIT_LIST_ROWS 25
#define LIMIT_REFUNDS 500 /* purchases of an offer to choose from, in one form */
#define LIMIT_LIST_CHUNK 500    /* read at a time for a file */
#define LIMIT_LIST_FILE 20000   /* rows of a file of offers */
#define LIMIT_COUNTED 1000      /* counts are exact up to here, then "1,000+" */
#define LIMIT_EVENT_FIELDS 1000 /* changes told to somebody whose form was made before them */
#define LIMIT_EVENTS 200        /* history rows shown on one page */
#define LIMIT_VERSIONS 50       /* submits listed of one offer */

/* Accounts. */
#define LIMIT_PEOPLE 200               /* listed of one account */
#define LIMIT_ACCOUNT_NAME 128         /* characters */
#define LIMIT_PERSON_NAME 128          /* characters */
#define LIMIT_BILLING_ACCOUNTS 50      /* listed of one organisation */
#define LIMIT_HANDOVERS 20             /* open links of one billing account */
#define LIMIT_HANDOVER_DAYS 14         /* that a link works */
#define LIMIT_CHECKED_SUBSCRIPTIONS 25 /* in one eligibility report */
#define LIMIT_CERTIFICATES 60          /* that hold, and listed, of one publisher */
#define LIMIT_AZURE_SUBSCRIPTIONS 100  /* of one organisation */
#define LIMIT_RESOURCE_GROUPS 100      /* of one Azure subscription */
#define LIMIT_RESOURCE_GROUP_NAME 90   /* characters */

/* The store. */
#define LIMIT_WRITE_BATCH 64 /* writes that share one commit */
#define LIMIT_SEALED_AT_ONCE 2000 /* events of before there were seals, in one write */
#define LIMIT_HISTORY_EVENTS 900  /* in one file of a history (LAW 5.1) */
#define LIMIT_SWEEP 200      /* rows of each kind deleted by one sweep */

/* Mail (LAW 14). */
#define LIMIT_MAILS 20       /* taken up in one turn */
#define LIMIT_NOTICES_DUE 50 /* offers or purchases told about in one turn */
#define LIMIT_MAIL_TRIES 12  /* before a mail is given up: about a day */
#define LIMIT_MAIL_BYTES (64 * 1024)
#define LIMIT_DEADLINES 200  /* of each kind in one calendar */
#define LIMIT_MAIL_ERROR 200 /* bytes kept of what a mail server answered */

/* Sign-in (real time). */
#define LIMIT_PASSWORD_MIN 12 /* characters, for a new password */
#define LIMIT_PASSWORD_BYTES 256
#define LIMIT_FAILURES_ACCOUNT 10
#define LIMIT_FAILURES_ADDRESS 30
#define LIMIT_FAILURES_BILLING 30 /* billing account IDs a publisher may try in vain */
#define LIMIT_FAILURES_WINDOW_S (15 * 60)
#define LIMIT_SESSION_IDLE_S (30 * 60)
#define LIMIT_SESSION_S (12 * 60 * 60)
#define LIMIT_SESSION_TOUCH_S (5 * 60)
#define LIMIT_SLOW_WAITING 64 /* requests that wait for a password's hash: five seconds of them */
#define LIMIT_SLOW_WAIT_S 15  /* that one waits, where that takes longer; nginx waits for 30 */

_Static_assert(LIMIT_POINTS >= LIMIT_TERMS + LIMIT_METERS + LIMIT_VCPU_SIZES, "a plan fits");
_Static_assert(LIMIT_JSON_MEMBERS >= LIMIT_MARKETS && LIMIT_JSON_MEMBERS >= LIMIT_METERS,
               "a plan fits its file");
_Static_assert(LIMIT_ROWS *LIMIT_POINTS <= LIMIT_FORM_FIELDS, "a full form fits");
_Static_assert(LIMIT_REFUNDS + 10 <= LIMIT_FORM_FIELDS, "all of them can be ticked");
_Static_assert(LIMIT_REFUNDS % LIMIT_LIST_ROWS == 0, "they are read in pages");
_Static_assert(LIMIT_MARKETS *(LIMIT_VCPU_SIZES + 1) + 40 <= LIMIT_FORM_FIELDS,
               "a plan priced per market and size fits");
_Static_assert(LIMIT_FIELD_BYTES >= LIMIT_SUPPORT_TEXT * 4, "a full reason fits");
_Static_assert(LIMIT_FIELD_BYTES >= LIMIT_DESCRIPTION * 4, "a full description fits");
/* A list's address carries the search and, in a cursor, a name: three characters for each byte. */
_Static_assert(LIMIT_QUERY_BYTES >= 12 * (LIMIT_OFFER_NAME + LIMIT_SEARCH) + 256,
               "a page is asked");
/* A report's address names each subscription: s100=<GUID>&. */
_Static_assert(LIMIT_QUERY_BYTES >= LIMIT_CHECKED_SUBSCRIPTIONS * 42 + 32, "a report is asked");
_Static_assert(LIMIT_BODY_BYTES > LIMIT_FIELD_BYTES, "a field fits its body");
_Static_assert(LIMIT_DOWNLOAD_BYTES >= LIMIT_DOCUMENT_BYTES, "what came in can go out");
_Static_assert(LIMIT_ARENA_BYTES > 2 * LIMIT_DOCUMENT_BYTES, "a document is fetched");
_Static_assert(LIMIT_SESSION_TOUCH_S < LIMIT_SESSION_IDLE_S, "a busy session stays alive");

#endif

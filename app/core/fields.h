/*
 * fields.h: the fields of an offer as one table: what each is called, what it may hold, who sees
 * it, who edits it (LAW 4, 5). Not here: what must be there at a submit (core/check).
 *
 * Pure. Forms, views, histories and tests walk this table. Invariant: offer_blank leaves nothing in
 * an offer that its viewer may not see, so no page can show it.
 */
#ifndef CORE_FIELDS_H
#define CORE_FIELDS_H

#include "core/offer.h"
#include "core/problems.h"

enum field {
    FIELD_NAME,
    FIELD_BILLING_ACCOUNT,
    FIELD_CUSTOMER_LABEL,
    FIELD_DESCRIPTION,
    FIELD_PARTNER,
    FIELD_START_MODE,
    FIELD_START_MONTH,
    FIELD_END_MONTH,
    FIELD_ACCEPT_BY,
    FIELD_CONTACTS,
    FIELD_SALES_NOTE,
    FIELD_PREPARED_BY,
    FIELD_PARTNER_CONTACTS,
    FIELD_PARTNER_NOTE,
    FIELD_TAXABLE,
    /* of each pricing row */
    FIELD_PRODUCT,
    FIELD_LIST_PRICE,
    FIELD_PRICE_TYPE,
    FIELD_DISCOUNT,
    FIELD_PARTNER_PRICE,
    FIELD_ADJUSTMENT,
    FIELD_CUSTOMER_PRICE,
    FIELD_PLAN_NAME,
    FIELD_PLAN_DESCRIPTION,
    FIELD_PAYMENT, /* of a term of option B, or the schedule of option C */
    FIELD_INCLUDED,
    FIELD_MIN_USERS,
    FIELD_MAX_USERS,
    FIELD_DURATION,
    FIELD_QUANTITY,
    /* of each terms document */
    FIELD_DOCUMENT,
    FIELD_PARTNER_DOCUMENT,
    FIELD_COUNT
};

/* What a field holds. Those of the offer itself stand at struct field_rule's place in it, as the
 * type named here. */
enum field_kind {
    KIND_NAME,        /* text: one line under the name rules of LAW 4.1 */
    KIND_LINE,        /* text: one line */
    KIND_NOTE,        /* text: one line without personal data */
    KIND_LINES,       /* text: several lines */
    KIND_ACCOUNT,     /* text: a billing account ID */
    KIND_SELLER,      /* text: a seller ID */
    KIND_EMAIL,       /* text */
    KIND_EMAILS,      /* text: one a line */
    KIND_START,       /* enum start_mode */
    KIND_MONTH_FIRST, /* struct day: the first of a month */
    KIND_MONTH_LAST,  /* struct day: the last of a month */
    KIND_DAY,         /* struct day */
    KIND_FLAG,        /* bool, set by the system; nobody types it */
    /* of pricing rows */
    KIND_CHOICE,
    KIND_RATE,
    KIND_AMOUNT,
    KIND_NUMBER, /* a whole number */
    KIND_FILE,   /* of documents */
    KIND_FACT,   /* computed; nobody types it */
};

struct field_rule {
    const char *name; /* in forms and events; rows append -<number>, own prices -<number>-<point> */
    const char *label; /* on screens (ui words) */
    enum field_kind kind;
    size_t limit;       /* characters; 0 = by kind */
    unsigned seen_by;   /* party bits (LAW 5) */
    unsigned edited_by; /* party bits: MOVE_EDIT for the ISV, MOVE_PRICE for the partner */
    size_t place;       /* in struct offer; 0 for a field of rows */
};

extern const struct field_rule fields[FIELD_COUNT];

bool field_seen(enum field field, enum party viewer);
/* The field whose rule has that name; FIELD_COUNT when none. */
enum field field_named(const char *name);

/* Gives a field of the offer itself the value it has in from; where from is NULL, none. Nothing for
 * fields of rows and documents. */
void field_assign(struct offer *to, enum field field, const struct offer *from);

/* Blanks everything the viewer may not see (LAW 5). Call after price_offer. The ISV's version of a
 * figure derived from the markup does not exist. */
void offer_blank(struct offer *offer, enum party viewer);

/* Where the typed values come from: a posted form. get answers NULL for a name that was not sent.
 */
struct answers {
    void *context;
    const char *(*get)(void *context, const char *name);
};

/* A form in which nothing was sent. */
extern const struct answers answers_none;

/* Reads every field that the party edits and that was sent into the offer; what is malformed
 * becomes a problem at the field's form name and leaves the offer's value alone (D-26: a missing
 * value is no problem here). A field of another party is not read, even if sent. Texts are kept. */
void fields_read(struct offer *offer, enum party party, const struct answers *answers,
                 struct arena *arena, struct problems *problems);

/* Reads one typed text under the rules of a field that holds a name or lines. at is where it was
 * typed. Keeps *result; a malformed text is a problem at `at` and leaves it alone. */
void field_text_read(enum field field, const char *at, const char *raw, struct arena *arena,
                     struct problems *problems, const char **result);

/* Reads the discounts, price types and adjustments that the party typed beside the rows. */
void fields_read_rows(struct offer *offer, enum party party, const struct answers *answers,
                      struct arena *arena, struct problems *problems);

/* Reads the own form of one row, as the offer's type has it; what is malformed becomes a problem at
 * its form name and leaves the row's value alone, what was not sent stays. Names (n is the row's
 * number, m a term of billing_terms, k a line from 1 to LIMIT_VCPU_SIZES):
 * A: price-n-<key>.
 * B: plan_name-n, plan_description-n, payment-n-m ("" not sold, else the months between payments),
 *    price-n-term-m or price-n-user-m, price-n-<meter>, included-n-<meter>-m ("" says nothing),
 *    unlimited-n-<meter>-m ("1", or "" as when it is not sent), min_users-n, max_users-n ("" = no
 *    limit). Prices and quantities of terms that are not sold are dropped.
 * C: duration-n, schedule-n ("upfront", "monthly"), and lines vcpu-n-k, quantity-n-k, unit-n-k. A
 *    plan without sizes has one line and no vcpu; a wholly blank line is none, and so is one whose
 *    vcpu is ANSWER_NO_LINE, whatever else stands on it. */
#define ANSWER_NO_LINE "none"
void fields_read_row(enum offer_type type, struct offer_row *row, const struct answers *answers,
                     struct arena *arena, struct problems *problems);

/* Reads the reason that one party gives another (LAW 6.7): several lines, at most LIMIT_REASON
 * characters, not nothing. Keeps *result, or says where `at` is what is wrong with it. */
void reason_read(const char *at, const char *raw, struct problems *problems, const char **result);

/* Reads the customer-facing name of a document under the name rules of LAW 4.1 into *result, or
 * says where `at` is what is wrong with it. Keeps. */
void document_name_read(const char *at, const char *raw, struct problems *problems,
                        const char **result);

/* Keeps: the field's value as text for forms, events and comparisons; not for row fields. */
const char *field_value(const struct offer *offer, enum field field, struct arena *arena);

/* Keeps: the form name of a row's field, e.g. discount-3. */
const char *field_row_name(struct arena *arena, enum field field, int number);
/* Keeps: price-3-term-12. */
const char *field_point_name(struct arena *arena, int number, const char *point);
/* Keep: payment-3-12, included-3-meter-emails-12, unlimited-3-meter-emails-12 (option B). */
const char *field_payment_name(struct arena *arena, int number, int term_months);
const char *field_included_name(struct arena *arena, int number, const char *meter,
                                int term_months);
const char *field_unlimited_name(struct arena *arena, int number, const char *meter,
                                 int term_months);
/* Keep: schedule-3, and vcpu-3-1, quantity-3-1, unit-3-1 (option C). */
const char *field_schedule_name(struct arena *arena, int number);
enum line_part { LINE_VCPU, LINE_QUANTITY, LINE_UNIT, LINE_PART_COUNT };
const char *field_line_name(struct arena *arena, int number, enum line_part part, int line);

/* How option C is paid, in forms and events: "upfront" for 0 months between payments, "monthly" for
 * 1. */
const char *schedule_text(int payment_months);
MUST_CHECK enum err schedule_read(const char *text, int *payment_months);

#endif

/*
 * parts.h: the pieces pages share: fields, badges, histories, price tables, the head of a page.
 *
 * Each function fills one template part (templates/_*.html) from domain values; pages place it.
 * Not here: whole pages, decisions about what a party may see (core/fields has made them).
 */
#ifndef PAGES_PARTS_H
#define PAGES_PARTS_H

#include "core/pricing.h"
#include "pages/exchange.h"
#include "store/events.h"
#include "store/offer_lists.h"

/* How a form field looks beyond its rule. */
struct field_look {
    const char *hint;  /* NULL = none */
    const char *label; /* NULL = the rule's */
    bool optional;
    bool count; /* show the rule's limit */
    bool short_input;
};

/* Puts the field of the offer's form at slot: the part of its kind, with what was typed or stored
 * and its problem; nothing when the viewer may not edit it now. */
void part_field(struct exchange *x, struct view *view, enum name slot, const struct offer *offer,
                enum field field, const struct field_look *look);

/* A radio group (of FIELD_START_MODE): values, labels and hints in parallel. */
struct choice {
    const char *value;
    const char *label;
    const char *hint;
};
void part_choice(struct exchange *x, struct view *view, enum name slot, const char *id,
                 const char *label, const struct choice *choices, size_t count, const char *stored);

/* One-line input outside the offer's field table (new offer, clock, sign in). type is "text" or
 * "email"; stored may be "". */
void part_text(struct exchange *x, struct view *view, enum name slot, const char *id,
               const char *label, const char *type, const char *stored,
               const struct field_look *look);
void part_password(struct exchange *x, struct view *view, enum name slot, const char *id,
                   const char *label, const char *autocomplete, const char *hint);

/* A day outside the offer's field table (the demo clock). */
void part_day(struct exchange *x, struct view *view, enum name slot, const char *id,
              const char *label, const char *stored, const char *hint);

/* A percentage or amount cell in a table row: label is its accessible name. dollars or percent. */
void part_cell(struct exchange *x, struct view *view, enum name slot, const char *id,
               const char *label, const char *stored, bool dollars, const char *hint);

/* The error summary of x->problems at slot SUMMARY, when there are any; prefix is put before '#' of
 * each link ("" for fields on this page, "/isv/offers/<id>/setup" from a review). Also makes the
 * title begin with "Error: " when the page is a refused form (prefix ""). */
void part_summary(struct exchange *x, struct view *view, const char *prefix);
/* Keeps: the page of the offer that the problem names. */
const char *problem_offer_href(const struct exchange *x, const struct problem *problem);

/* The hidden rev of a form: what it was made from. One that came back after signing in still says
 * what it was made from before, so that a save over somebody else's is noticed. */
void part_rev(struct exchange *x, struct view *view, const char *rev);

/* "Not saved yet" at slot NOT_SAVED when the form came back after signing in. */
void part_not_saved(struct exchange *x, struct view *view);

/* The badge of an offer's status as the viewer reads it. */
void part_status(struct exchange *x, struct view *view, enum name slot, const struct offer *offer);
/* Any other badge; tone is "", "ok", "warn", "bad" or "info". */
void part_badge(struct view *view, enum name slot, const char *tone, const char *icon,
                const char *words);

/* Notices: tone "ok", "warn", "bad" or "info". */
void part_notice(struct view *view, enum name slot, const char *tone, const char *icon,
                 const char *title, const char *words);

/* The head of a page at slot HEAD. Answers its view, for meta, crumbs and actions. */
struct view *part_head(struct exchange *x, struct view *view, const char *heading);
void head_lead(struct view *head, const char *words);
/* Crumbs end with the page itself; pairs of label and href before it. */
void head_crumbs(struct view *head, const char *const pairs[][2], size_t count, const char *here);
/* Status badge, id and facts of an offer. metas may hold NULLs, which are left out. */
void head_offer(struct exchange *x, struct view *head, const struct offer *offer,
                const char *const metas[], size_t count);

/* The two steps at slot STEPS; review: the second is current. */
void part_steps(struct view *view, bool review);

/* A fact of a facts part. code and note may be NULL. */
struct view *part_facts(struct view *view, enum name slot);
void fact(struct view *facts, const char *label, const char *words);
void fact_code(struct view *facts, const char *label, const char *words, const char *code);
void fact_mail(struct view *facts, const char *label, const char *address);
void fact_note(struct view *facts, const char *label, const char *words, const char *note);

/* The history of an offer at slot HISTORY, with the next step in words (NULL = none). */
MUST_CHECK enum err part_history(struct exchange *x, struct view *view, const char *offer,
                                 const char *next);
/* Texts of one event: EVENT_PARTY, EVENT_TEXT, EVENT_ISO, EVENT_TIME, EVENT_WHO. */
void event_texts(const struct exchange *x, struct view *row, const struct event *event);

/* One sentence for the viewer: what happens next, who does it and by when. Keeps. */
const char *next_step(const struct exchange *x, const struct offer *offer);

/* Price tables, through the viewer's eyes. */
void part_isv_prices(struct exchange *x, struct view *view, enum name slot,
                     const struct offer *offer);
void part_partner_prices(struct exchange *x, struct view *view, enum name slot,
                         const struct offer *offer);
void part_customer_prices(struct exchange *x, struct view *view, enum name slot,
                          const struct offer *offer, const char *heading);

/* The pieces of such a table, for the pages whose tables differ: names of a row; partner price,
 * customer price and earnings of a point; its warning, if any (LAW 8.3); agency fee and payout. */
void row_texts(struct view *view, const struct offer_row *row);
void partner_point_texts(const struct exchange *x, struct view *point,
                         const struct row_price *price);
void warning_texts(struct view *point, const struct offer_row *row, const struct row_price *price);
const char *fee_words(const struct exchange *x, const struct row_price *price);
const char *payout_words(const struct exchange *x, const struct row_price *price);

/* The waterfall of one price point at slot WATERFALL, from list price to what its viewer pays,
 * earns or is paid (LAW 8.1), and the choice of the point at slot FIELD_SHOW: the first, or the one
 * that ?show= or the form that came back names. Nothing when the viewer knows no such figures yet.
 */
void part_falls(struct exchange *x, struct view *view, const struct offer *offer);
/* The same as a card at slot FALLS, whose choice is a form of its own: page is where it is shown.
 * Answers whether there is one. */
bool part_falls_card(struct exchange *x, struct view *view, const struct offer *offer,
                     const char *page);
/* Keeps: "&show=1-year" to come back to the point that was posted, "" when it is none of the
 * offer's. */
const char *falls_query(const struct exchange *x, const struct offer *offer);
/* Keeps: names a price point among all of the offer, as ?show= does. */
const char *point_key(const struct exchange *x, const struct offer_row *row,
                      const struct row_price *price);

/* Dates as people read them. All keep. "54 days left" under 60 days, NULL otherwise. */
const char *days_left(const struct exchange *x, struct day day);
const char *start_words(const struct exchange *x, const struct offer *offer);
/* What a list shows as the customer: the label, else the billing account ID. */
const char *customer_words(const char *label, const char *billing_account);
/* "$100.00 (1-month, paid monthly), $1.00 (Meter: 100 emails)": the list prices of a plan in one
 * line, the first three of many. Keeps. */
const char *list_words(struct arena *arena, const struct plan *plan);
/* "20% discount", "Absolute price". Keeps. */
const char *pricing_words(struct arena *arena, const struct offer_row *row);

#endif

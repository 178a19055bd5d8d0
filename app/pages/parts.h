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
/* Several lines outside the offer's field table. */
void part_lines(struct exchange *x, struct view *view, enum name slot, const char *id,
                const char *label, const char *stored, const struct field_look *look);
void part_password(struct exchange *x, struct view *view, enum name slot, const char *id,
                   const char *label, const char *autocomplete, const char *hint);

/* A file to choose; accept is what the browser offers ("application/pdf,.pdf"). */
void part_file(struct exchange *x, struct view *view, enum name slot, const char *id,
               const char *label, const char *accept, const struct field_look *look);

/* A day outside the offer's field table (the demo clock). */
void part_day(struct exchange *x, struct view *view, enum name slot, const char *id,
              const char *label, const char *stored, const char *hint);

/* A percentage or amount cell in a table row: label is its accessible name. dollars or percent. */
void part_cell(struct exchange *x, struct view *view, enum name slot, const char *id,
               const char *label, const char *stored, bool dollars, const char *hint);
/* A whole number in a table row. */
void part_number(struct exchange *x, struct view *view, enum name slot, const char *id,
                 const char *label, const char *stored);
/* One of many; choices as of part_choice, without hints of their own. */
void part_select(struct exchange *x, struct view *view, enum name slot, const char *id,
                 const char *label, const struct choice *choices, size_t count, const char *stored);
/* One of a few in a table row; choices as of part_choice. With a reason it is disabled. */
void part_pick(struct exchange *x, struct view *view, enum name slot, const char *id,
               const char *label, const struct choice *choices, size_t count, const char *stored,
               const char *reason);
/* Once for each: "Not sold", "One-time upfront", "Monthly", "Annual". */
#define PAYMENT_CHOICES 4
/* How a billing term is paid, in the words of its choice; TERM_NOT_SOLD is one of them. */
const char *payment_label(int payment_months);
/* Keeps: the choices that the term has; answers how many. */
size_t payment_choices(struct arena *arena, int term_months,
                       struct choice choices[PAYMENT_CHOICES]);
/* One tick; context is said before the label to those who do not see where it stands; NULL where
 * the label says it all. */
void part_tick(struct exchange *x, struct view *view, enum name slot, const char *id,
               const char *context, const char *label, bool stored);
/* A text or number of a row, under the rule of its field; id is its form name. */
void part_typed(struct exchange *x, struct view *view, enum name slot, enum field field,
                const char *id, const char *stored, const struct field_look *look);

/* A value to copy, read only, in a field of its own. button is "Copy" or "Copy link"; of says what
 * it copies, for those who do not see where it stands; hint may be NULL. */
void part_copy(const struct exchange *x, struct view *view, enum name slot, const char *id,
               const char *label, const char *value, const char *button, const char *of,
               const char *hint);

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

/* The badge of an offer's status as the viewer reads it, and whose turn it is. */
void part_status(struct exchange *x, struct view *view, enum name slot, const struct offer *offer);
/* Any other badge; tone is "", "ok", "warn", "bad" or "info". Answers the part. */
struct view *part_badge(struct view *view, enum name slot, const char *tone, const char *icon,
                        const char *words);

/* Notices: tone "ok", "warn", "bad" or "info". Answers the part, for a link behind the words. */
struct view *part_notice(struct view *view, enum name slot, const char *tone, const char *icon,
                         const char *title, const char *words);
void notice_link(struct view *notice, const char *href, const char *label);

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
MUST_CHECK enum err part_history(struct exchange *x, struct view *view, const struct offer *offer,
                                 const char *next);
/* Texts of one event: EVENT_PARTY, EVENT_TEXT, EVENT_ISO, EVENT_TIME, EVENT_WHO. */
void event_texts(const struct exchange *x, struct view *row, const struct event *event);

/* The same of anything else that happened: who is the person inside the viewer's own account, the
 * account otherwise; the operator reads both. Keeps. */
void history_texts(const struct exchange *x, struct view *row, enum party party, int64_t at,
                   const char *words, const char *who);
const char *history_who(const struct exchange *x, const char *account_name,
                        const char *person_name);

/* One sentence for the viewer: what happens next, who does it and by when (LAW 6.8). Keeps. */
const char *next_step(const struct exchange *x, const struct offer *offer);

/* Price tables, through the viewer's eyes. */
/* change answers where the prices of a row are changed, kept; NULL where nothing can be. */
void part_isv_prices(struct exchange *x, struct view *view, enum name slot,
                     const struct offer *offer,
                     const char *(*change)(const struct exchange *x, const struct offer *offer,
                                           const struct offer_row *row));
void part_partner_prices(struct exchange *x, struct view *view, enum name slot,
                         const struct offer *offer);
void part_customer_prices(struct view *view, enum name slot, const struct offer *offer,
                          const char *heading);
/* The same table row by row: the first most prices of the row. Answers its group, which may get
 * where the row is bought (ROW_BUY) and where its prices come from (ROW_SOURCE). offer says whether
 * the row has a total. */
struct view *customer_prices_table(struct view *view, enum name slot, const char *heading);
struct view *customer_prices_row(struct view *table, const struct offer *offer,
                                 const struct offer_row *row, size_t most);

/* The figures a table has beside each price, as bits. */
enum { COLUMN_LIST = 1, COLUMN_PARTNER = 2, COLUMN_CUSTOMER = 4, COLUMN_SAVING = 8 };
#define SELLER_COLUMNS ((unsigned)COLUMN_LIST | COLUMN_PARTNER | COLUMN_CUSTOMER)

/* The pieces of such a table, for the pages whose tables differ. What a row sells, with a new
 * plan's description and users; how many of its prices a table shows, and the line that says how
 * many more there are; what a price is for, its list price, what is included of a meter, and, of
 * reservations, the formula below each price that is known. */
void row_texts(struct view *view, const struct offer_row *row);
size_t prices_shown(const struct offer_row *row);
void more_texts(struct view *view, const struct offer_row *row, const char *where);
void point_texts(struct view *point, const struct offer_row *row, const struct row_price *price,
                 unsigned columns);
/* The total of the row and of the offer in option C, as far as the viewer knows it; nothing in the
 * others (LAW D-22). */
void row_total_texts(struct view *view, const struct offer *offer, const struct offer_row *row,
                     unsigned columns);
void offer_total_texts(struct view *view, const struct offer *offer, unsigned columns);
/* What the partner earns by a point; its warning, if any (LAW 8.3); agency fee and payout. */
void earning_texts(struct view *point, const struct row_price *price);
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

/* Dates as people read them. All keep. "16 Oct 2023 UTC"; "54 days left" under 60 days, NULL
 * otherwise. */
const char *utc(const struct exchange *x, struct day day);
const char *days_left(const struct exchange *x, struct day day);
const char *start_words(const struct exchange *x, const struct offer *offer);
/* What a list shows as the customer: the label, else the billing account ID. */
const char *customer_words(const char *label, const char *billing_account);
/* "$100.00 (1-month, paid monthly), $1.00 (Meter: 100 emails)": the list prices of a plan in one
 * line, the first three of many. Keeps. */
const char *list_words(struct arena *arena, const struct plan *plan);
/* The same of what the row sells: in a whole product's row the plan stands before each. Keeps. */
const char *row_list_words(struct arena *arena, const struct offer_row *row);
/* "20 to 100 users"; NULL where the row says nothing of users. Keeps. */
const char *users_words(struct arena *arena, const struct offer_row *row);
/* "450.00 × 12 months × 4 = 21,600.00": the whole term of one reservation price at that unit price;
 * NULL while there is no quantity. Keeps. */
const char *subtotal_words(struct arena *arena, const struct row_price *price, struct money unit);
/* "20% discount", "Absolute price". Keeps. */
const char *pricing_words(struct arena *arena, const struct offer_row *row);

#endif

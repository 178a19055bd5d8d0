/*
 * isv_view.h: the pages of one offer as its ISV sees them, built from an offer that was read
 * through its ISV's eyes (offer_view): no figure of the customer's is in it.
 *
 * Not here: which page, and what a button does (pages/isv_pages).
 */
#ifndef PAGES_ISV_VIEW_H
#define PAGES_ISV_VIEW_H

#include "pages/exchange.h"
#include "store/catalogue.h"

/* Keeps: /isv/offers/<id><rest>. */
const char *isv_href(const struct exchange *x, const struct offer *offer, const char *rest);

/* The breadcrumb, the offer's name, status and id. Answers the head. */
struct view *isv_head(struct exchange *x, struct view *view, const struct offer *offer,
                      const char *here, const char *const metas[], size_t count);

/* Why the ISV may not make the move now: which state the offer is in and what to do. Keeps. */
const char *isv_closed_words(const struct exchange *x, const struct offer *offer,
                             enum offer_move move);

/* ERR_CLOSED with the reason when the draft is an upgrade, whose partner and products stay. */
MUST_CHECK enum err isv_changes_parts(struct exchange *x, const struct offer *offer);

/* What the stored facts answer about the parties of the offer, and nothing more (LAW 2.3). */
struct isv_answers {
    bool account_eligible;       /* a billing account is set and may be named */
    const char *partner_refusal; /* NULL: none is set, or it may be the partner */
};
MUST_CHECK enum err isv_answers_load(struct exchange *x, const struct offer *offer,
                                     struct isv_answers *answers);

/* A text to send to the selling partner: nobody is emailed. Keeps. */
const char *isv_share_text(const struct exchange *x, const struct offer *offer);

/* What the button that adds a row says: ui words by option. */
const char *isv_add_words(enum offer_type type);
/* The option in words, as its radio button has it. */
const char *isv_type_words(enum offer_type type);

/* The products of the offer, in its setup form. */
void isv_rows_view(struct exchange *x, struct view *view, const struct offer *offer);

/* The page of one row's own form, as far as the options have it in common. Answers its view. */
struct view *isv_row_head(struct exchange *x, enum page page, const struct offer *offer,
                          const struct offer_row *row);

/* The fields a draft begins with: its name and its option. */
void isv_new_fields(struct exchange *x, struct view *view);

/* Pages. Each shows x->problems. */
void isv_new_view(struct exchange *x);
MUST_CHECK enum err isv_offer_show(struct exchange *x, const struct offer *offer);
MUST_CHECK enum err isv_setup_show(struct exchange *x, const struct offer *offer);
MUST_CHECK enum err isv_review_show(struct exchange *x, const struct offer *offer);
/* The way to the next page of plans, if there is one. */
void part_more_plans(const struct exchange *x, struct view *found, const struct plans *plans);
void isv_products_view(struct exchange *x, const struct offer *offer, const struct plans *plans,
                       const char *search);
void isv_plan_new_view(struct exchange *x, const struct offer *offer, const struct plans *plans,
                       const char *search);
void isv_price_view(struct exchange *x, const struct offer *offer, const struct offer_row *row);
void isv_plan_price_view(struct exchange *x, const struct offer *offer,
                         const struct offer_row *row);
void isv_reservation_view(struct exchange *x, const struct offer *offer,
                          const struct offer_row *row);
void isv_withdraw_view(struct exchange *x, const struct offer *offer);
void isv_delete_view(struct exchange *x, const struct offer *offer);

#endif

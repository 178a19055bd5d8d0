/*
 * partner_view.h: the selling partner's pages, from an offer as the partner may see it.
 *
 * Not here: reading requests and acting (pages/partner_pages).
 */
#ifndef PAGES_PARTNER_VIEW_H
#define PAGES_PARTNER_VIEW_H

#include "pages/exchange.h"
#include "store/acceptances.h"

/* Keeps: the offer's own page, and what lies below it when below is not "", e.g. "/setup". */
const char *partner_href(const struct exchange *x, const struct offer *offer, const char *below);

/* Keeps one sentence: why the offer's state allows the partner no such thing. */
const char *partner_closed_words(const struct exchange *x, const struct offer *offer);

/* taxable: sales tax may be charged to the partner, as its submit found or would find (LAW D-11).
 */
MUST_CHECK enum err partner_offer_view(struct exchange *x, const struct offer *offer, bool taxable);

/* The cell for a row's adjustment: what may be typed stands below it (LAW 8.3); and the rows of the
 * setup form, with it. */
void partner_adjustment(struct exchange *x, struct view *view, const struct offer_row *row);
void partner_rows(struct exchange *x, struct view *view, const struct offer *offer);

/* What the partner's two forms show. */
struct partner_form {
    const struct offer *offer; /* priced with what was typed */
    const char *rev;           /* what the form was made from */
    bool taxable;              /* sales tax may be charged (LAW D-11) */
    bool refused;              /* the problems are about what was just sent */
    bool saved;                /* what was just sent was saved nevertheless */
};
MUST_CHECK enum err partner_setup_view(struct exchange *x, const struct partner_form *form);
void partner_review_view(struct exchange *x, const struct partner_form *form);

/* link is NULL while the offer is being published. */
void partner_share_view(struct exchange *x, const struct offer *offer, const struct link *link);
void partner_withdraw_view(struct exchange *x, const struct offer *offer);

#endif

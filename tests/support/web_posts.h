/*
 * web_posts.h: for each form of the route table: who sends it, about an offer in which state, and
 * what it holds so that it is taken.
 */
#ifndef SUPPORT_WEB_POSTS_H
#define SUPPORT_WEB_POSTS_H

#include "support/web_market.h"

#define WEB_NO_OFFER STATE_COUNT

struct web_post_rule {
    const char *path; /* of the row */
    enum web_person person;
    enum offer_state state; /* WEB_NO_OFFER: it is about none */
};

/* The rule of a POST row; fails the test when web_posts.c has none. */
const struct web_post_rule *web_post_rule(const char *path);

/* The row's path with the offer in it: row 2, the offer's link, the selling partner's account, a
 * document of the ISV's, which it gets for that; the market's purchase and request, or one that
 * nobody has. */
const char *web_row_path(struct web_market *market, const char *pattern, const char *offer);

/* A form that is taken, as the offer stands now; csrf and a fresh one-time key are that person's.
 * offer is "" for a rule about none. */
struct web_form web_post_form_of(struct web_market *market, const struct web_post_rule *rule,
                                 enum web_person person, const char *offer);

/* Does web_row_ready make nothing for that row? */
bool web_row_is_plain(const char *pattern);

/* Makes the purchase, request, mail, calendar or publication that the row's path or form names, in
 * the state that it is about. A request is of an accepted offer that is made for it. */
void web_row_ready(struct web_market *market, const char *pattern);

/* A mail that was given up, and the token of DEAL_ISV's calendar where a row needs one. */
#define WEB_MAIL "5b7d2e94-1c3f-4a86-9e05-7f2c8d6a1b30"
#define WEB_CALENDAR "calendar-0123456789_abcdefghijABCDEFGHIJklm"
void web_mail_failed(struct web_market *market);

/* The offer that a rule is about; "" for none. Makes what else the rule needs. */
const char *web_post_offer(struct web_market *market, const struct web_post_rule *rule);

#endif

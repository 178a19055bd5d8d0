/*
 * refusal.h: what every page that refuses a form must be: titled and summed up as an error, each
 * problem beside its field, whatever was typed still there, nothing stored.
 *
 * Each check fails the test at hand.
 */
#ifndef TESTS_WEB_REFUSAL_H
#define TESTS_WEB_REFUSAL_H

#include "support/web_market.h"

/* What a careless page would execute, and what a careless field would lose. */
#define REFUSAL_POISON \
    "\"><script>alert(1)</script>'&{{X}}&amp; \xf0\x9f\x9a\x80 \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d"

/* The error summary leads to fields that exist. */
void refusal_check_summary(struct web_market *market, const struct web_answer *answer);

/* It is a refusal, and the market is as web_dump() said before. */
void refusal_check(struct web_market *market, const struct web_answer *answer, const char *before);

/* The field holds exactly what was typed. */
void refusal_check_kept(struct web_market *market, const struct web_answer *answer,
                        const char *name, const char *typed);

/* The field says what is wrong with it, and the summary leads there. */
void refusal_check_error(struct web_market *market, const struct web_answer *answer,
                         const char *name);

/* A form of those pairs, with the person's csrf token, a fresh one-time key and, unless offer is
 * NULL, the offer's revision. */
struct web_form refusal_form(struct web_market *market, enum web_person person, const char *offer,
                             const char *const pairs[][2], size_t count);

/* Posts such a form of pairs that are all wrong: all come back, each with its error. */
struct web_answer refusal_check_all(struct web_market *market, enum web_person person,
                                    const char *offer, const char *path, const char *button,
                                    const char *const pairs[][2], size_t count);

#endif

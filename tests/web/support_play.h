/*
 * support_play.h: what tests of the pages of requests to cancel do again and again.
 */
#ifndef TESTS_WEB_SUPPORT_PLAY_H
#define TESTS_WEB_SUPPORT_PLAY_H

#include "support/web_market.h"

/* A page that opens. */
struct web_answer support_get_ok(struct web_market *market, enum web_person person,
                                 const char *path);

/* Keeps: "/isv/support/<id>/offer". */
const char *support_under(struct web_market *market, const char *hat, const char *id,
                          const char *rest);

/* Sends what the page holds, with that button and those words; it is taken. */
void support_does(struct web_market *market, enum web_person person, const char *path,
                  const char *button, const char *note);

/* Every link of the page to one of ours leads somewhere. */
void support_no_dead_link(struct web_market *market, enum web_person person,
                          const struct web_answer *page);

#endif

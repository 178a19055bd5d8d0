/*
 * web_walk.h: everybody asks for everything about an offer; whoever walks looks at each answer.
 */
#ifndef SUPPORT_WEB_WALK_H
#define SUPPORT_WEB_WALK_H

#include "support/web_market.h"

/* what names the request in messages. */
typedef void web_look(void *context, enum web_person person, const char *what,
                      const struct web_answer *answer);

/* Every person gets every page of the route table with the offer in it, every list as its chips,
 * columns and pager lead to it, and sends every form about the offer as if it were made from an
 * older one. Nothing is changed. */
void web_walk(struct web_market *market, const char *offer, web_look *look, void *context);

#endif

/*
 * option_play.h: an offer of any option on its way through the pages, for tests that look at them.
 *
 * The market is web_market's with rows_market's catalogue. Every step fails the test unless it is
 * taken.
 */
#ifndef WEB_OPTION_PLAY_H
#define WEB_OPTION_PLAY_H

#include "support/web_market.h"

struct option_play {
    struct web_market market;
    const char *offer;
};

void option_open(struct option_play *play);
void option_close(struct option_play *play);

/* A draft of that type with everything a submit needs but products. */
void option_draft(struct option_play *play, enum offer_type type);

/* The page below the offer's own, decoded: as a browser has its source, and as people read it. */
const char *option_source(struct option_play *play, enum web_person person, const char *below);
const char *option_text(struct option_play *play, enum web_person person, const char *below);

/* Posts name, value, ..., NULL below the offer's page with the person's revision; option_post fails
 * the test unless it is taken. */
struct web_answer option_try(struct option_play *play, enum web_person person, const char *below,
                             const char *const pairs[][2], size_t count);
struct web_answer option_send(struct option_play *play, enum web_person person, const char *below,
                              const char *const pairs[][2], size_t count);
#define OPTION_TRY(person, below, ...)                                    \
    option_try(&play, person, below, (const char *const[][2])__VA_ARGS__, \
               COUNT(((const char *const[][2])__VA_ARGS__)))
#define OPTION_POST(person, below, ...)                                    \
    option_send(&play, person, below, (const char *const[][2])__VA_ARGS__, \
                COUNT(((const char *const[][2])__VA_ARGS__)))

/* The ISV submits; the partner sets that adjustment on every row and submits; both are published.
 */
void option_submit(struct option_play *play);
void option_extend(struct option_play *play, const char *adjustment);

/* Every page of the offer for each party that sees it: the ISV's and partner's while it is theirs
 * to work on, the customer's and the operator's. */
void option_look(struct option_play *play, enum web_person person, const char *const belows[],
                 size_t count, const char *const shown[], size_t shown_count,
                 const char *const hidden[], size_t hidden_count);

#endif

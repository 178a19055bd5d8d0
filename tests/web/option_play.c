/*
 * option_play.c: see the header.
 */
#include "option_play.h"

#include <check.h>
#include <string.h>

#include "base/text.h"
#include "support/page.h"
#include "support/rows_market.h"

/* Whose pages they are; those of nobody named here are the customer's. */
static const char *
hat_of(enum web_person person)
{
    if (person == WEB_ISV)
        return "isv";
    if (person == WEB_PARTNER)
        return "partner";
    return person == WEB_OPERATOR ? "operator" : "customer";
}

static const char *
path_of(struct option_play *play, enum web_person person, const char *below)
{
    return web_path(&play->market, "/%s/offers/%s%s", hat_of(person), play->offer, below);
}

void
option_open(struct option_play *play)
{
    web_market_open(&play->market, NULL);
    rows_market_add(&play->market.deal);
    web_setting(&play->market, SETTING_PUBLISH_DELAY, "0");
}

void
option_close(struct option_play *play)
{
    web_market_close(&play->market);
}

struct web_answer
option_try(struct option_play *play, enum web_person person, const char *below,
           const char *const pairs[][2], size_t count)
{
    struct web_form form = web_form_new(&play->market);

    web_form_add(&form, "csrf", web_csrf(&play->market, person));
    web_form_add(&form, "once", web_path(&play->market, "option-%u", ++play->market.once));
    web_form_add(&form, "rev", web_rev(&play->market, person, play->offer));
    for (size_t i = 0; i < count; i++)
        web_form_add(&form, pairs[i][0], pairs[i][1]);
    return web_post_form(&play->market, person, path_of(play, person, below), &form);
}

struct web_answer
option_send(struct option_play *play, enum web_person person, const char *below,
            const char *const pairs[][2], size_t count)
{
    struct web_answer answer = option_try(play, person, below, pairs, count);

    ck_assert_msg(answer.status == 303, "%s as %s: %d %s", below, web_person_name(person),
                  answer.status, page_text(play->market.arena, answer.body));
    return answer;
}

#define POST(play, person, below, ...)                                    \
    option_send(play, person, below, (const char *const[][2])__VA_ARGS__, \
                COUNT(((const char *const[][2])__VA_ARGS__)))

void
option_draft(struct option_play *play, enum offer_type type)
{
    struct web_answer answer = web_post(&play->market, WEB_ISV, "/isv/offers/new", "name", "Deal",
                                        "pricing", offer_type_text(type), NULL);
    const char *id = answer.location + strlen("/isv/offers/");

    ck_assert_int_eq(answer.status, 303);
    play->offer = arena_copy(play->market.arena, id, strcspn(id, "/"));
    POST(play, WEB_ISV, "/setup",
         {{"do", "save"},
          {"billing_account", DEAL_ACCOUNT},
          {"seller_id", DEAL_PARTNER},
          {"start_mode", "accepted"},
          {"end_month", "2023-12"},
          {"accept_by", "2023-11-15"}});
}

const char *
option_source(struct option_play *play, enum web_person person, const char *below)
{
    struct web_answer answer = web_get(&play->market, person, path_of(play, person, below));

    ck_assert_msg(answer.status == 200, "%s as %s: %d", below, web_person_name(person),
                  answer.status);
    return page_decode(play->market.arena, answer.body, answer.body_length);
}

const char *
option_text(struct option_play *play, enum web_person person, const char *below)
{
    struct web_answer answer = web_get(&play->market, person, path_of(play, person, below));

    ck_assert_msg(answer.status == 200, "%s as %s: %d", below, web_person_name(person),
                  answer.status);
    return page_text(play->market.arena, answer.body);
}

void
option_submit(struct option_play *play)
{
    POST(play, WEB_ISV, "/submit", {{"do", "submit"}});
    web_publish(&play->market);
}

void
option_extend(struct option_play *play, const char *adjustment)
{
    struct offer offer = deal_view(&play->market.deal, PARTY_PARTNER, DEAL_PARTNER, play->offer);
    const char *pairs[LIMIT_ROWS + 2][2] = {{"do", "save"}, {"prepared_by", "p@fabrikam.example"}};

    for (size_t i = 0; i < offer.row_count; i++) {
        pairs[i + 2][0] =
            field_row_name(play->market.arena, FIELD_ADJUSTMENT, offer.rows[i].number);
        pairs[i + 2][1] = adjustment;
    }
    option_send(play, WEB_PARTNER, "/setup", (const char *const(*)[2])pairs, offer.row_count + 2);
    POST(play, WEB_PARTNER, "/review", {{"do", "submit"}});
    web_publish(&play->market);
}

void
option_look(struct option_play *play, enum web_person person, const char *const belows[],
            size_t count, const char *const shown[], size_t shown_count, const char *const hidden[],
            size_t hidden_count)
{
    for (size_t i = 0; i < count; i++) {
        const char *source = option_source(play, person, belows[i]);
        const char *text = option_text(play, person, belows[i]);

        for (size_t k = 0; k < shown_count; k++)
            ck_assert_msg(strstr(text, shown[k]) != NULL, "%s%s lacks %s: %s", hat_of(person),
                          belows[i], shown[k], text);
        for (size_t k = 0; k < hidden_count; k++)
            ck_assert_msg(strstr(source, hidden[k]) == NULL, "%s%s shows %s", hat_of(person),
                          belows[i], hidden[k]);
    }
}

/*
 * support_play.c: see the header.
 */
#include "support_play.h"

#include <check.h>
#include <string.h>

#include "actions/support.h"
#include "base/text.h"
#include "support/page.h"
#include "support/web_purchases.h"

struct web_answer
support_get_ok(struct web_market *market, enum web_person person, const char *path)
{
    struct web_answer answer = web_get(market, person, path);

    ck_assert_msg(answer.status == 200, "%s: %d", path, answer.status);
    return answer;
}

const char *
support_under(struct web_market *market, const char *hat, const char *id, const char *rest)
{
    return web_path(market, "/%s/support/%s%s", hat, id, rest);
}

void
support_does(struct web_market *market, enum web_person person, const char *path,
             const char *button, const char *note)
{
    struct web_answer answer =
        web_fill(market, person, path, "do", button, ANSWER_NOTE, note, NULL);

    ck_assert_msg(answer.status == 303, "%s %s: %d %s", path, button, answer.status,
                  page_text(market->arena, answer.body));
}

void
support_no_dead_link(struct web_market *market, enum web_person person,
                     const struct web_answer *page)
{
    for (const char *at = strstr(page->body, "href=\"/"); at != NULL;
         at = strstr(at + 1, "href=\"/")) {
        const char *href = page_decode(market->arena, at + 6, strcspn(at + 6, "\""));
        const char *path = arena_copy(market->arena, href, strcspn(href, "#"));
        int status;

        if (text_starts(path, "/static/") || *path == '\0')
            continue;
        status = web_get(market, person, path).status;
        ck_assert_msg(status == 200 || status == 303, "%s: %d", path, status);
    }
}

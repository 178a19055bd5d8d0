/*
 * refusal.c: reads refused pages with page.h, fields and summary alike.
 */
#include "refusal.h"

#include <check.h>
#include <string.h>

#include "base/text.h"
#include "support/page.h"

void
refusal_check_summary(struct web_market *market, const struct web_answer *answer)
{
    const char *summary = strstr(answer->body, "role=\"alert\"");
    const char *end;
    size_t links = 0;

    ck_assert_msg(summary != NULL, "no summary in %s", page_text(market->arena, answer->body));
    end = strstr(summary, "</ul>");
    ck_assert_ptr_nonnull(end);
    for (const char *at = strstr(summary, "<a "); at != NULL && at < end;
         at = strstr(at + 1, "<a ")) {
        const char *href = page_attribute(market->arena, at, "href");
        const char *hash = strchr(href, '#');

        links++;
        if (hash == href)
            ck_assert_msg(page_by_id(answer->body, hash + 1) != NULL, "%s leads nowhere", href);
    }
    ck_assert_uint_gt(links, 0);
}

void
refusal_check(struct web_market *market, const struct web_answer *answer, const char *before)
{
    ck_assert_int_eq(answer->status, 422);
    ck_assert_str_eq(answer->location, "");
    ck_assert_msg(text_starts(page_title(market->arena, answer->body), "Error: "), "title: %s",
                  page_title(market->arena, answer->body));
    ck_assert_ptr_null(strstr(answer->body, "<script>alert"));
    ck_assert_str_eq(before, web_dump(market));
    refusal_check_summary(market, answer);
}

void
refusal_check_kept(struct web_market *market, const struct web_answer *answer, const char *name,
                   const char *typed)
{
    const char *value = page_field(market->arena, answer->body, name);

    ck_assert_msg(value != NULL, "%s is gone", name);
    ck_assert_msg(text_equal(value, typed), "%s came back as <%s>", name, value);
}

void
refusal_check_error(struct web_market *market, const struct web_answer *answer, const char *name)
{
    const char *help = page_help(market->arena, answer->body, name);
    const char *tag = page_by_id(answer->body, name);

    ck_assert_msg(strstr(help, "Error: ") != NULL, "no error at %s: %s", name, help);
    ck_assert_msg(strstr(answer->body, arena_format(market->arena, "href=\"#%s\"", name)) != NULL,
                  "the summary does not lead to %s", name);
    if (strncmp(tag, "<fieldset", 9) != 0)
        ck_assert_msg(page_attribute(market->arena, tag, "aria-invalid") != NULL,
                      "%s is not marked invalid", name);
    ck_assert_ptr_nonnull(strstr(page_attribute(market->arena, tag, "aria-describedby"),
                                 arena_format(market->arena, "%s-help", name)));
}

struct web_form
refusal_form(struct web_market *market, enum web_person person, const char *offer,
             const char *const pairs[][2], size_t count)
{
    struct web_form form = web_form_new(market);

    web_form_add(&form, "csrf", web_csrf(market, person));
    web_form_add(&form, "once", arena_format(market->arena, "form-%u", ++market->once));
    if (offer != NULL)
        web_form_add(&form, "rev", web_rev(market, person, offer));
    for (size_t i = 0; i < count; i++)
        web_form_add(&form, pairs[i][0], pairs[i][1]);
    return form;
}

struct web_answer
refusal_check_all(struct web_market *market, enum web_person person, const char *offer,
                  const char *path, const char *button, const char *const pairs[][2], size_t count)
{
    const char *before = web_dump(market);
    struct web_form form = refusal_form(market, person, offer, pairs, count);
    struct web_answer answer;

    web_form_add(&form, "do", button);
    answer = web_post_form(market, person, path, &form);
    refusal_check(market, &answer, before);
    for (size_t i = 0; i < count; i++) {
        refusal_check_kept(market, &answer, pairs[i][0], pairs[i][1]);
        refusal_check_error(market, &answer, pairs[i][0]);
    }
    return answer;
}

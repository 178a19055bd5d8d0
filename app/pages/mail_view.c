/*
 * mail_view.c: one view for both templates.
 *
 * Invariant: what is said was written when the mail was put into the outbox; here it only gets its
 * link, which begins with the configured address whatever anybody's request said.
 */
#include "pages/mail_view.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "web/render.h"

/* "label<tab>value" a line. */
static void
facts_view(struct view *view, struct arena *arena, const char *facts)
{
    while (*facts != '\0') {
        size_t length = strcspn(facts, "\n");
        size_t label = strcspn(facts, "\t");
        struct view *fact = view_section(view, NAME_MAIL_FACT);

        assert(label < length);
        view_text(fact, NAME_MAIL_FACT_LABEL, arena_copy(arena, facts, label));
        view_text(fact, NAME_MAIL_FACT_VALUE,
                  arena_copy(arena, facts + label + 1, length - label - 1));
        facts += length + (facts[length] == '\n' ? 1 : 0);
    }
}

static enum err
body(struct arena *arena, enum page page, const struct view *view, const char **result)
{
    const struct render_globals globals = {.csrf = ""};
    struct buffer out;
    enum err outcome;

    buffer_open(&out, LIMIT_MAIL_BYTES);
    outcome = render(page, view, &globals, &out);
    if (outcome == OK)
        *result = arena_copy(arena, out.data, out.length);
    buffer_close(&out);
    return outcome;
}

enum err
mail_bodies(struct arena *arena, const char *public_address, const struct mail *mail,
            const char **text, const char **html)
{
    struct view *view = view_new(arena);

    view_text(view, NAME_MAIL_SUBJECT, mail->subject);
    view_text(view, NAME_MAIL_LEAD, mail->lead);
    if (*mail->next != '\0')
        view_text(view_section(view, NAME_MAIL_HAS_NEXT), NAME_MAIL_NEXT, mail->next);
    facts_view(view, arena, mail->facts);
    view_format(view, NAME_MAIL_HREF, "%s%s", public_address, mail->path);
    view_text(view, NAME_MAIL_LINK,
              notice_of_purchase(mail->notice) ? "Open the subscription" : "Open the offer");
    view_text(view, NAME_MAIL_REASON, notice_reason(mail->notice, mail->party));
    TRY(body(arena, PAGE_MAIL_MESSAGE_TEXT, view, text));
    return body(arena, PAGE_MAIL_MESSAGE, view, html);
}

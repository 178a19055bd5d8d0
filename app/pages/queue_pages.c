/*
 * queue_pages.c: lists of what could not be done yet, each row with its reason and a way to try it
 * again.
 *
 * Invariant: what a mail says is not read here; of each it is what kind, to whom, and what the mail
 * server said.
 */
#include "pages/queue_pages.h"

#include <inttypes.h>
#include <string.h>

#include "actions/notices.h"
#include "base/text.h"
#include "pages/parts.h"
#include "store/outbox.h"
#include "store/publications.h"

#define QUEUES "/operator/queues"

static struct view *
queue_add(struct view *view, enum name section, const char *id, const char *heading)
{
    struct view *queue = view_section(view, section);

    view_text(queue, NAME_QUEUE_ID, id);
    view_text(queue, NAME_QUEUE_HEADING, heading);
    return queue;
}

static void
nothing(struct view *queue, const char *words)
{
    view_text(view_section(queue, NAME_NOT_FOUND), NAME_NOT_FOUND_TEXT, words);
}

static void
retry_view(struct view *row, const char *action)
{
    view_text(view_section(row, NAME_RETRY), NAME_RETRY_ACTION, action);
}

/* ---- Publications --------------------------------------------------------------------------- */

static void
publications_view(struct exchange *x, struct view *queue, const struct publications *publications)
{
    struct view *some = view_section(queue, NAME_FOUND);

    for (size_t i = 0; i < publications->count; i++) {
        const struct publication *publication = &publications->rows[i];
        struct view *row = view_section(some, NAME_ROW);
        bool waits = publication->publish_at > 0;

        view_format(row, NAME_ROW_HREF, "/operator/offers/%s", publication->id);
        view_text(row, NAME_ROW_NAME, publication->name);
        view_text(row, NAME_ROW_STATUS, state_words(publication->state));
        view_text(row, NAME_ROW_TEXT,
                  waits ? instant_show(x->arena, publication->publish_at) : publication->failure);
        if (waits)
            retry_view(row,
                       arena_format(x->arena, QUEUES "/publications/%s/retry", publication->id));
    }
}

/* "Publications that wait (2)"; of more than a page those of the page: they are few, or all wait
 * for the same thing. */
static const char *
counted(struct exchange *x, const char *heading, const struct publications *publications)
{
    return arena_format(x->arena, "%s (%zu%s)", heading, publications->count,
                        publications->more ? "+" : "");
}

static enum err
publications_show(struct exchange *x, struct view *view)
{
    struct publications waiting;
    struct publications failed;
    struct view *queue;

    TRY(publications_waiting(x->db, x->arena, &waiting));
    TRY(publications_failed(x->db, x->arena, &failed));
    queue = queue_add(view, NAME_PUBLICATIONS, "publications",
                      counted(x, "Publications that wait", &waiting));
    view_text(queue, NAME_QUEUE_COLUMN, "Due");
    if (waiting.count > 0)
        publications_view(x, queue, &waiting);
    else
        nothing(queue, "No offer is in progress.");
    queue = queue_add(view, NAME_PUBLICATIONS, "publications-failed",
                      counted(x, "Publications that failed", &failed));
    view_text(queue, NAME_QUEUE_COLUMN, "What its seller must mend");
    if (failed.count > 0)
        publications_view(x, queue, &failed);
    else
        nothing(queue, "None has failed without being submitted again since.");
    return OK;
}

/* ---- Mails ---------------------------------------------------------------------------------- */

/* "<instant>.<id>", as a More link has it; anything else is the first page. */
static void
place_read(struct exchange *x, const char *name, int64_t *at, const char **id)
{
    const char *place = queried(x, name);
    const char *dot = strchr(place, '.');

    *at = 0;
    *id = "";
    if (dot == NULL || dot - place > 18 ||
        text_to_integer(arena_copy(x->arena, place, (size_t)(dot - place)), 0, INT64_MAX, at) != OK)
        return;
    *id = dot + 1;
}

static void
mail_row(struct exchange *x, struct view *row, const struct mail *mail)
{
    view_text(row, NAME_ROW_NAME, notice_words(mail->notice));
    view_text(row, NAME_ROW_TIME, instant_show(x->arena, mail->created_at));
    view_text(row, NAME_ROW_RECIPIENT, mail->recipient);
    view_format(row, NAME_ROW_TRIES, "%" PRId64, mail->tries);
    view_text(row, NAME_ROW_TEXT, *mail->error == '\0' ? "Not tried yet" : mail->error);
    if (mail->state == MAIL_FAILED || *mail->error != '\0')
        retry_view(row, arena_format(x->arena, QUEUES "/mails/%s/retry", mail->id));
}

static enum err
mails_show(struct exchange *x, struct view *view, enum mail_state state, const char *name,
           const char *heading, const char *none)
{
    struct mail_page page;
    struct view *queue;
    struct view *some;
    const char *before_id;
    int64_t before_at;
    int64_t count = 0;

    place_read(x, name, &before_at, &before_id);
    TRY(outbox_count(x->db, state, &count));
    TRY(outbox_page(x->db, x->arena, state, before_at, before_id, &page));
    queue =
        queue_add(view, NAME_MAILS, arena_format(x->arena, "mails-%s", name),
                  arena_format(x->arena, count > LIMIT_COUNTED ? "%s (1,000+)" : "%s (%" PRId64 ")",
                               heading, count));
    if (page.count == 0) {
        nothing(queue, none);
        return OK;
    }
    some = view_section(queue, NAME_FOUND);
    for (size_t i = 0; i < page.count; i++)
        mail_row(x, view_section(some, NAME_ROW), &page.rows[i]);
    if (page.more)
        view_format(view_section(some, NAME_MORE), NAME_MORE_HREF,
                    QUEUES "?%s=%" PRId64 ".%s#mails-%s", name,
                    page.rows[page.count - 1].created_at, page.rows[page.count - 1].id, name);
    return OK;
}

enum err
operator_queues_get(struct exchange *x)
{
    struct view *view = show(x, PAGE_OPERATOR_QUEUES, "Queues");

    head_lead(part_head(x, view, "Queues"),
              "Publications and mails that wait or failed. They are tried again by themselves.");
    TRY(publications_show(x, view));
    TRY(mails_show(x, view, MAIL_FAILED, "failed", "Mails that failed", "No mail was given up."));
    return mails_show(x, view, MAIL_WAITING, "waiting", "Mails that wait", "No mail waits.");
}

/* POST /operator/queues/publications/:publication/retry */
enum err
operator_publication_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    enum err outcome = action_publication_retry(&act, path_param(x, "publication"));

    if (outcome == ERR_CLOSED)
        x->closed_reason = "This offer isn’t in progress any more.";
    TRY(outcome);
    return redirect(x, QUEUES "?done=published-now");
}

/* POST /operator/queues/mails/:mail/retry */
enum err
operator_mail_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    enum err outcome = action_mail_retry(&act, path_param(x, "mail"));

    if (outcome == ERR_CLOSED)
        x->closed_reason = "This mail was sent meanwhile, or has not been tried yet.";
    TRY(outcome);
    return redirect(x, QUEUES "?done=mail-retried");
}

/*
 * home_pages.c: what needs this party's action, the nearest deadline first, and what happened to
 * the offers that changed last. GET /isv and /partner.
 *
 * Both read a bounded number of rows through the party's own lists. A person whose role may not see
 * private offers (LAW 2.2) sees none of them here either.
 */
#include "pages/home_pages.h"

#include <limits.h>

#include "actions/partner.h"
#include "pages/account_view.h"
#include "pages/frame.h"
#include "pages/parts.h"
#include "pages/purchase_lists.h"
#include "pages/purchase_pages.h"
#include "pages/purchase_view.h"
#include "store/accounts.h"

#define ATTENTION_ROWS 10
#define ATTENTION_DAYS 14 /* a deadline further away needs nobody yet */
#define RECENT_ROWS 6

/* When offers of a status need somebody, and what to do about them. */
struct attention_rule {
    enum list_status status;
    enum { ALWAYS, NEAR, LATELY } when; /* accept-by: whichever; near or past; past not long ago */
    const char *task;
    const char *task_late;   /* once accept-by has passed; NULL = the same */
    const char *task_failed; /* once a publication failed; NULL: it is not this party's to mend */
};

static const struct attention_rule isv_rules[] = {
    {LIST_DRAFT, ALWAYS, "Finish it and submit it", "Set a later accept by date, then submit it",
     "It could not be published: see why, and submit it again"},
    {LIST_PENDING_PARTNER, NEAR, "Remind your partner to price and submit it",
     "Withdraw it and set a later accept by date", NULL},
    {LIST_PENDING_ACCEPTANCE, NEAR, "Ask your partner to remind the customer", NULL, NULL},
    {LIST_EXPIRED, LATELY, "Ask your partner to withdraw it", NULL, NULL},
};

static const struct attention_rule partner_rules[] = {
    {LIST_PENDING_PARTNER, ALWAYS, "Price it and submit it to the customer",
     "Ask the ISV to withdraw it and set a later accept by date",
     "It could not be published: see why, and submit it again"},
    {LIST_PENDING_ACCEPTANCE, ALWAYS, "Send the customer the acceptance link", NULL, NULL},
    {LIST_EXPIRED, LATELY, "Withdraw it and ask the ISV for a later accept by date", NULL, NULL},
};

struct attention {
    const struct offer_line *line;
    const char *task;
    bool soon; /* accept-by is worth counting down */
};

struct attention_list {
    struct attention rows[COUNT(isv_rules) * LIMIT_LIST_ROWS];
    size_t count;
    bool more; /* a list of offers went on beyond what was read */
};

/* Days until accept-by; an offer without one comes last. */
static int
days_ahead(const struct exchange *x, const struct offer_line *line)
{
    struct day accept_by = line->offer.accept_by_on;

    return day_is_none(accept_by) ? INT_MAX : accept_by.number - x->today.number;
}

static void
attention_insert(const struct exchange *x, struct attention_list *list, struct attention row)
{
    size_t at = list->count++;

    assert(list->count <= COUNT(list->rows));
    while (at > 0 && days_ahead(x, list->rows[at - 1].line) > days_ahead(x, row.line)) {
        list->rows[at] = list->rows[at - 1];
        at--;
    }
    list->rows[at] = row;
}

/* What somebody asked this party to do about the offer (LAW 6.7), NULL for nothing. */
static const char *
asked_task(const struct exchange *x, const struct offer *offer)
{
    static const char *const tasks[ASK_COUNT] = {
        [ASK_SENT_BACK] = "Your partner sent it back: withdraw it and change it",
        [ASK_WITHDRAW] = "Withdraw it, as the ISV asks",
        [ASK_DECLINED] = "The customer declined it: see why",
        [ASK_CHANGE] = "The customer asks for a change: see which",
    };
    const char *sellers = tasks[offer->seller_ask];

    if (offer_waits_for(offer, x->today) != exchange_viewer(x).party)
        return NULL;
    return sellers != NULL ? sellers : tasks[offer->customer_ask];
}

/* Has the party done its part, and waits for what it asked the other for? */
static bool
has_asked(const struct exchange *x, const struct offer *offer)
{
    return x->hat == HAT_PARTNER && offer->seller_ask == ASK_SENT_BACK;
}

static enum err
attention_of_rule(struct exchange *x, const struct attention_rule *rule,
                  struct attention_list *list)
{
    const struct list_query query = {
        .viewer = exchange_viewer(x),
        .today = x->today,
        .status = rule->status,
        .sort = SORT_ACCEPT_BY,
        .descending = rule->when == LATELY,
        .search = "",
        .cursor = "",
        .limit = LIMIT_LIST_ROWS,
    };
    struct list_page page;

    TRY(offers_page(x->db, x->arena, &query, &page));
    list->more = list->more || page.after;
    for (size_t i = 0; i < page.count; i++) {
        const struct offer_line *line = &page.rows[i];
        int ahead = days_ahead(x, line);
        const char *asked = asked_task(x, &line->offer);
        const char *task = rule->task;

        if (has_asked(x, &line->offer) ||
            (asked == NULL && ((rule->when == NEAR && ahead > ATTENTION_DAYS) ||
                               (rule->when == LATELY && ahead < -ATTENTION_DAYS))))
            continue;
        if (ahead < 0 && rule->task_late != NULL)
            task = rule->task_late;
        else if (asked != NULL)
            task = asked;
        else if (line->failed && rule->task_failed != NULL)
            task = rule->task_failed;
        attention_insert(x, list, (struct attention){line, task, ahead >= 0 && ahead != INT_MAX});
    }
    return OK;
}

static void
attention_row(struct exchange *x, struct view *view, const char *path,
              const struct attention *attention)
{
    const struct offer_line *line = attention->line;
    const char *left = attention->soon ? days_left(x, line->offer.accept_by_on) : NULL;
    struct view *row = view_section(view, NAME_ROW);

    view_format(row, NAME_ROW_HREF, "%s/%s", path, line->id);
    view_text(row, NAME_ROW_NAME, line->name);
    view_text(row, NAME_ROW_OTHER, customer_words(line->customer_label, line->billing_account));
    view_text(row, NAME_ROW_TASK, attention->task);
    part_status(x, row, NAME_ROW_BADGE, &line->offer);
    view_text(row, NAME_ROW_ACCEPT_BY,
              day_is_none(line->offer.accept_by_on) ? "Not set"
                                                    : day_show(x->arena, line->offer.accept_by_on));
    if (left != NULL)
        view_text(view_section(row, NAME_ROW_DUE), NAME_ROW_DUE_TEXT, left);
}

/* The last thing this party may read of each offer that changed lately. */
static enum err
recent_view(struct exchange *x, struct view *view, const char *path)
{
    const struct viewer viewer = exchange_viewer(x);
    const struct list_query query = {
        .viewer = viewer,
        .today = x->today,
        .status = LIST_ALL,
        .sort = SORT_CHANGED,
        .descending = true,
        .search = "",
        .cursor = "",
        .limit = RECENT_ROWS,
    };
    struct list_page page;
    struct view *some = NULL;

    TRY(offers_page(x->db, x->arena, &query, &page));
    for (size_t i = 0; i < page.count; i++) {
        struct events events;
        struct view *row;

        TRY(events_of(x->db, x->arena, &viewer, page.rows[i].id, &events));
        if (events.count == 0)
            continue;
        if (some == NULL)
            some = view_section(view, NAME_HAS_RECENT);
        row = view_section(some, NAME_RECENT);
        view_format(row, NAME_RECENT_HREF, "%s/%s", path, page.rows[i].id);
        view_text(row, NAME_RECENT_NAME, page.rows[i].name);
        event_texts(x, row, &events.rows[0]);
    }
    if (some == NULL)
        view_show(view, NAME_NO_RECENT);
    return OK;
}

static void
attention_view(struct exchange *x, struct view *attention, const char *path,
               const struct attention_list *list)
{
    struct view *some;

    if (list->count == 0) {
        view_text(view_section(attention, NAME_NO_ATTENTION), NAME_NO_ATTENTION_TEXT,
                  "Offers that need you appear here, the nearest deadline first.");
        return;
    }
    some = view_section(attention, NAME_HAS_ATTENTION);
    for (size_t i = 0; i < list->count && i < ATTENTION_ROWS; i++)
        attention_row(x, some, path, &list->rows[i]);
}

/* waiting: subscriptions to activate, which stand above the offers. */
static const char *
lead_words(const struct exchange *x, const struct attention_list *list, size_t waiting)
{
    if (waiting > 0)
        return arena_format(
            x->arena, "%s%s",
            waiting == 1
                ? "1 subscription waits for you to activate it."
                : arena_format(x->arena, "%zu subscriptions wait for you to activate them.",
                               waiting),
            list->count == 0 ? "" : arena_format(x->arena, " %s", lead_words(x, list, 0)));
    if (list->count == 0)
        return "Nothing needs your attention.";
    if (list->count == 1)
        return "1 offer needs your attention.";
    if (list->count > ATTENTION_ROWS)
        return arena_format(x->arena,
                            "%s%zu offers need your attention; here are the %d most urgent.",
                            list->more ? "More than " : "", list->count, ATTENTION_ROWS);
    return arena_format(x->arena, "%zu offers need your attention.", list->count);
}

/* Both homes, from the view with its own parts set. */
static enum err
home_fill(struct exchange *x, struct view *view, const struct attention_rule *rules, size_t count,
          size_t waiting)
{
    const char *path = hat_offers(x->hat);
    struct view *attention = view_part(view, NAME_ATTENTION, PAGE_PART_ATTENTION);
    struct attention_list *list = arena_new(x->arena, struct attention_list);

    view_text(view, NAME_OFFERS_HREF, path);
    if (!role_can(x->who.role, CAN_VIEW_OFFERS)) {
        view_text(view, NAME_LEAD_TEXT, "Your role doesn’t include private offers.");
        view_text(view_section(attention, NAME_NO_ATTENTION), NAME_NO_ATTENTION_TEXT,
                  "Account owners, managers and developers work on private offers.");
        view_show(attention, NAME_NO_RECENT);
        return OK;
    }
    for (size_t i = 0; i < count; i++)
        TRY(attention_of_rule(x, &rules[i], list));
    view_text(view, NAME_LEAD_TEXT, lead_words(x, list, waiting));
    attention_view(x, attention, path, list);
    return recent_view(x, attention, path);
}

/* The subscriptions to activate, the oldest first, for those who may. */
static enum err
waiting_view(struct exchange *x, struct view *view, size_t *count)
{
    struct purchase_list waiting = {.heading = "Subscriptions to activate, the oldest first",
                                    .buttons = true};

    if (!may_work_purchases(x))
        return OK;
    TRY(waiting_load(x, &waiting.page));
    *count = waiting.page.count;
    if (waiting.page.count > 0)
        part_purchases(x, view_section(view, NAME_WAITING), NAME_PURCHASES, &waiting);
    return OK;
}

enum err
isv_home_get(struct exchange *x)
{
    struct view *view = show(x, PAGE_ISV_HOME, "Home");
    struct publisher publisher;
    size_t waiting = 0;

    if (role_can(x->who.role, CAN_EDIT_OFFERS))
        view_text(view_section(view, NAME_CAN_CREATE), NAME_NEW_HREF, "/isv/offers/new");
    TRY(publisher_by_id(x->db, x->arena, x->who.publisher, &publisher));
    standing_view(x, view, &publisher);
    TRY(waiting_view(x, view, &waiting));
    return home_fill(x, view, isv_rules, COUNT(isv_rules), waiting);
}

/* What keeps this partner from selling, or makes it dearer (LAW 2.1, D-11). */
static enum err
partner_standing(struct exchange *x, struct view *view)
{
    const struct act act = exchange_act(x);
    struct publisher publisher;
    bool taxable;

    TRY(publisher_by_id(x->db, x->arena, x->who.publisher, &publisher));
    TRY(publisher_taxable(&act, &publisher, &taxable));
    standing_view(x, view, &publisher);
    if (partner_ineligible(&publisher) == 0 && taxable)
        notice_link(part_notice(view, NAME_NOTICE, "warn", "shield", "Resale certificate needed.",
                                "File one for your headquarters’ state at least 5 business days "
                                "before the first sale, or sales tax may be charged to you."),
                    PARTNER_TAX_PATH, "Tax and certificates");
    return OK;
}

enum err
partner_home_get(struct exchange *x)
{
    struct view *view = show(x, PAGE_PARTNER_HOME, "Home");

    TRY(partner_standing(x, view));
    return home_fill(x, view, partner_rules, COUNT(partner_rules), 0);
}

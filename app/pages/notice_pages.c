/*
 * notice_pages.c: the switches of an account's mail, and its calendar's address.
 *
 * The token of an address that was just made travels in the cookie of secrets that are shown once
 * (pages/billing_pages): no address of a page, no log and no table has it.
 */
#include "pages/notice_pages.h"

#include "actions/notices.h"
#include "auth/session.h"
#include "base/digest.h"
#include "base/text.h"
#include "pages/frame.h"
#include "pages/parts.h"
#include "pages/serve.h"
#include "web/request.h"

#define TOKEN_COOKIE_S 300
#define HEADING "Mail and calendar"

const char *
billing_notices_href(struct arena *arena, const char *billing)
{
    return arena_format(arena, "/customer/billing/%s/notices", billing);
}

/* The address of the page the exchange is about. */
static const char *
notices_href(const struct exchange *x)
{
    if (x->hat == HAT_CUSTOMER)
        return billing_notices_href(x->arena, path_param(x, "billing"));
    return x->hat == HAT_PARTNER ? "/partner/notices" : "/isv/notices";
}

static enum err
account_of(struct exchange *x, struct notices_account *account)
{
    const struct act act = exchange_act(x);

    return notices_account(&act, x->hat == HAT_CUSTOMER ? path_param(x, "billing") : NULL, account);
}

static const char *
arrivals_words(const struct exchange *x)
{
    return x->hat == HAT_CUSTOMER ? "A seller has made us a private offer"
                                  : "An ISV has offered us a private offer to price";
}

#define REMINDERS_WORDS \
    "Reminders 7, 3 and 1 days before an accept-by date, and before a 30-day deadline ends"

static void
switches_view(struct exchange *x, struct view *view, const struct notices_account *account,
              unsigned on)
{
    bool arrivals = (on & (1U << SWITCH_ARRIVALS)) != 0;
    bool reminders = (on & (1U << SWITCH_REMINDERS)) != 0;
    struct view *some;
    struct view *facts;

    if (account->owned) {
        some = view_section(view, NAME_SWITCHES);
        view_text(some, NAME_CANCEL_HREF,
                  x->hat == HAT_CUSTOMER ? "/customer/billing" : hat_account(x->hat));
        part_tick(x, some, NAME_FIELD_ARRIVALS, "arrivals", NULL, arrivals_words(x), arrivals);
        part_tick(x, some, NAME_FIELD_REMINDERS, "reminders", NULL, REMINDERS_WORDS, reminders);
        view_text(
            some, NAME_NOTICES_WHO,
            x->hat == HAT_CUSTOMER
                ? "Goes to everybody who can accept; what is about a subscription to who "
                  "bought it and to the account’s owners. What a subscription’s customer must "
                  "know is mailed in any case."
                : "Goes to everybody of your account who works on private offers, or on "
                  "subscriptions where one is meant. An offer’s notification contacts get "
                  "their mail in any case.");
        return;
    }
    some = view_section(view, NAME_SWITCHES_READ);
    facts = part_facts(some, NAME_FACTS);
    fact(facts, arrivals_words(x), arrivals ? "On" : "Off");
    fact(facts, REMINDERS_WORDS, reminders ? "On" : "Off");
    view_text(some, NAME_NOTICES_OWNER,
              x->hat == HAT_CUSTOMER ? "An owner or administrator of the billing account changes "
                                       "this, and the calendar."
                                     : "An account owner changes this, and the calendar.");
}

/* The address that was just made, for the one who made it, once. */
static void
link_view(struct exchange *x, struct view *view, const struct feed *feed)
{
    const char *token = x->request->handover_cookie;

    if (*token == '\0' || x->request->method != METHOD_GET ||
        !text_equal(digest_of_text(x->arena, token), feed->token_hash) ||
        !text_equal(feed->person, x->who.person))
        return;
    part_copy(x, view, NAME_CALENDAR_LINK, "calendar", "Calendar address",
              arena_format(x->arena, "%s/calendar/%s", x->service->public_address, token),
              "Copy address", "of the calendar",
              "Copy it now, and subscribe to it in your calendar: it’s shown this once.");
    reply_cookie(x->reply, cookie_make(x, cookie_handover, "", -1));
}

static enum err
calendar_view(struct exchange *x, struct view *view, const struct notices_account *account)
{
    struct view *form = NULL;
    struct feed feed;
    enum err outcome = feed_of(x->db, x->arena, account->kind, account->id, &feed);

    if (outcome != OK && outcome != ERR_ABSENT)
        return outcome;
    view_text(
        view, NAME_CALENDAR_TEXT,
        "A calendar program can subscribe to accept-by dates, the ends of accepted prices and "
        "30-day deadlines, through a private address.");
    if (account->owned)
        form = view_section(view, NAME_CALENDAR_FORM);
    if (outcome == ERR_ABSENT)
        return OK;
    link_view(x, view, &feed);
    view_format(view_section(view, NAME_CALENDAR_MADE), NAME_CALENDAR_MADE_TEXT,
                "%s made the address that works now on %s.", feed.person_name,
                day_show(x->arena, day_of(feed.made_at)));
    if (form != NULL)
        view_show(form, NAME_CALENDAR_REVOKE);
    return OK;
}

enum err
notices_get(struct exchange *x)
{
    const char *const account_crumb[][2] = {
        {x->hat == HAT_CUSTOMER ? "Billing accounts" : "Account",
         x->hat == HAT_CUSTOMER ? "/customer/billing" : hat_account(x->hat)}};
    struct notices_account account;
    unsigned on = 0;
    struct view *view;
    struct view *head;

    TRY(account_of(x, &account));
    TRY(notice_switches_of(x->db, account.kind, account.id, &on));
    view = show(x, PAGE_NOTICES, HEADING);
    head = part_head(x, view, HEADING);
    head_lead(head, account.name);
    head_crumbs(head, account_crumb, 1, HEADING);
    part_not_saved(x, view);
    view_text(view, NAME_FORM_ACTION, notices_href(x));
    switches_view(x, view, &account, on);
    return calendar_view(x, view, &account);
}

enum err
notices_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    const char *button = posted(x, "do");
    struct notices_account account;
    const char *token;
    unsigned on = 0;

    TRY(account_of(x, &account));
    if (text_equal(button, "make")) {
        TRY(action_calendar_make(&act, &account, &token));
        reply_cookie(x->reply, cookie_make(x, cookie_handover, token, TOKEN_COOKIE_S));
        return redirect(x, "%s?done=calendar-made", notices_href(x));
    }
    if (text_equal(button, "revoke")) {
        TRY(action_calendar_revoke(&act, &account));
        return redirect(x, "%s?done=calendar-revoked", notices_href(x));
    }
    if (*posted(x, "arrivals") != '\0')
        on |= 1U << SWITCH_ARRIVALS;
    if (*posted(x, "reminders") != '\0')
        on |= 1U << SWITCH_REMINDERS;
    TRY(action_notices_switch(&act, &account, on));
    return redirect(x, "%s?done=notices-saved", notices_href(x));
}

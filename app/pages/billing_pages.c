/*
 * billing_pages.c: the organisation's billing accounts, and making and withdrawing hand-over links.
 *
 * The token of a link that was just made travels in a cookie from the answer to the page it leads
 * to, which shows it and lets go of the cookie: no address, no log and no table has it.
 */
#include "pages/billing_pages.h"

#include "actions/handover.h"
#include "base/text.h"
#include "pages/account_view.h"
#include "pages/handover_pages.h"
#include "pages/notice_pages.h"
#include "pages/parts.h"
#include "pages/serve.h"
#include "store/commitments.h"
#include "store/people.h"

#define BILLING_HREF "/customer/billing"
#define TOKEN_COOKIE_S 300

void
part_billing_id(const struct exchange *x, struct view *view, enum name slot, const char *id,
                const struct billing_account *account)
{
    part_copy(x, view, slot, id, "Billing account ID", account->id, "Copy",
              arena_format(x->arena, "billing account ID of %s", account->name),
              "Give this to the seller. Only your organisation can look it up.");
}

/* Why an account takes no offers, and who can mend it: its own people may know (LAW 2.3). */
static const char *
ineligible_words(const struct billing_account *account)
{
    if (!text_equal(account->country, "US"))
        return "Only billing accounts of the United States can receive them. Give the seller the "
               "ID of one.";
    return "The account isn’t active. Its owner or administrator can ask the marketplace operator "
           "to activate it.";
}

static void
acceptors_view(struct view *card, const struct billing_account *account,
               const struct billing_members *members)
{
    size_t accepting = 0;

    for (size_t i = 0; i < members->count; i++) {
        const struct billing_member *member = &members->rows[i];
        struct view *person;

        if (!billing_role_accepts(account->agreement, member->role))
            continue;
        person = view_section(card, NAME_PERSON);
        view_text(person, NAME_WHO_NAME, member->name);
        view_text(person, NAME_WHO_ROLE, billing_role_words(member->role));
        accepting++;
    }
    if (accepting == 0)
        view_show(card, NAME_NOBODY);
}

/* Where the account's links are on the page, and problems with them. */
static const char *
links_key(const struct exchange *x, size_t number)
{
    return arena_format(x->arena, "links-%zu", number);
}

/* The link that was just made, if it is of this account: for the one who made it, once. */
static enum err
fresh_link_view(struct exchange *x, struct view *links, const struct billing_account *account,
                size_t number)
{
    const char *token = x->request->handover_cookie;
    struct act act = exchange_act(x);
    struct handover handover;
    enum handover_state state;
    enum err outcome;

    if (*token == '\0' || x->request->method != METHOD_GET)
        return OK;
    outcome = handover_open(&act, token, &handover, &state);
    if (outcome == ERR_ABSENT || outcome == ERR_GONE)
        return OK;
    TRY(outcome);
    if (text_equal(handover.person, x->who.person) &&
        text_equal(handover.billing_account, account->id))
        part_copy(
            x, links, NAME_HANDOVER_LINK, arena_format(x->arena, "link-%zu", number),
            "Hand-over link",
            arena_format(x->arena, "%s" HANDOVER_PREFIX "%s", x->service->public_address, token),
            "Copy link", arena_format(x->arena, "of %s", account->name),
            "Copy it now: it’s shown this once.");
    return OK;
}

static enum err
links_view(struct exchange *x, struct view *card, const struct billing_account *account,
           size_t number)
{
    struct view *links = view_section(card, NAME_HANDOVER);
    struct handovers_open open;
    struct view *some;

    view_text(links, NAME_HANDOVER_KEY, links_key(x, number));
    view_format(links, NAME_HANDOVER_DAYS, "%d", LIMIT_HANDOVER_DAYS);
    view_text(links, NAME_LINK_ACTION, BILLING_HREF "/handover/make");
    TRY(fresh_link_view(x, links, account, number));
    TRY(handovers_open_of(x->db, x->arena, x->who.organisation, account->id, x->now, &open));
    if (open.count == 0)
        return OK;
    some = view_section(links, NAME_HAS_LINKS);
    view_text(some, NAME_LINK_END_ACTION, BILLING_HREF "/handover/withdraw");
    for (size_t i = 0; i < open.count; i++) {
        struct view *row = view_section(some, NAME_OPEN_LINK);

        view_text(row, NAME_OPEN_LINK_UNTIL, instant_show(x->arena, open.rows[i].expires_at));
        view_text(row, NAME_OPEN_LINK_WHO, open.rows[i].person_name);
        view_text(row, NAME_OPEN_LINK_KEY, open.rows[i].key);
    }
    return OK;
}

static enum err
account_card(struct exchange *x, struct view *view, const struct billing_account *account,
             size_t number)
{
    struct view *card = view_section(view, NAME_ACCOUNT);
    bool eligible = billing_account_eligible(account);
    enum billing_role role = BILLING_READER;
    enum err held = billing_role_of(x->db, account->id, x->who.person, &role);
    struct billing_members members;
    struct view *facts;

    if (held != OK && held != ERR_ABSENT)
        return held;
    TRY(billing_members_of(x->db, x->arena, account->id, &members));
    view_format(card, NAME_ACCOUNT_KEY, "account-%zu", number);
    view_text(card, NAME_ACCOUNT_NAME, account->name);
    view_text(card, NAME_ACCOUNT_ID, account->id);
    part_billing_id(x, card, NAME_ACCOUNT_COPY, arena_format(x->arena, "account-%zu", number),
                    account);
    part_badge(card, NAME_ACCOUNT_ANSWER, eligible ? "ok" : "mute", eligible ? "check" : "x",
               eligible ? "Can receive private offers" : "Can’t receive private offers");
    facts = part_facts(card, NAME_ACCOUNT_FACTS);
    fact(facts, "Agreement", agreement_words(account->agreement));
    fact(facts, "Country", country_words(account->country));
    if (!eligible)
        fact(facts, "Private offers", ineligible_words(account));
    fact(facts, "Your role", held == OK ? billing_role_words(role) : "None");
    acceptors_view(card, account, &members);
    view_text(card, NAME_NOTICES_HREF, billing_notices_href(x->arena, account->id));
    /* of an account that can receive none, the ID is of no use to a seller */
    return held == OK && eligible ? links_view(x, card, account, number) : OK;
}

static enum err
billing_show(struct exchange *x, const struct billing_accounts *accounts)
{
    struct view *view = show(x, PAGE_CUSTOMER_BILLING, "Billing accounts");
    struct commitments commitments;

    TRY(commitments_of_organisation(x->db, x->arena, x->who.organisation, &commitments));
    head_lead(part_head(x, view, "Billing accounts"),
              "A seller needs a billing account ID to make you a private offer.");
    part_summary(x, view, "");
    if (commitments.count > 0)
        view_text(view_section(view, NAME_COMMITMENTS), NAME_COMMITMENT_HREF,
                  "/customer/commitment");
    for (size_t i = 0; i < accounts->count; i++)
        TRY(account_card(x, view, &accounts->rows[i], i + 1));
    if (accounts->count == 0)
        view_show(view, NAME_NO_ACCOUNT);
    return OK;
}

/* GET /customer/billing */
enum err
customer_billing_get(struct exchange *x)
{
    struct billing_accounts accounts;

    TRY(billing_accounts_of(x->db, x->arena, x->who.organisation, &accounts));
    TRY(billing_show(x, &accounts));
    if (*x->request->handover_cookie != '\0')
        reply_cookie(x->reply, cookie_make(x, cookie_handover, "", -1));
    return OK;
}

/* POST /customer/billing/handover/make */
enum err
customer_handover_post(struct exchange *x)
{
    const char *account = posted(x, "account");
    struct act act = exchange_act(x);
    struct billing_accounts accounts;
    const char *token = NULL;
    size_t number = 0;
    enum err outcome;

    TRY(billing_accounts_of(x->db, x->arena, x->who.organisation, &accounts));
    while (number < accounts.count && !text_equal(accounts.rows[number].id, account))
        number++;
    if (number++ == accounts.count)
        return ERR_ABSENT;
    outcome = action_handover_make(&act, account, links_key(x, number), x->problems, &token);
    if (outcome == ERR_INVALID)
        TRY(billing_show(x, &accounts));
    TRY(outcome);
    reply_cookie(x->reply, cookie_make(x, cookie_handover, token, TOKEN_COOKIE_S));
    return redirect(x, BILLING_HREF "?done=link-made#%s", links_key(x, number));
}

/* POST /customer/billing/handover/withdraw */
enum err
customer_handover_end_post(struct exchange *x)
{
    struct act act = exchange_act(x);
    enum err outcome = action_handover_withdraw(&act, posted(x, "link"));

    if (outcome == ERR_ABSENT) {
        x->closed_reason = "There is no such open link. It may have been used or withdrawn "
                           "meanwhile, or it has expired.";
        return ERR_CLOSED;
    }
    TRY(outcome);
    return redirect(x, BILLING_HREF "?done=link-withdrawn");
}

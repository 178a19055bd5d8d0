/*
 * ask_pages.c: one page for every ask, from a table; and the notices of what stands.
 *
 * Invariant: a reason is shown only as store/events gave it, which knows whose it is (LAW D-35).
 */
#include "pages/ask_pages.h"

#include "actions/ask.h"
#include "base/text.h"
#include "pages/customer_pages.h"
#include "pages/frame.h"
#include "pages/parts.h"

static const struct ask_words {
    enum hat hat;
    const char *below; /* its page, below the offer's */
    const char *button;
    const char *heading[2]; /* before and behind the offer's name */
    bool reader_is_isv;     /* whose the reason is: the ISV's, or the selling partner's */
    const char *others;     /* and what is not theirs */
    const char *sentence;
    const char *only; /* when it can be asked */
    const char *done; /* the flash */
} asks[ASK_COUNT] = {
    [ASK_SENT_BACK] = {HAT_PARTNER,
                       "/send-back",
                       "Send back",
                       {"Send “", "” back?"},
                       true,
                       "; the customer never does",
                       "The offer stays Pending partner action. The ISV sees that you sent it back "
                       "and can withdraw it to change it; until then you can still submit it.",
                       "It can be sent back only while it is Pending partner action.",
                       "sent-back"},
    [ASK_WITHDRAW] = {HAT_ISV,
                      "/ask-withdraw",
                      "Ask to withdraw",
                      {"Ask for “", "” to be withdrawn?"},
                      false,
                      "; the customer never does",
                      "Your selling partner sees that you ask. Once it has withdrawn the offer you "
                      "can withdraw it too, change it and submit it again.",
                      "You can ask for it to be withdrawn only while it is Pending acceptance or "
                      "Expired.",
                      "withdraw-asked"},
    [ASK_DECLINED] = {HAT_CUSTOMER,
                      "/decline",
                      "Decline",
                      {"Decline “", "”?"},
                      false,
                      "; the publisher sees only that you declined",
                      "The seller sees that you declined. The offer stays open: you can still "
                      "accept it.",
                      "It can be declined only while it is Pending acceptance.",
                      "declined"},
    [ASK_CHANGE] = {HAT_CUSTOMER,
                    "/ask-change",
                    "Ask for a change",
                    {"Ask for a change to “", "”?"},
                    false,
                    "; the publisher sees only that you asked",
                    "The seller sees what you ask for. The offer stays open as it is: you can "
                    "still accept it.",
                    "You can ask for a change only while it is Pending acceptance.",
                    "change-asked"},
};

static const char *
offer_href(const struct exchange *x, const struct offer *offer, const char *below)
{
    return arena_format(x->arena, "%s/%s%s", hat_offers(x->hat), offer->id, below);
}

static const char *
reader_name(const struct ask_words *words, const struct offer *offer)
{
    return words->reader_is_isv ? offer->isv_name : offer->partner_name;
}

/* The offer, when its state allows the ask today and the person may make it. */
static enum err
load_for(struct exchange *x, enum offer_ask ask, struct offer *offer)
{
    const struct act act = exchange_act(x);
    enum party party = act.viewer.party;
    enum err outcome;

    TRY(path_offer(x, offer));
    outcome = offer_check_move(offer, ask_move(ask), party, x->today);
    if (outcome == ERR_CLOSED)
        x->closed_reason = arena_format(x->arena, "“%s” is %s. %s", offer->name,
                                        offer_status_words(offer, party, x->today), asks[ask].only);
    TRY(outcome);
    return act_may_ask(&act, ask, offer);
}

/* changed: the offer is no longer what the form was made from. */
static void
ask_view(struct exchange *x, enum offer_ask ask, const struct offer *offer, bool changed)
{
    const struct ask_words *words = &asks[ask];
    const struct field_look look = {
        .hint =
            arena_format(x->arena, "Only %s reads it%s", reader_name(words, offer), words->others),
        .count = true,
    };
    struct view *view = show(x, PAGE_ASK, words->button);
    struct view *head = part_head(
        x, view,
        arena_format(x->arena, "%s%s%s", words->heading[0], offer->name, words->heading[1]));

    head_crumbs(head,
                (const char *const[][2]){{"Private offers", hat_offers(x->hat)},
                                         {offer->name, offer_href(x, offer, "")}},
                2, words->button);
    head_offer(x, head, offer, NULL, 0);
    if (changed)
        part_notice(view, NAME_NOTICE, "warn", "alert", "The offer changed meanwhile.",
                    "Nothing was sent. Look at it again, then send your reason.");
    part_not_saved(x, view);
    part_summary(x, view, "");
    view_text(view, NAME_FORM_ACTION, offer_href(x, offer, words->below));
    part_rev(x, view, offer_rev(x->arena, offer, exchange_viewer(x).party));
    view_text(view, NAME_SENTENCE, words->sentence);
    part_lines(x, view, NAME_FIELD_REASON, ANSWER_REASON, "Reason", "", &look);
    view_text(view, NAME_CONFIRM_LABEL, words->button);
    view_text(view, NAME_CANCEL_HREF, offer_href(x, offer, ""));
}

static enum err
ask_get(struct exchange *x, enum offer_ask ask)
{
    struct offer offer;

    TRY(load_for(x, ask, &offer));
    ask_view(x, ask, &offer, false);
    return OK;
}

static enum err
ask_post(struct exchange *x, enum offer_ask ask)
{
    const struct act act = exchange_act(x);
    const struct answers answers = exchange_answers(x);
    const char *id = path_param(x, "offer");
    enum err outcome = action_offer_ask(&act, ask, id, posted(x, "rev"), &answers, x->problems);
    struct offer offer;

    if (outcome == ERR_ABSENT && x->hat == HAT_CUSTOMER)
        return customer_gone_or_absent(x);
    if (outcome == ERR_INVALID || outcome == ERR_STALE || outcome == ERR_CLOSED)
        TRY(load_for(x, ask, &offer)); /* says why when it is closed */
    if (outcome == ERR_INVALID || outcome == ERR_STALE)
        ask_view(x, ask, &offer, outcome == ERR_STALE);
    TRY(outcome);
    return redirect(x, "%s/%s?done=%s", hat_offers(x->hat), id, asks[ask].done);
}

/* GET, POST /partner/offers/:offer/send-back */
enum err
partner_send_back_get(struct exchange *x)
{
    return ask_get(x, ASK_SENT_BACK);
}

enum err
partner_send_back_post(struct exchange *x)
{
    return ask_post(x, ASK_SENT_BACK);
}

/* GET, POST /isv/offers/:offer/ask-withdraw */
enum err
isv_ask_withdraw_get(struct exchange *x)
{
    return ask_get(x, ASK_WITHDRAW);
}

enum err
isv_ask_withdraw_post(struct exchange *x)
{
    return ask_post(x, ASK_WITHDRAW);
}

/* GET, POST /customer/offers/:offer/decline */
enum err
customer_decline_get(struct exchange *x)
{
    return ask_get(x, ASK_DECLINED);
}

enum err
customer_decline_post(struct exchange *x)
{
    return ask_post(x, ASK_DECLINED);
}

/* GET, POST /customer/offers/:offer/ask-change */
enum err
customer_ask_change_get(struct exchange *x)
{
    return ask_get(x, ASK_CHANGE);
}

enum err
customer_ask_change_post(struct exchange *x)
{
    return ask_post(x, ASK_CHANGE);
}

void
ask_buttons(const struct exchange *x, struct view **actions, struct view *head,
            const struct offer *offer)
{
    if (x->hat != HAT_CUSTOMER && !role_can(x->who.role, CAN_EDIT_OFFERS))
        return;
    for (int i = ASK_NONE + 1; i < ASK_COUNT; i++) {
        enum offer_move move = ask_move((enum offer_ask)i);
        struct view *button;

        if (asks[i].hat != x->hat || !offer_may(offer, move, exchange_viewer(x).party, x->today))
            continue;
        if (*actions == NULL)
            *actions = view_section(head, NAME_HEAD_ACTIONS);
        button = view_section(*actions, NAME_CAN_ASK);
        view_text(button, NAME_ASK_HREF, offer_href(x, offer, asks[i].below));
        view_text(button, NAME_ASK_LABEL, asks[i].button);
    }
}

/* What the notice of an ask says to whom: %s is the ISV where it asked or is asked by the partner,
 * else the selling partner. */
static const char *
notice_title(const struct exchange *x, const struct offer *offer, enum offer_ask ask)
{
    enum party viewer = exchange_viewer(x).party;
    struct arena *arena = x->arena;

    switch (ask) {
    case ASK_SENT_BACK:
        return viewer == PARTY_PARTNER
                   ? arena_format(arena, "You sent this offer back to %s.", offer->isv_name)
                   : arena_format(arena, "%s sent this offer back.", offer->partner_name);
    case ASK_WITHDRAW:
        return viewer == PARTY_ISV
                   ? arena_format(arena, "You asked %s to withdraw this offer.",
                                  offer->partner_name)
                   : arena_format(arena, "%s asks you to withdraw this offer.", offer->isv_name);
    case ASK_DECLINED:
        return viewer == PARTY_CUSTOMER ? "Your organisation declined this offer."
                                        : "The customer declined this offer.";
    case ASK_CHANGE:
        return viewer == PARTY_CUSTOMER ? "Your organisation asked for a change."
                                        : "The customer asks for a change.";
    case ASK_NONE:
    case ASK_COUNT:
        break;
    }
    assert(false);
    return "";
}

static enum err
ask_notice(struct exchange *x, struct view *view, const struct offer *offer, enum offer_ask ask)
{
    const struct viewer viewer = exchange_viewer(x);
    const char *words = "";
    struct view *notice;
    struct event event;
    enum err outcome;

    if (ask == ASK_NONE)
        return OK;
    outcome = event_newest(x->db, x->arena, &viewer, offer->id, ask_event(ask), &event);
    if (outcome != OK)
        return outcome == ERR_ABSENT ? ERR_BROKEN : outcome; /* what stands has left its event */
    if ((event_note_seen_by(event.kind) & PARTY_BIT(viewer.party)) == 0)
        words = arena_format(x->arena, "%s has the reason.", offer->partner_name);
    notice = part_notice(view, NAME_NOTICE, "warn", "person", notice_title(x, offer, ask), words);
    if (*event.note != '\0')
        view_text(view_section(notice, NAME_NOTICE_REASON), NAME_NOTICE_REASON_TEXT, event.note);
    return OK;
}

enum err
part_asks(struct exchange *x, struct view *view, const struct offer *offer)
{
    TRY(ask_notice(x, view, offer, offer->seller_ask));
    return ask_notice(x, view, offer, offer->customer_ask);
}

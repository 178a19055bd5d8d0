/*
 * support_view.c: what each party reads of a request to cancel an offer, and the forms it has.
 *
 * Invariant: what is between requester and operator is shown to them alone; store/support has
 * blanked it for the others, who are also told nothing that follows from it.
 */
#include "pages/support_view.h"

#include "base/text.h"
#include "pages/documents_view.h"
#include "pages/frame.h"
#include "pages/parts.h"
#include "pages/place.h"

const char *
support_href(const struct exchange *x, const char *id, const char *rest)
{
    static const char *const lists[HAT_COUNT] = {
        [HAT_ISV] = "/isv/support",
        [HAT_PARTNER] = "/partner/support",
        [HAT_CUSTOMER] = "/customer/support",
        [HAT_OPERATOR] = "/operator/support",
    };

    assert(lists[x->hat] != NULL);
    return arena_format(x->arena, "%s%s%s%s", lists[x->hat], *id == '\0' ? "" : "/", id, rest);
}

static enum support_role
role_here(const struct exchange *x, const struct support_request *request)
{
    return support_role_of(request, exchange_viewer(x).party);
}

static void
status_badge(const struct exchange *x, struct view *view, enum name slot,
             const struct support_request *request)
{
    enum support_role role = role_here(x, request);
    const char *words = support_words(request->state, role);

    switch (request->state) {
    case SUPPORT_INCOMPLETE:
    case SUPPORT_ASKED:
    case SUPPORT_READY:
        part_badge(view, slot, request->state == SUPPORT_READY ? "info" : "warn", "clock", words);
        return;
    case SUPPORT_PROCESSED:
        part_badge(view, slot, "ok", "check", words);
        return;
    case SUPPORT_REFUSED:
        part_badge(view, slot, "bad", "x", words);
        return;
    case SUPPORT_WITHDRAWN:
    case SUPPORT_STATE_COUNT:
        break;
    }
    part_badge(view, slot, "", "undo", words);
}

/* ---- Lists ---------------------------------------------------------------------------------- */

static void
list_chips(struct exchange *x, struct view *view, enum support_state chosen)
{
    struct view *chips;

    if (x->hat != HAT_OPERATOR)
        return;
    chips = view_section(view, NAME_HAS_CHIPS);
    for (int i = 0; i < SUPPORT_STATE_COUNT; i++) {
        enum support_state state = (enum support_state)i;
        struct view *chip = view_section(chips, NAME_CHIP);

        view_format(chip, NAME_CHIP_HREF, "%s?status=%s", support_href(x, "", ""),
                    support_state_text(state));
        view_text(chip, NAME_CHIP_LABEL, support_words(state, SUPPORT_OPERATOR));
        if (state == chosen)
            view_show(chip, NAME_CHIP_CURRENT);
    }
}

/* Newer and older, or, of the operator's queue, the next after these. */
static void
list_pages(struct exchange *x, struct view *view, const struct support_list *list)
{
    const char *path = support_href(x, "", "");
    const char *state = support_state_text(list->state);
    bool queue = x->hat == HAT_OPERATOR;
    const struct support_request *last;
    struct view *pages;
    struct view *older;

    if (!list->later && !list->page.more)
        return;
    pages = view_section(view, NAME_HAS_PAGES);
    if (list->later)
        view_text(view_section(pages, NAME_NEWER), NAME_NEWER_HREF,
                  queue ? arena_format(x->arena, "%s?status=%s", path, state) : path);
    if (!list->page.more)
        return;
    last = &list->page.rows[list->page.count - 1];
    older = view_section(pages, NAME_OLDER);
    view_text(older, NAME_OLDER_LABEL, queue ? "Newer" : "Older");
    view_format(older, NAME_OLDER_HREF, "%s?%s%s%safter=%s", path, queue ? "status=" : "",
                queue ? state : "", queue ? "&" : "",
                place_text(x->arena, last->opened_at, last->id));
}

static const char *
none_words(const struct exchange *x)
{
    switch (x->hat) {
    case HAT_ISV:
    case HAT_PARTNER:
        return "To have an accepted offer cancelled, open it and choose Request cancellation.";
    case HAT_CUSTOMER:
        return "When a seller asks to cancel an offer you accepted, you find the request here.";
    case HAT_OPERATOR:
    case HAT_NONE:
    case HAT_COUNT:
        break;
    }
    return "No request has this status.";
}

void
support_list_view(struct exchange *x, const struct support_list *list)
{
    struct view *view = show(x, PAGE_SUPPORT_REQUESTS, SUPPORT_HEADING);
    struct view *table;

    head_lead(part_head(x, view, SUPPORT_HEADING), "Cancelling an accepted offer");
    if (list->stale)
        part_notice(view, NAME_NOTICE, "info", "info", "The list has changed.",
                    "Here is its first page.");
    list_chips(x, view, list->state);
    list_pages(x, view, list);
    if (list->page.count == 0) {
        table = view_section(view, NAME_NONE);
        view_text(table, NAME_NONE_TITLE, "No requests");
        view_text(table, NAME_NONE_TEXT, none_words(x));
        return;
    }
    table = view_section(view, NAME_TABLE);
    view_text(table, NAME_CAPTION,
              x->hat == HAT_OPERATOR ? "Requests, the oldest first" : "Requests, the newest first");
    for (size_t i = 0; i < list->page.count; i++) {
        const struct support_request *request = &list->page.rows[i];
        struct view *row = view_section(table, NAME_ROW);

        view_text(row, NAME_ROW_HREF, support_href(x, request->id, ""));
        view_text(row, NAME_ROW_NAME, request->offer_name);
        view_text(row, NAME_ROW_ID, request->offer);
        view_text(row, NAME_ROW_OF_TEXT, support_requester(request));
        view_text(row, NAME_ROW_DAY, day_show(x->arena, day_of(request->opened_at)));
        status_badge(x, row, NAME_ROW_BADGE, request);
    }
}

/* ---- One request ---------------------------------------------------------------------------- */

/* missing: nothing shows that the party agrees. */
static const char *
said(enum support_word word, bool missing)
{
    switch (word) {
    case WORD_AGREES:
        return "Agrees";
    case WORD_OBJECTS:
        return "Doesn’t agree";
    case WORD_NONE:
    case WORD_COUNT:
        break;
    }
    return missing ? "Hasn’t said yet" : "Agrees, by the evidence";
}

static void
facts_view(struct exchange *x, struct view *view, const struct support_request *request)
{
    enum support_role role = role_here(x, request);
    unsigned missing = support_missing(request);
    struct view *facts = part_facts(view, NAME_FACTS);

    fact_code(facts, "Private offer ID", request->offer_name, request->offer);
    fact_code(facts, "Customer billing account ID", "", request->billing_account);
    fact(facts, "Requested by", support_requester(request));
    fact(facts, "Requested", instant_show(x->arena, request->opened_at));
    if (role == SUPPORT_OTHER)
        fact(facts, "Your organisation", said(request->other, true));
    if (role == SUPPORT_CUSTOMER)
        fact(facts, "Your organisation", said(request->customer, true));
    if (role != SUPPORT_REQUESTER && role != SUPPORT_OPERATOR)
        return;
    fact(facts, support_other(request),
         said(request->other, (missing & SUPPORT_BIT(SUPPORT_ITEM_OTHER)) != 0));
    fact(facts, "Customer",
         said(request->customer, (missing & SUPPORT_BIT(SUPPORT_ITEM_CUSTOMER)) != 0));
    fact(facts, "Reason", *request->reason == '\0' ? "–" : request->reason);
    fact(facts, "Refund needed", support_refund_words(request->refund));
    if (*request->purchases != '\0')
        fact(facts, "Purchase details", request->purchases);
}

/* What is missing and from whom (LAW 6.5). */
static void
missing_view(struct exchange *x, struct view *view, const struct support_request *request)
{
    static const char *const whats[SUPPORT_ITEM_COUNT] = {
        [SUPPORT_ITEM_REASON] = "The reason",
        [SUPPORT_ITEM_REFUND] = "Whether a refund is needed",
        [SUPPORT_ITEM_PURCHASES] = "Which purchases are refunded",
        [SUPPORT_ITEM_OTHER] = "The other seller’s agreement",
        [SUPPORT_ITEM_CUSTOMER] = "The customer’s agreement",
    };
    enum support_role role = role_here(x, request);
    unsigned missing = support_missing(request);
    struct view *list;

    if ((role != SUPPORT_REQUESTER && role != SUPPORT_OPERATOR) || missing == 0 ||
        !support_open(request->state))
        return;
    list = view_section(view, NAME_MISSING);
    for (int i = 0; i < SUPPORT_ITEM_COUNT; i++) {
        struct view *item;
        const char *who = role == SUPPORT_REQUESTER ? "From you" : support_requester(request);

        if ((missing & SUPPORT_BIT(i)) == 0)
            continue;
        if (i == SUPPORT_ITEM_OTHER)
            who = support_other(request);
        if (i == SUPPORT_ITEM_CUSTOMER)
            who = "The customer";
        if ((i == SUPPORT_ITEM_OTHER && request->other == WORD_OBJECTS) ||
            (i == SUPPORT_ITEM_CUSTOMER && request->customer == WORD_OBJECTS))
            who = arena_format(x->arena, "%s doesn’t agree", who);
        item = view_section(list, NAME_MISSING_ITEM);
        view_text(item, NAME_MISSING_WHAT, whats[i]);
        view_text(item, NAME_MISSING_WHO, who);
    }
}

static void
evidence_view(struct exchange *x, struct view *view, const struct support_request *request)
{
    static const char *const types[EVIDENCE_TYPE_COUNT] = {
        [EVIDENCE_PDF] = "PDF", [EVIDENCE_PNG] = "PNG", [EVIDENCE_JPEG] = "JPEG"};
    const char *const of[EVIDENCE_OF_COUNT] = {
        [EVIDENCE_OF_OTHER] = support_other(request),
        [EVIDENCE_OF_CUSTOMER] = "the customer",
        [EVIDENCE_OF_BOTH] = arena_format(x->arena, "%s and the customer", support_other(request)),
    };
    struct view *list;

    if (request->evidence_count == 0)
        return;
    list = view_section(view, NAME_EVIDENCE);
    for (size_t i = 0; i < request->evidence_count; i++) {
        const struct evidence *evidence = &request->evidence[i];
        struct view *item = view_section(list, NAME_DOCUMENT);

        view_format(item, NAME_DOCUMENT_HREF, "/files/%s", evidence->id);
        view_text(item, NAME_DOCUMENT_NAME, evidence->name);
        view_format(item, NAME_DOCUMENT_FACTS, "%s, agreement of %s",
                    file_facts(x, types[evidence->type], evidence->size), of[evidence->of]);
    }
}

/* ---- What its reader may do ----------------------------------------------------------------- */

static struct view *
reply_form(struct exchange *x, struct view *view, const struct support_request *request,
           const char *heading, const char *words, const char *label, bool optional)
{
    const struct field_look look = {.hint = SUPPORT_UP_TO, .optional = optional};
    struct view *form = view_section(view, NAME_REPLY);

    view_text(form, NAME_FORM_ACTION, support_href(x, request->id, ""));
    view_text(form, NAME_REPLY_HEADING, heading);
    view_text(form, NAME_REPLY_TEXT, words);
    part_lines(x, form, NAME_FIELD_NOTE, ANSWER_NOTE, label, "", &look);
    return form;
}

static void
button(struct view *form, const char *key, const char *label, const char *look)
{
    struct view *item = view_section(form, NAME_BUTTON);

    view_text(item, NAME_BUTTON_KEY, key);
    view_text(item, NAME_BUTTON_LABEL, label);
    view_text(item, NAME_BUTTON_LOOK, look);
}

/* The other seller and the customer. */
static void
say_form(struct exchange *x, struct view *view, const struct support_loaded *loaded)
{
    const struct support_request *request = &loaded->request;
    struct view *form;

    if (!support_open(request->state))
        return;
    if (!loaded->may && x->hat == HAT_CUSTOMER) {
        form = view_section(view, NAME_CANNOT_SAY);
        for (size_t i = 0; i < loaded->acceptors.named_count; i++) {
            const struct billing_member *member = &loaded->acceptors.named[i];
            struct view *person = view_section(form, NAME_PERSON);

            view_text(person, NAME_WHO_NAME, member->name);
            view_text(person, NAME_WHO_ROLE, billing_role_words(member->role));
        }
        return;
    }
    form = reply_form(x, view, request, "Do you agree?",
                      arena_format(x->arena,
                                   "%s asks to cancel this offer. If it is cancelled, later "
                                   "purchases are at list price. You can change your answer until "
                                   "the marketplace decides.",
                                   support_requester(request)),
                      "Message to the marketplace", true);
    button(form, "agree", "Agree to the cancellation", "primary");
    button(form, "object", "Don’t agree", "");
}

static void
requester_forms(struct exchange *x, struct view *view, const struct support_request *request,
                const struct act *act)
{
    struct view *form;

    if (!support_open(request->state))
        return;
    if (support_may(request, SUPPORT_ANSWER, SUPPORT_REQUESTER)) {
        form = reply_form(x, view, request, "Answer the marketplace",
                          "Its question stands in the history.", "Your answer", false);
        button(form, "answer", "Answer", "primary");
    }
    form = support_form(x, view, request, support_other(request));
    view_text(form, NAME_FORM_ACTION, support_href(x, request->id, ""));
    part_rev(x, form, support_rev(act, request));
    view_text(form, NAME_FORM_HEADING, "Change the request");
    view_text(form, NAME_FORM_TEXT, "What you save here is what the marketplace decides on.");
    view_text(form, NAME_CONFIRM_LABEL, "Save request");
    view_show(form, NAME_CAN_WITHDRAW);
}

static void
operator_form(struct exchange *x, struct view *view, const struct support_request *request)
{
    struct view *form;

    if (!support_open(request->state))
        return;
    form = reply_form(x, view, request, "Decide",
                      "Your message is for the requester alone. Cancelling takes a complete "
                      "request.",
                      "Message to the requester", false);
    if (support_may(request, SUPPORT_ASK, SUPPORT_OPERATOR))
        button(form, "ask", "Ask back", "");
    button(form, "refuse", "Refuse request", "danger");
    if (support_may(request, SUPPORT_PROCESS, SUPPORT_OPERATOR))
        view_text(view_section(form, NAME_CAN_PROCESS), NAME_PROCESS_HREF,
                  support_href(x, request->id, "/process"));
}

/* One sentence for the reader. */
static const char *
next_words(const struct support_request *request, enum support_role role)
{
    bool party = role == SUPPORT_OTHER || role == SUPPORT_CUSTOMER;
    enum support_word word = role == SUPPORT_OTHER ? request->other : request->customer;

    switch (request->state) {
    case SUPPORT_PROCESSED:
        return "The offer is cancelled: what is bought later is at list price. What was bought "
               "before stays, unless it was refunded.";
    case SUPPORT_REFUSED:
    case SUPPORT_WITHDRAWN:
        return "Nothing follows: the offer holds as before.";
    case SUPPORT_INCOMPLETE:
    case SUPPORT_READY:
    case SUPPORT_ASKED:
    case SUPPORT_STATE_COUNT:
        break;
    }
    if (party)
        return word == WORD_NONE ? "You say whether you agree; then the marketplace decides."
                                 : "The marketplace decides.";
    if (request->state == SUPPORT_INCOMPLETE)
        return "The request waits for what is missing.";
    if (request->state == SUPPORT_ASKED)
        return role == SUPPORT_REQUESTER ? "You answer the marketplace’s question."
                                         : "The requester answers your question.";
    return role == SUPPORT_REQUESTER ? "The marketplace cancels the offer, asks back or refuses."
                                     : "You cancel the offer, ask back or refuse.";
}

static void
acts_view(struct exchange *x, struct view *view, const struct support_acts *acts)
{
    for (size_t i = 0; i < acts->count; i++) {
        const struct support_act *act = &acts->rows[i];
        struct view *row = view_section(view, NAME_EVENT);
        const char *name = act->account_name;

        if (act->party == PARTY_CUSTOMER && *name == '\0')
            name = "Customer";
        if (act->party == PARTY_OPERATOR)
            name = "Marketplace";
        history_texts(x, row, act->party, act->at, support_event_words(act->kind),
                      history_who(x, name, act->person_name));
        if (*act->note != '\0')
            view_text(view_section(row, NAME_EVENT_NOTE), NAME_EVENT_NOTE_TEXT, act->note);
    }
}

/* Where the offer is read: in its place, or, cancelled, under the request it was cancelled by:
 * under no other. */
static void
offer_link(struct exchange *x, struct view *view, const struct support_request *request)
{
    bool cancelled = request->state == SUPPORT_PROCESSED && x->hat != HAT_OPERATOR;
    struct view *link;

    if (request->offer_cancelled && !cancelled && x->hat != HAT_OPERATOR)
        return;
    link = view_section(view, NAME_OFFER_LINK);
    view_text(link, NAME_OFFER_LABEL, cancelled ? "See the cancelled offer" : "Open the offer");
    view_text(link, NAME_OFFER_HREF,
              cancelled ? support_href(x, request->id, "/offer")
                        : arena_format(x->arena, "%s/%s", hat_offers(x->hat), request->offer));
}

void
support_request_view(struct exchange *x, const struct support_loaded *loaded)
{
    const struct support_request *request = &loaded->request;
    const struct act act = exchange_act(x);
    const char *const crumbs[][2] = {{SUPPORT_HEADING, support_href(x, "", "")}};
    struct view *view = show(x, PAGE_SUPPORT_REQUEST, "Support request");
    struct view *head =
        part_head(x, view, arena_format(x->arena, "Cancel “%s”", request->offer_name));
    struct view *meta = view_section(head, NAME_HAS_META);
    enum support_role role = role_here(x, request);

    head_crumbs(head, crumbs, COUNT(crumbs), "Support request");
    status_badge(x, meta, NAME_BADGE, request);
    part_not_saved(x, view);
    part_summary(x, view, "");
    facts_view(x, view, request);
    missing_view(x, view, request);
    evidence_view(x, view, request);
    offer_link(x, view, request);
    if (role == SUPPORT_REQUESTER)
        requester_forms(x, view, request, &act);
    else if (role == SUPPORT_OPERATOR)
        operator_form(x, view, request);
    else
        say_form(x, view, loaded);
    view_text(view, NAME_NEXT_STEP, next_words(request, role));
    acts_view(x, view, &loaded->acts);
}

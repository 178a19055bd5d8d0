/*
 * errors.c: the words of each status.
 *
 * Not here: which status (pages/serve). Invariant: a refusal says nothing about what it refuses, so
 * something of somebody else's and something that never was look alike.
 */
#include "pages/errors.h"

#include "base/text.h"
#include "pages/carried.h"
#include "pages/frame.h"
#include "pages/handover_pages.h"
#include "pages/support_view.h"

#define OUR_FAULT 500

struct error_words {
    int status;
    const char *heading;
    const char *happened;
    const char *to_do;
};

/* The first row is also what an unforeseen status shows. */
static const struct error_words all[] = {
    {OUR_FAULT, "Something went wrong", "The fault is ours. Nothing was changed.",
     "Go back and try again in a moment. If it happens again, tell support the reference below."},
    {400, "This request can’t be read", "What your browser sent isn’t well formed.",
     "Go back, reload the page and try again."},
    {403, "You can’t open this page", "It belongs to another kind of account than yours.",
     "Go to your own pages, or sign in with another account."},
    {404, "There is nothing here",
     "This page doesn’t exist, or it isn’t available to your account.",
     "Check the address, or start from your own pages."},
    {405, "This address can’t be used that way", "It takes no request of this kind.",
     "Start from your own pages and use their links and buttons."},
    {409, "This was changed meanwhile",
     "Someone saved a change before you. Yours was not made, and nothing of theirs was "
     "overwritten.",
     "Open the page again to see how it stands, then decide anew."},
    {410, "This offer is no longer available", "The link you followed was withdrawn.",
     "Ask the seller whether there is a new offer for you."},
    {413, "This is too much at once", "What was sent is larger than a page’s form can be.",
     "Go back, shorten the longest texts and send the form again."},
    {415, "This can’t be read here", "The form was sent in a format this page doesn’t take.",
     "Open the page in a browser and send its form."},
    {422, "Something in the form isn’t right", "What was sent can’t be used. Nothing was changed.",
     "Go back, check the form and send it again."},
    {429, "Too many attempts", "There were too many requests in a short time.",
     "Wait a few minutes, then try again."},
    {503, "We’re busy right now",
     "The marketplace can’t answer at the moment. Nothing was changed.",
     "Try again in a few seconds; what you sent was not kept."},
};

/* The same with what was sent on the page. */
static const char send_again[] = "What you sent is kept on this page. Wait a few seconds, then "
                                 "send it again; nothing is done twice.";
static const char file_again[] = " A file has to be chosen again afterwards.";
static const char tell_support[] = " If it happens again, tell support the reference below.";

/* A form of one's own that is refused is an old one, or one the role may not send. */
static const struct error_words refused_form = {
    403, "This can’t be done",
    "Your role doesn’t allow it, or the form is older than your session. "
    "Nothing was changed.",
    "Go back, reload the page and try again. If it still can’t be done, ask your account owner."};

static const struct error_words closed = {409, "This is no longer possible", "",
                                          "Open it to see what can be done with it now."};

/* The same of what has no page to lead to. */
static const struct error_words ended = {409, "This is no longer possible", "",
                                         "Open the page again to see how it stands."};

static const struct error_words link_gone = {410, "This link no longer works", "",
                                             "Ask whoever sent it for a new one."};

/* A hand-over link in other hands than an ISV's tells whom it is for. */
static const struct error_words for_publishers = {
    403, "This link is for a software publisher",
    "It hands a billing account ID to the publisher it was sent to, for a private offer.",
    "Sign in with an account that sells products here, or send the link to your publisher."};

/* The page of the offer, the purchase or the request for support that the path is about, as its hat
 * has it; NULL when it is about none. */
static const char *
subject_href(const struct exchange *x, const char **label)
{
    for (size_t i = 0; i < x->params.count; i++) {
        const char *id = x->params.values[i];

        if (text_equal(x->params.names[i], "offer")) {
            *label = "Open the offer";
            return arena_format(x->arena, "%s/%s", hat_offers(x->hat), id);
        }
        if (text_equal(x->params.names[i], "purchase")) {
            *label = "Open the purchase";
            return arena_format(x->arena, "%s/%s", hat_purchases(x->hat), id);
        }
        if (text_equal(x->params.names[i], "request")) {
            *label = "Open the request";
            return support_href(x, id, "");
        }
    }
    return NULL;
}

static const struct error_words *
words_of(const struct exchange *x, int status)
{
    const char *label;

    if (status == 409 && x->closed_reason != NULL)
        return subject_href(x, &label) == NULL ? &ended : &closed;
    if (status == 410 && x->gone_reason != NULL)
        return &link_gone;
    if (status == 403 && x->request->method == METHOD_POST && x->who.signed_in)
        return &refused_form;
    if (status == 403 && text_starts(x->request->path, HANDOVER_PREFIX))
        return &for_publishers;
    for (size_t i = 0; i < COUNT(all); i++) {
        if (all[i].status == status)
            return &all[i];
    }
    return &all[0];
}

static const char *
what_happened(const struct exchange *x, const struct error_words *words)
{
    if (words == &closed || words == &ended)
        return x->closed_reason;
    return words == &link_gone ? x->gone_reason : words->happened;
}

static void
link_add(struct view *view, const char *label, const char *href, bool first)
{
    struct view *link = view_section(view, NAME_LINK);

    if (first)
        view_show(link, NAME_LINK_FIRST);
    view_text(link, NAME_LINK_HREF, href);
    view_text(link, NAME_LINK_LABEL, label);
}

static void
links_build(const struct exchange *x, struct view *view, int status, bool kept)
{
    const char *label = "";
    const char *subject = status == 409 ? subject_href(x, &label) : NULL;

    if (!x->who.signed_in) {
        link_add(view, "Sign in", "/login", !kept);
        return;
    }
    if (subject != NULL)
        link_add(view, label, subject, true);
    if (x->record_href != NULL)
        link_add(view, "Open the record", x->record_href, false);
    link_add(view, "Go to your pages", "/", subject == NULL && !kept);
}

void
error_page(struct exchange *x, int status)
{
    const struct error_words *words = words_of(x, status);
    struct view *view = show(x, PAGE_ERROR, words->heading);
    bool kept;

    view_format(view, NAME_CODE, "%d", status);
    view_text(view, NAME_HEADING, words->heading);
    view_text(view, NAME_WHAT_HAPPENED, what_happened(x, words));
    kept = status >= OUR_FAULT && carry_again(x, view);
    if (kept)
        view_format(view, NAME_WHAT_TO_DO, "%s%s%s", send_again,
                    x->request->boundary != NULL ? file_again : "",
                    status == OUR_FAULT ? tell_support : "");
    else
        view_text(view, NAME_WHAT_TO_DO, words->to_do);
    if (status == 410 && x->gone_contact != NULL && *x->gone_contact != '\0')
        view_text(view_section(view, NAME_CONTACT), NAME_CONTACT_EMAIL, x->gone_contact);
    links_build(x, view, status, kept);
    if (status == OUR_FAULT)
        view_text(view_section(view, NAME_TRACE), NAME_TRACE_ID, x->request->id);
}

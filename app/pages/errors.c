/*
 * errors.c: the words of each status.
 *
 * Not here: which status (pages/serve). Invariant: a refusal says nothing about what it refuses, so
 * something of somebody else's and something that never was look alike.
 */
#include "pages/errors.h"

#include "base/text.h"
#include "pages/frame.h"

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
    {410, "This offer is no longer available", "The seller has withdrawn the link you followed.",
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

/* A form of one's own that is refused is an old one, or one the role may not send. */
static const struct error_words refused_form = {
    403, "This can’t be done",
    "Your role doesn’t allow it, or the form is older than your session. "
    "Nothing was changed.",
    "Go back, reload the page and try again. If it still can’t be done, ask your account owner."};

static const struct error_words closed = {409, "This is no longer possible", "",
                                          "Open it to see what can be done with it now."};

static const struct error_words *
words_of(const struct exchange *x, int status)
{
    if (status == 409 && x->closed_reason != NULL)
        return &closed;
    if (status == 403 && x->request->method == METHOD_POST && x->who.signed_in)
        return &refused_form;
    for (size_t i = 0; i < COUNT(all); i++) {
        if (all[i].status == status)
            return &all[i];
    }
    return &all[0];
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

/* The page of the offer or the purchase that the path is about, as its hat has it; false when it is
 * about none. */
static bool
subject_link(const struct exchange *x, struct view *view)
{
    for (size_t i = 0; i < x->params.count; i++) {
        const char *id = x->params.values[i];

        if (text_equal(x->params.names[i], "offer")) {
            link_add(view, "Open the offer",
                     arena_format(x->arena, "%s/%s", hat_offers(x->hat), id), true);
            return true;
        }
        if (text_equal(x->params.names[i], "purchase")) {
            link_add(view, "Open the purchase",
                     arena_format(x->arena, "%s/%s", hat_purchases(x->hat), id), true);
            return true;
        }
    }
    return false;
}

static void
links_build(const struct exchange *x, struct view *view, int status)
{
    bool subject = false;

    if (!x->who.signed_in) {
        link_add(view, "Sign in", "/login", true);
        return;
    }
    if (status == 409)
        subject = subject_link(x, view);
    if (x->record_href != NULL)
        link_add(view, "Open the record", x->record_href, false);
    link_add(view, "Go to your pages", "/", !subject);
}

void
error_page(struct exchange *x, int status)
{
    const struct error_words *words = words_of(x, status);
    struct view *view = show(x, PAGE_ERROR, words->heading);

    view_format(view, NAME_CODE, "%d", status);
    view_text(view, NAME_HEADING, words->heading);
    view_text(view, NAME_WHAT_HAPPENED, words == &closed ? x->closed_reason : words->happened);
    view_text(view, NAME_WHAT_TO_DO, words->to_do);
    if (status == 410 && x->gone_contact != NULL && *x->gone_contact != '\0')
        view_text(view_section(view, NAME_CONTACT), NAME_CONTACT_EMAIL, x->gone_contact);
    links_build(x, view, status);
    if (status == OUR_FAULT)
        view_text(view_section(view, NAME_TRACE), NAME_TRACE_ID, x->request->id);
}

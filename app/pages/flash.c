/*
 * flash.c: the words of flashes, and the text to send along after a submit.
 *
 * Invariant: a word in a URL chooses among sentences written here; no text of a URL is shown.
 */
#include "pages/flash.h"

#include <inttypes.h>

#include "base/text.h"
#include "pages/isv_view.h"

/* After an ISV's submit; the only flash with something to copy. */
#define SUBMITTED "submitted"

/* After a file was imported; the only one with numbers. */
#define IMPORTED "imported"

static const struct flash_words all[] = {
    /* sellers, while working on an offer */
    {"created", "ok", "Draft created.", "Fill it in; you can save it unfinished at any time."},
    {"cloned", "ok", "Offer cloned.",
     "This draft has everything of yours, its prices and documents too. Check the dates."},
    {"upgraded", "ok", "Upgrade drafted.",
     "Its prices begin after the accepted offer ends: set its dates, then submit it."},
    {"cloned-several", "ok", "Offers cloned.", "Each is a new draft with everything of yours."},
    {"saved", "ok", "Draft saved.", ""},
    {"added", "ok", "Products added.", "Set a price for each."},
    {"removed", "ok", "Product removed.", ""},
    {"priced", "ok", "Prices saved.", ""},
    {"plan-added", "ok", "Plan created.", "It begins with the terms and prices of its template."},
    {"partner-added", "ok", "Selling partner added.", ""},
    {"partner-removed", "ok", "Selling partner removed.", ""},
    {"document-added", "ok", "Terms and conditions added.", ""},
    {"document-replaced", "ok", "Document replaced.", "It keeps its name."},
    {"document-removed", "ok", "Document removed.", ""},
    {"deleted", "ok", "Draft deleted.", ""},
    {"deleted-several", "ok", "Drafts deleted.", ""},
    /* moves of an offer */
    {SUBMITTED, "ok", "Offer submitted.",
     "Your selling partner finds it under Private offers in a moment. We don’t email your partner, "
     "unless it has switched that on; send this text yourself."},
    {"withdrawn", "ok", "Offer withdrawn.",
     "It is a draft again, and your selling partner no longer sees it."},
    {"extended", "ok", "Offer submitted.",
     "The customer can open it in a moment. We don’t email the customer, unless it has switched "
     "that "
     "on; send the acceptance link yourself."},
    {"taken-back", "ok", "Offer withdrawn.",
     "The acceptance link no longer works. Your adjustments, documents and contacts are kept."},
    {"sent-back", "ok", "Offer sent back.", "The ISV sees it with your reason."},
    {"withdraw-asked", "ok", "Asked.", "Your selling partner sees it with your reason."},
    {"declined", "ok", "Offer declined.", "The seller sees it with your reason."},
    {"change-asked", "ok", "Change asked for.", "The seller sees it with your reason."},
    {"withdrawn-several", "ok", "Offers withdrawn.",
     "They are drafts again, and their selling partners no longer see them."},
    {"taken-back-several", "ok", "Offers withdrawn.",
     "Their acceptance links no longer work. Your adjustments, documents and contacts are kept."},
    {"certificate", "ok", "Certificate filed.", ""},
    /* a request to cancel an offer */
    {"cancel-requested", "ok", "Cancellation requested.",
     "The offer holds until the marketplace cancels it. We don’t email anybody: tell the other "
     "parties to confirm it under Support requests."},
    {"request-save", "ok", "Request saved.", ""},
    {"request-agree", "ok", "You agreed to the cancellation.", ""},
    {"request-object", "ok", "You did not agree to the cancellation.", ""},
    {"request-ask", "ok", "Question sent.", "The requester finds it in the request."},
    {"request-answer", "ok", "Answer sent.", ""},
    {"request-refuse", "ok", "Request refused.", "The offer holds as before."},
    {"request-withdraw", "ok", "Request withdrawn.", "The offer holds as before."},
    {"offer-cancelled", "ok", "Offer cancelled.", "It has left everybody’s lists."},
    /* the catalogue */
    {"product-created", "ok", "Product created.", "Add a plan, then publish both."},
    {"product-saved", "ok", "Product saved.", ""},
    {IMPORTED, "ok", "Catalogue imported.", ""},
    {"plan-created", "ok", "Plan created.", "It is on sale once you publish it."},
    {"plan-saved", "ok", "Plan saved.", "Prices that need notice are scheduled."},
    {"published", "ok", "Published.", ""},
    {"unpublished", "ok", "Unpublished.", "It is no longer on sale."},
    {"change-cancelled", "ok", "Price change cancelled.", "The price stays as it is today."},
    /* a customer's billing accounts, and their IDs on the way to an ISV */
    {"link-made", "ok", "Hand-over link made.",
     "It’s shown this once: copy it now, and send it to your publisher yourself."},
    {"link-withdrawn", "ok", "Link withdrawn.", "It no longer works."},
    {"handed-over", "ok", "Billing account ID added.", "The link is used up."},
    /* purchases */
    {"activated", "ok", "Subscription activated.", "Billing and its term begin today."},
    {"cancelled", "ok", "Subscription cancelled.", "It is Unsubscribed."},
    {"usage", "ok", "Usage reported.", "It is charged after the end of its month."},
    {"failed", "ok", "Payment failed.", "The subscription is Suspended."},
    {"received", "ok", "Payment received.", "The subscription is Subscribed again."},
    /* purchases */
    {"configured", "ok", "Account configured.", "The publisher activates the subscription next."},
    {"users-changed", "ok", "Number of users saved.", ""},
    {"plan-changed", "ok", "Plan changed.", "The charges show what was given back and charged."},
    {"recurring-on", "ok", "Recurring billing is on.", ""},
    {"recurring-off", "ok", "Recurring billing is off.", "It ends with its term."},
    {"purchase-cancelled", "ok", "Purchase cancelled.", "The charges show what was given back."},
    /* people */
    {"signed-out", "ok", "You’re signed out.", ""},
    {"password", "ok", "Password changed.", "Every other session of yours has ended."},
    /* mail and calendar */
    {"notices-saved", "ok", "Choices saved.", "They count from now on."},
    {"calendar-made", "ok", "Calendar address made.", "An earlier one works no longer."},
    {"calendar-revoked", "ok", "Calendar address revoked.", "Nobody sees the calendar through it."},
    {"mail-retried", "ok", "Mail tried again.", "It is sent in a moment."},
    {"published-now", "ok", "Publication tried again.", "If it failed, the seller finds why."},
    /* the operator */
    {"facts-saved", "ok", "Facts saved.", "They count at once."},
    {"account-created", "ok", "Account created.", "Set its facts and add its people."},
    {"person-added", "ok", "Person added.",
     "Nobody is emailed: hand over the first password yourself."},
    {"settings-saved", "ok", "Settings saved.", "They count at once."},
    {"market-set", "ok", "Market saved.", "Its rate counts at once."},
    {"role-set", "ok", "Role set.", "It counts at once."},
    {"subscription-changed", "ok", "Subscription changed.", "It counts at once."},
    {"clock", "ok", "Clock moved forward.", "Everyone in this market sees the new date at once."},
};

static const struct flash_words *
flash_find(const char *word)
{
    for (size_t i = 0; i < COUNT(all); i++) {
        if (text_equal(all[i].word, word))
            return &all[i];
    }
    return NULL;
}

/* The text to send to the partner, when ?offer= names one the viewer may see. The page it stands on
 * may be open to roles that see no offers (LAW 2.2). */
static enum err
share_put(struct exchange *x, struct view *flash)
{
    struct viewer viewer = exchange_viewer(x);
    struct offer offer;
    enum err outcome;

    if (!role_can(x->who.role, CAN_VIEW_OFFERS))
        return OK;
    outcome = offer_view(x->db, x->arena, &viewer, queried(x, "offer"), &offer);
    if (outcome == ERR_ABSENT)
        return OK;
    TRY(outcome);
    view_text(view_section(flash, NAME_SHARE), NAME_SHARE_TEXT, isv_share_text(x, &offer));
    return OK;
}

/* "Products and plans: 3 new, 1 changed, 20 unchanged."; nothing for what are no such numbers. */
static const char *
counts_words(const struct exchange *x)
{
    static const char *const names[] = {"new", "changed", "unchanged"};
    int64_t counts[COUNT(names)];

    for (size_t i = 0; i < COUNT(names); i++) {
        if (text_to_integer(queried(x, names[i]), 0, LIMIT_FILE_PRODUCTS + LIMIT_FILE_PLANS,
                            &counts[i]) != OK)
            return "";
    }
    return arena_format(x->arena,
                        "Products and plans: %" PRId64 " new, %" PRId64 " changed, %" PRId64
                        " unchanged.",
                        counts[0], counts[1], counts[2]);
}

enum err
flash_build(struct exchange *x, struct view *view)
{
    const struct flash_words *words = flash_find(queried(x, "done"));
    struct view *flash;

    if (words == NULL)
        return OK;
    flash = view_part(view, NAME_FLASH, PAGE_PART_FLASH);
    view_text(flash, NAME_TONE, words->tone);
    view_text(flash, NAME_ICON, "check");
    view_text(flash, NAME_FLASH_TITLE, words->title);
    view_text(flash, NAME_FLASH_TEXT,
              text_equal(words->word, IMPORTED) ? counts_words(x) : words->text);
    if (text_equal(words->word, SUBMITTED) && x->hat == HAT_ISV)
        return share_put(x, flash);
    return OK;
}

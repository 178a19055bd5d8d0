/*
 * isv_setup_view.c: step 1 of the ISV: the whole offer in one form, with what was typed or stored
 * in each field and what is wrong with it.
 *
 * Not here: what a button does (pages/isv_pages). The answers beside the billing account and the
 * seller are about what is stored, so they appear only while that is what the form shows.
 */
#include <string.h>

#include "actions/act.h"
#include "base/text.h"
#include "core/documents.h"
#include "pages/documents_view.h"
#include "pages/account_view.h"
#include "pages/isv_view.h"
#include "pages/parts.h"

/* A section of the form, in its order, and the fields whose problems are its own. */
struct section {
    const char *anchor;
    const char *label;
    const char *fields[4]; /* names, or their beginnings when they end with '-' */
};

enum {
    SECTION_NAME,
    SECTION_CUSTOMER,
    SECTION_PARTNER,
    SECTION_TERMS,
    SECTION_DOCUMENTS,
    SECTION_CONTACTS,
    SECTION_PRODUCTS,
    SECTION_NOTE,
    SECTION_COUNT
};

static const struct section sections[SECTION_COUNT] = {
    [SECTION_NAME] = {"s-name", "Name", {"name"}},
    [SECTION_CUSTOMER] = {"s-customer",
                          "Customer information",
                          {"billing_account", "customer_label", "description"}},
    [SECTION_PARTNER] = {"s-partner", "Selling partner", {"seller_id"}},
    [SECTION_TERMS] = {"s-terms",
                       "Customer terms",
                       {"start_mode", "start_month", "end_month", "accept_by"}},
    [SECTION_DOCUMENTS] = {"s-documents",
                           "Terms and conditions",
                           {ANSWER_DOCUMENT, ANSWER_DOCUMENT_NAME}},
    [SECTION_CONTACTS] = {"s-contacts", "Notifications", {"contacts"}},
    [SECTION_PRODUCTS] = {"s-products",
                          "Product offers",
                          {"products", "type-", "discount-", "price-"}},
    [SECTION_NOTE] = {"s-note", "Sales note", {"sales_note"}},
};

static bool
section_owns(const struct section *section, const char *at)
{
    for (size_t i = 0; i < COUNT(section->fields) && section->fields[i] != NULL; i++) {
        const char *name = section->fields[i];
        size_t length = strlen(name);

        if (name[length - 1] == '-' ? text_starts(at, name) : text_equal(at, name))
            return true;
    }
    return false;
}

static bool
section_wrong(const struct exchange *x, const struct section *section)
{
    for (size_t i = 0; i < x->problems->count; i++) {
        if (section_owns(section, x->problems->list[i].at))
            return true;
    }
    return false;
}

static bool
rows_done(const struct exchange *x, const struct offer *offer)
{
    struct problems *missing = problems_new(x->arena);

    check_rows(offer, missing);
    return offer->row_count > 0 && missing->count == 0;
}

/* Is everything in it that a submit needs, or, where nothing is needed, anything at all? */
static bool
section_done(const struct exchange *x, const struct offer *offer, int section,
             const struct isv_answers *answers)
{
    switch (section) {
    case SECTION_NAME:
        return *offer->name != '\0';
    case SECTION_CUSTOMER:
        return answers->account_eligible;
    case SECTION_PARTNER:
        return *offer->partner != '\0' && answers->partner_refusal == NULL;
    case SECTION_TERMS:
        return offer->start_mode != START_UNSET && !day_is_none(offer->end_on) &&
               !day_is_none(offer->accept_by_on) &&
               (offer->start_mode == START_ON_ACCEPT || !day_is_none(offer->start_on));
    case SECTION_DOCUMENTS:
        return documents_of(offer, PARTY_ISV) > 0;
    case SECTION_CONTACTS:
        return *offer->contacts != '\0';
    case SECTION_PRODUCTS:
        return rows_done(x, offer);
    case SECTION_NOTE:
        return *offer->sales_note != '\0';
    }
    return false;
}

static void
rail_view(const struct exchange *x, struct view *view, const struct offer *offer,
          const struct isv_answers *answers)
{
    for (int i = 0; i < SECTION_COUNT; i++) {
        struct view *item = view_section(view, NAME_RAIL);

        view_format(item, NAME_RAIL_HREF, "#%s", sections[i].anchor);
        view_text(item, NAME_RAIL_LABEL, sections[i].label);
        if (section_wrong(x, &sections[i]))
            view_show(item, NAME_RAIL_WRONG);
        else if (section_done(x, offer, i, answers))
            view_show(item, NAME_RAIL_DONE);
    }
}

static void
customer_view(struct exchange *x, struct view *view, const struct offer *offer,
              const struct isv_answers *answers)
{
    static const struct field_look account = {
        .hint = "Your customer finds it under Billing accounts. United States accounts only."};
    static const struct field_look label = {
        .hint = "Your own name for the customer, in your lists and your partner’s",
        .optional = true,
        .count = true,
    };
    static const struct field_look description = {
        .hint = "Your selling partner sees this. Your customer doesn’t.",
        .optional = true,
        .count = true,
    };
    const char *typed = shown(x, fields[FIELD_BILLING_ACCOUNT].name, offer->billing_account);

    if (*offer->upgraded_from != '\0') {
        view_text(view_section(view, NAME_KEPT_CUSTOMER), NAME_KEPT_ACCOUNT,
                  offer->billing_account);
    } else {
        part_field(x, view, NAME_FIELD_BILLING_ACCOUNT, offer, FIELD_BILLING_ACCOUNT, &account);
        view_show(view, NAME_CAN_CHECK);
    }
    part_field(x, view, NAME_FIELD_CUSTOMER_LABEL, offer, FIELD_CUSTOMER_LABEL, &label);
    part_field(x, view, NAME_FIELD_DESCRIPTION, offer, FIELD_DESCRIPTION, &description);
    if (*offer->billing_account == '\0' ||
        !text_equal(text_trim(x->arena, typed), offer->billing_account))
        return;
    if (answers->account_eligible)
        part_badge(view, NAME_ELIGIBILITY, "ok", "check", "Eligible");
    else
        part_badge(view, NAME_ELIGIBILITY, "bad", "x", "Not eligible");
}

static void
partner_view(struct exchange *x, struct view *view, const struct offer *offer,
             const struct isv_answers *answers)
{
    static const struct field_look seller = {
        .hint = "Your partner finds it on its Account page",
        .short_input = true,
    };
    const struct problem *problem = problem_at(x->problems, fields[FIELD_PARTNER].name);
    const char *wrong = problem == NULL ? answers->partner_refusal : problem->message;
    struct view *partner;

    if (*offer->partner == '\0') {
        part_field(x, view_section(view, NAME_NO_PARTNER), NAME_FIELD_SELLER_ID, offer,
                   FIELD_PARTNER, &seller);
        return;
    }
    partner = view_section(view, NAME_PARTNER);
    view_text(partner, NAME_PARTNER_NAME,
              *offer->partner_name == '\0' ? "Unknown seller" : offer->partner_name);
    view_text(partner, NAME_PARTNER_ID, offer->partner);
    if (*offer->upgraded_from == '\0')
        view_show(partner, NAME_CAN_REMOVE);
    if (answers->partner_refusal == NULL)
        part_badge(partner, NAME_PARTNER_ANSWER, "ok", "check", "Eligible");
    else
        part_badge(partner, NAME_PARTNER_ANSWER, "bad", "x", "Not eligible");
    if (wrong != NULL)
        view_text(view_section(partner, NAME_PARTNER_ERROR), NAME_PARTNER_ERROR_TEXT, wrong);
}

static void
terms_view(struct exchange *x, struct view *view, const struct offer *offer)
{
    static const struct choice modes[] = {
        {"accepted", "Accepted date",
         "Prices start the day the customer accepts; pay-as-you-go products get this price for "
         "the whole month"},
        {"month", "Specific month",
         "Customers can see and accept it before; prices and Private products begin on the 1st"},
    };
    static const struct field_look end = {.hint = "Prices end after the last day of this month"};
    static const struct field_look accept_by = {
        .hint = "The customer can accept through this day, UTC"};
    static const struct field_look contacts = {
        .hint = "Up to 5 email addresses, one per line. Only you see them.",
        .optional = true,
    };
    static const struct field_look note = {
        .hint = "Only you see it. No email addresses.",
        .optional = true,
        .count = true,
    };

    part_choice(x, view, NAME_FIELD_START_MODE, fields[FIELD_START_MODE].name,
                fields[FIELD_START_MODE].label, modes, COUNT(modes),
                start_mode_text(offer->start_mode));
    part_field(x, view, NAME_FIELD_START_MONTH, offer, FIELD_START_MONTH, NULL);
    part_field(x, view, NAME_FIELD_END_MONTH, offer, FIELD_END_MONTH, &end);
    part_field(x, view, NAME_FIELD_ACCEPT_BY, offer, FIELD_ACCEPT_BY, &accept_by);
    part_field(x, view, NAME_FIELD_CONTACTS, offer, FIELD_CONTACTS, &contacts);
    part_field(x, view, NAME_FIELD_SALES_NOTE, offer, FIELD_SALES_NOTE, &note);
}

/* The sentence beside the buttons: is what is shown saved, and what is left to do? */
static const char *
bar_note(const struct exchange *x, const struct offer *offer)
{
    size_t count = x->problems->count + x->problems->dropped;
    const char *saved =
        arena_format(x->arena, "Draft saved %s", instant_show(x->arena, offer->isv_changed_at));

    if (count > 0)
        return arena_format(x->arena, "%zu %s to fix before you continue", count,
                            count == 1 ? "problem" : "problems");
    return form_came_back(x) ? "Not saved yet" : saved;
}

enum err
isv_setup_show(struct exchange *x, const struct offer *offer)
{
    static const struct field_look name = {
        .hint = "Everyone in the deal sees it. Not allowed: ! < > ^ [ ] @ # % /",
        .count = true,
    };
    const char *const metas[] = {
        isv_type_words(offer->type),
        arena_format(x->arena, "Draft saved %s", instant_show(x->arena, offer->isv_changed_at)),
    };
    struct view *view = show(x, PAGE_ISV_SETUP, offer->name);
    struct isv_answers answers;
    struct publisher publisher;

    TRY(isv_answers_load(x, offer, &answers));
    TRY(publisher_by_id(x->db, x->arena, offer->isv, &publisher));
    isv_head(x, view, offer, offer->name, metas, COUNT(metas));
    standing_view(x, view, &publisher);
    part_steps(view, false);
    part_not_saved(x, view);
    part_summary(x, view, "");
    rail_view(x, view, offer, &answers);
    view_text(view, NAME_FORM_ACTION, isv_href(x, offer, "/setup"));
    part_rev(x, view, offer_rev(x->arena, offer, PARTY_ISV));
    part_field(x, view, NAME_FIELD_NAME, offer, FIELD_NAME, &name);
    customer_view(x, view, offer, &answers);
    partner_view(x, view, offer, &answers);
    terms_view(x, view, offer);
    part_documents_form(x, view, offer, PARTY_ISV);
    isv_rows_view(x, view, offer);
    view_text(view, NAME_CANCEL_HREF, isv_href(x, offer, ""));
    view_text(view, NAME_BAR_NOTE, bar_note(x, offer));
    return OK;
}

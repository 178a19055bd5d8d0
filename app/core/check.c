/*
 * check.c: the checks of both submits, in the order of the forms (LAW 9).
 *
 * Not here: what is malformed (core/fields_read) and which move the state allows (core/offer).
 */
#include "core/check.h"

#include "base/text.h"
#include "core/documents.h"

const char *
account_refusal(const struct billing_account *account)
{
    if (account == NULL || !billing_account_eligible(account))
        return "This billing account isn't eligible. Check the ID for mistakes, or ask your "
               "customer to open Billing accounts: the page shows the ID to copy and says whether "
               "the account can receive private offers. Only active United States accounts can";
    return NULL;
}

const char *
partner_refusal(const struct publisher *partner, const char *isv)
{
    unsigned reasons;

    if (partner == NULL)
        return "No selling partner has this seller ID. Ask your partner for the ID on its account "
               "page";
    if (text_equal(partner->id, isv))
        return "This is your own seller ID. Enter the seller ID of another company";
    reasons = partner_ineligible(partner);
    if (reasons == INELIGIBLE_TAX_PROFILE)
        return "This selling partner needs a completed United States tax profile before it can "
               "take an offer. Its account owner or a financial contributor can complete it, and "
               "sees it on the page Tax and certificates";
    if (reasons & INELIGIBLE_TAX_PROFILE)
        return "This selling partner isn't enrolled in the marketplace, or its account isn't "
               "active, and it needs a completed United States tax profile. Its account owner can "
               "settle both, the first with the marketplace operator";
    if (reasons != 0)
        return "This selling partner isn't enrolled in the marketplace, or its account isn't "
               "active. Its account owner can settle that with the marketplace operator";
    return NULL;
}

/* Everything the account of the submitting side lacks. doing is what it therefore can't. */
static void
check_own_account(unsigned reasons, const char *doing, struct problems *problems)
{
    struct lack lacks[LACKS_MAX];
    size_t count = account_lacks(reasons, lacks);

    for (size_t i = 0; i < count; i++)
        problem_add(problems, "account", "%s, so it can't %s offers. %s", lacks[i].what, doing,
                    lacks[i].remedy);
}

static void
check_start(const struct offer *offer, struct day today, struct problems *problems)
{
    int ahead;

    if (offer->start_mode == START_UNSET) {
        problem_add(problems, fields[FIELD_START_MODE].name, "Choose when the prices start");
        return;
    }
    if (offer->start_mode != START_IN_MONTH)
        return;
    if (day_is_none(offer->start_on)) {
        problem_add(problems, fields[FIELD_START_MONTH].name,
                    "Enter the month in which the prices start");
        return;
    }
    ahead = month_distance(today, offer->start_on);
    if (ahead < 1)
        problem_add(problems, fields[FIELD_START_MONTH].name,
                    "The start month must be later than this month");
    else if (ahead > LIMIT_START_MONTHS_AHEAD)
        problem_add(problems, fields[FIELD_START_MONTH].name,
                    "The start month can be at most %d months ahead", LIMIT_START_MONTHS_AHEAD);
}

static void
check_end(const struct offer *offer, struct day today, struct problems *problems)
{
    struct arena *arena = problems->arena;

    if (day_is_none(offer->end_on)) {
        problem_add(problems, fields[FIELD_END_MONTH].name,
                    "Enter the month in which the prices end");
        return;
    }
    if (offer->end_on.number < today.number)
        problem_add(problems, fields[FIELD_END_MONTH].name, "The end date must be today or later");
    else if (month_distance(today, offer->end_on) > LIMIT_END_MONTHS_AHEAD)
        problem_add(problems, fields[FIELD_END_MONTH].name,
                    "The end month can be at most %d months ahead", LIMIT_END_MONTHS_AHEAD);
    if (offer->start_mode == START_IN_MONTH && !day_is_none(offer->start_on) &&
        offer->start_on.number > offer->end_on.number)
        problem_add(problems, fields[FIELD_END_MONTH].name,
                    "The end date must be after the start date, %s",
                    day_show(arena, offer->start_on));
}

static void
check_accept_by(const struct offer *offer, struct day today, struct problems *problems)
{
    struct arena *arena = problems->arena;

    if (day_is_none(offer->accept_by_on)) {
        problem_add(problems, fields[FIELD_ACCEPT_BY].name,
                    "Enter the last day on which the customer can accept");
        return;
    }
    if (offer->accept_by_on.number < today.number)
        problem_add(problems, fields[FIELD_ACCEPT_BY].name,
                    "Accept by date must be today, %s, or later", day_show(arena, today));
    if (!day_is_none(offer->end_on) && offer->accept_by_on.number > offer->end_on.number)
        problem_add(problems, fields[FIELD_ACCEPT_BY].name,
                    "Accept by date must be on or before the customer end date, %s",
                    day_show(arena, offer->end_on));
}

/* An upgrade begins after the accepted offer (LAW 6.4): said where it is mended, at its start. */
static void
check_upgrade(const struct offer *offer, const struct check_facts *facts, struct problems *problems)
{
    const struct offer *upgraded = facts->upgraded;
    struct day start = offer->start_mode == START_IN_MONTH ? offer->start_on : facts->today;

    if (upgraded == NULL || offer->start_mode == START_UNSET || day_is_none(start) ||
        start.number > upgraded->end_on.number)
        return;
    problem_add(
        problems,
        fields[offer->start_mode == START_IN_MONTH ? FIELD_START_MONTH : FIELD_START_MODE].name,
        "“%s” holds through %s, and its upgrade begins after that. Choose a later start "
        "month",
        upgraded->name, day_show(problems->arena, upgraded->end_on));
}

/* What the collision is about, as people name it: the public plan that both offers cover, which is
 * the base plan of a new plan or a reservation (LAW 8.6). */
static const char *
collision_words(struct arena *arena, const struct offer *offer, const struct collision *collision)
{
    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *row = &offer->rows[i];

        if (row->number != collision->row)
            continue;
        if (row->whole_product)
            return arena_format(arena, "plans of %s", row->plan->product_name);
        return plan_words(arena, row->plan);
    }
    assert(false); /* a collision is about a row of this offer */
    return "";
}

/* The ISV is shown its own colliding offers; all are its own, because the plan is (D-8). */
static void
check_overlap_isv(const struct offer *offer, const struct check_facts *facts,
                  struct problems *problems)
{
    for (size_t i = 0; i < facts->collision_count; i++) {
        const struct collision *collision = &facts->collisions[i];

        assert(text_equal(collision->isv, offer->isv));
        if (facts->upgraded != NULL && text_equal(collision->offer, facts->upgraded->id))
            continue; /* check_upgrade has said it */
        problem_about(problems, field_row_name(problems->arena, FIELD_PRICE_TYPE, collision->row),
                      collision->offer, "“%s” already covers %s for this customer in the same time",
                      collision->offer_name, collision_words(problems->arena, offer, collision));
    }
}

void
check_isv_submit(const struct offer *offer, const struct check_facts *facts,
                 struct problems *problems)
{
    const char *refusal;

    check_own_account(isv_ineligible(facts->isv), "submit", problems);
    if (*offer->name == '\0')
        problem_add(problems, fields[FIELD_NAME].name, "Enter a name for the private offer");
    if (*offer->billing_account == '\0')
        problem_add(problems, fields[FIELD_BILLING_ACCOUNT].name,
                    "Enter your customer's billing account ID");
    else if ((refusal = account_refusal(facts->account)) != NULL)
        problem_add(problems, fields[FIELD_BILLING_ACCOUNT].name, "%s", refusal);
    if (*offer->partner == '\0')
        problem_add(problems, fields[FIELD_PARTNER].name, "Add a selling partner by its seller ID");
    else if ((refusal = partner_refusal(facts->partner, offer->isv)) != NULL)
        problem_add(problems, fields[FIELD_PARTNER].name, "%s", refusal);
    check_start(offer, facts->today, problems);
    check_upgrade(offer, facts, problems);
    check_end(offer, facts->today, problems);
    check_accept_by(offer, facts->today, problems);
    check_documents(offer, PARTY_ISV, problems);
    if (offer->row_count == 0)
        problem_add(problems, "products", "Add at least one product");
    check_rows(offer, problems);
    check_overlap_isv(offer, facts, problems);
}

/* After the ISV's submit a plan may get another price point, which an absolute row has no price
 * for, and a product may lose its last plan: the customer could not accept, so the partner learns
 * it first. */
static void
check_adjustment(const struct offer *offer, const struct offer_row *row, struct problems *problems)
{
    struct arena *arena = problems->arena;
    const char *at = field_row_name(arena, FIELD_ADJUSTMENT, row->number);
    struct rate cap;

    if (row->price_count == 0)
        problem_add(problems, at,
                    "%s can no longer be sold. Ask the ISV to withdraw and change the offer",
                    row_words(arena, row));
    else if (!row_priced(row))
        problem_add(problems, at,
                    "%s has a price that this offer doesn't set. Ask the ISV to withdraw and "
                    "change the offer",
                    row_words(arena, row));
    else if (!row->has_adjustment)
        problem_add(problems, at, "Enter a customer adjustment for %s; 0 keeps the partner price",
                    row_words(arena, row));
    else if (row_cap(row, &cap) && row->adjustment.e8 > cap.e8)
        problem_add(problems, at,
                    "Enter at most %s%% for %s: the adjustment can't exceed the ISV's discount; %s",
                    rate_show(arena, cap), row_words(arena, row),
                    row_cap_remedy(arena, offer, row));
}

/* The partner learns of the colliding offer only when it is its own and in its sight (D-8). */
static void
check_overlap_partner(const struct offer *offer, const struct check_facts *facts,
                      struct problems *problems)
{
    struct arena *arena = problems->arena;

    for (size_t i = 0; i < facts->collision_count; i++) {
        const struct collision *collision = &facts->collisions[i];
        const char *at = field_row_name(arena, FIELD_ADJUSTMENT, collision->row);

        if (text_equal(collision->offered_to, offer->partner))
            problem_about(problems, at, collision->offer,
                          "“%s” already covers %s for this customer in the same time",
                          collision->offer_name, collision_words(arena, offer, collision));
        else
            problem_add(problems, at,
                        "Another private offer for this customer overlaps on %s. "
                        "Ask the ISV to withdraw and change this one",
                        collision_words(arena, offer, collision));
    }
}

void
check_partner_submit(const struct offer *offer, const struct check_facts *facts,
                     struct problems *problems)
{
    check_own_account(facts->partner == NULL ? INELIGIBLE_NOT_ENROLLED
                                             : partner_ineligible(facts->partner),
                      "extend", problems);
    if (account_refusal(facts->account) != NULL)
        problem_add(problems, "account",
                    "The customer's billing account is no longer eligible. "
                    "Ask the ISV to withdraw and change the offer");
    if (offer->accept_by_on.number < facts->today.number)
        problem_add(problems, "account",
                    "The accept by date, %s, has passed. Ask the ISV to withdraw the offer and set "
                    "a later one",
                    day_show(problems->arena, offer->accept_by_on));
    for (size_t i = 0; i < offer->row_count; i++)
        check_adjustment(offer, &offer->rows[i], problems);
    if (*offer->prepared_by == '\0')
        problem_add(problems, fields[FIELD_PREPARED_BY].name,
                    "Enter the email address your customer can write to");
    check_documents(offer, PARTY_PARTNER, problems);
    check_overlap_partner(offer, facts, problems);
}

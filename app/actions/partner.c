/*
 * partner.c: pricing, extending and taking back.
 *
 * Invariant: saving the partner's fields moves no version and no time that the ISV can see.
 */
#include "actions/partner.h"

#include "core/solver.h"
#include "store/acceptances.h"
#include "store/accounts.h"

enum err
action_partner_save(const struct act *act, const char *id, const char *rev,
                    const struct answers *answers, const struct document_edit *documents,
                    struct problems *problems)
{
    struct offer before;
    struct offer offer;
    int too_large = 0;

    TRY(act_may_edit(act));
    TRY(act_load(act, id, rev, MOVE_PRICE, &before));
    TRY(offer_load(act->db, act->arena, &act->viewer, id, &offer));
    fields_read(&offer, PARTY_PARTNER, answers, act->arena, problems);
    solver_read(&offer, answers, problems);
    if (documents != NULL)
        TRY(documents_edit(act, PARTY_PARTNER, documents, &offer, problems));
    if (problems->count > 0)
        return ERR_INVALID;
    if (price_offer(&offer, &too_large) != OK) {
        problem_add(problems, field_row_name(act->arena, FIELD_ADJUSTMENT, too_large),
                    "The customer price would be too large. Enter a smaller adjustment");
        return ERR_INVALID;
    }
    if (event_changes(&before, &offer, act->arena).count == 0)
        return OK;
    if (documents != NULL)
        TRY(documents_keep(act, &before, &offer, documents->file));
    offer.failure = "";
    return act_keep(act, &offer, &before, MOVE_PRICE, EVENT_PRICED);
}

enum err
review_partner(const struct act *act, const struct offer *offer, struct problems *problems,
               bool *taxable)
{
    struct check_facts facts;
    struct certificates certificates;

    TRY(act_facts(act, offer, &facts));
    check_partner_submit(offer, &facts, problems);
    TRY(certificates_of(act->db, act->arena, offer->partner, &certificates));
    *taxable = facts.partner == NULL ||
               partner_taxable(facts.partner, certificates.rows, certificates.count, act->today);
    if (*taxable && act->settings->certificate_blocking)
        problem_add(problems, "account",
                    "File a resale certificate that covers your headquarters state at least 5 "
                    "business days before extending an offer");
    return OK;
}

enum err
action_offer_extend(const struct act *act, const char *id, const char *rev,
                    struct problems *problems)
{
    struct offer before;
    struct offer offer;

    TRY(act_may_edit(act));
    TRY(act_load(act, id, rev, MOVE_EXTEND, &before));
    offer = before;
    TRY(review_partner(act, &offer, problems, &offer.taxable));
    if (problems->count > 0)
        return ERR_INVALID;
    offer.publish_at = act->now + act->settings->publish_delay_s;
    return act_keep(act, &offer, &before, MOVE_EXTEND, EVENT_SENT);
}

enum err
action_offer_take_back(const struct act *act, const char *id, const char *rev)
{
    struct offer offer;

    TRY(act_may_edit(act));
    TRY(act_load(act, id, rev, MOVE_TAKE_BACK, &offer));
    TRY(links_kill(act->db, offer.id));
    return act_keep(act, &offer, NULL, MOVE_TAKE_BACK, EVENT_TAKEN_BACK);
}

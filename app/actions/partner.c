/*
 * partner.c: pricing, extending and taking back; filing certificates.
 *
 * Invariant: saving the partner's fields moves no version and no time that the ISV can see.
 */
#include "actions/partner.h"

#include "core/certificate.h"
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
publisher_taxable(const struct act *act, const struct publisher *publisher, bool *taxable)
{
    struct certificates certificates;

    TRY(certificates_of(act->db, act->arena, publisher->id, &certificates));
    *taxable = partner_taxable(publisher, certificates.rows, certificates.count, act->today);
    return OK;
}

enum err
review_partner(const struct act *act, const struct offer *offer, struct problems *problems,
               bool *taxable)
{
    struct check_facts facts;

    TRY(act_facts(act, offer, &facts));
    check_partner_submit(offer, &facts, problems);
    *taxable = true;
    if (facts.partner != NULL)
        TRY(publisher_taxable(act, facts.partner, taxable));
    if (*taxable && act->settings->certificate_blocking)
        problem_add(problems, AT_CERTIFICATE,
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

/* How many of them have not expired. */
static size_t
count_living(const struct certificates *certificates, struct day today)
{
    size_t count = 0;

    for (size_t i = 0; i < certificates->count; i++)
        count += certificates->rows[i].expires_on.number >= today.number;
    return count;
}

enum err
action_certificate_file(const struct act *act, const struct answers *answers,
                        struct problems *problems)
{
    struct certificate certificate = {.id = world_guid(act->world, act->arena)};
    struct certificates filed;

    if (!role_can(act->role, CAN_CHANGE_TAX))
        return ERR_DENIED;
    certificate_read(answers, act->today, problems, &certificate);
    TRY(certificates_of(act->db, act->arena, act->viewer.account, &filed));
    if (problems->count == 0 && count_living(&filed, act->today) == LIMIT_CERTIFICATES)
        problem_add(problems, ANSWER_STATES,
                    "Your account has %d certificates that hold, which is the most. File another "
                    "when one of them has expired",
                    LIMIT_CERTIFICATES);
    if (problems->count > 0)
        return ERR_INVALID;
    return certificate_insert(act->db, act->arena, act->viewer.account, &certificate);
}

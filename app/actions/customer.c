/*
 * customer.c: accepting.
 *
 * Invariant: what is accepted is what was shown: the digest of both is the same.
 */
#include "actions/customer.h"

#include "base/text.h"
#include "core/terms.h"
#include "store/accounts.h"

#define REFERENCE_CHARS 10

/* Whether the acting person is among those who may accept, and its role on the account. */
static enum err
role_find(const struct act *act, const struct billing_account *account, struct acceptors *acceptors)
{
    enum err outcome = billing_role_of(act->db, account->id, act->person, &acceptors->role);

    if (outcome != OK && outcome != ERR_ABSENT)
        return outcome;
    acceptors->may = outcome == OK && billing_role_accepts(account->agreement, acceptors->role);
    return OK;
}

enum err
acceptors_of(const struct act *act, const struct offer *offer, struct acceptors *acceptors)
{
    struct billing_account account;
    struct billing_members members;

    *acceptors = (struct acceptors){.role = BILLING_READER};
    TRY(billing_account_find(act->db, act->arena, offer->billing_account, &account));
    TRY(billing_members_of(act->db, act->arena, offer->billing_account, &members));
    for (size_t i = 0; i < members.count; i++) {
        const struct billing_member *member = &members.rows[i];

        if (billing_role_accepts(account.agreement, member->role) &&
            acceptors->named_count < LIMIT_ACCEPTERS_NAMED)
            acceptors->named[acceptors->named_count++] = *member;
    }
    /* asked for alone: the list above is cut when an account has very many people */
    return role_find(act, &account, acceptors);
}

/* "TPA-" and ten of 32 characters that are not mistaken for one another. */
static const char *
reference_make(const struct act *act)
{
    static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* 32, so no bias */
    unsigned char random[REFERENCE_CHARS];
    char picked[REFERENCE_CHARS + 1] = {0};

    world_random(act->world, random, sizeof random);
    for (size_t i = 0; i < sizeof random; i++)
        picked[i] = letters[random[i] % 32];
    return arena_format(act->arena, "TPA-%.5s-%.5s", picked, picked + 5);
}

char *
agree_name(struct arena *arena, const struct document *document)
{
    return arena_format(arena, "agree-%s", document->id);
}

/* Each document by itself (LAW 10.2). */
static void
check_agreed(const struct act *act, const struct offer *offer, const struct answers *agreed,
             struct problems *problems)
{
    for (size_t i = 0; i < offer->document_count; i++) {
        const struct document *document = &offer->documents[i];
        const char *name = agree_name(act->arena, document);

        if (agreed->get(agreed->context, name) == NULL)
            problem_add(problems, name,
                        "Open “%s”, and tick it if you agree to it; without that the offer can’t "
                        "be accepted",
                        document->name);
    }
}

/* Whoever accepted just this before gets what was made of it then; everybody else comes too late.
 */
static enum err
accepted_before(const struct act *act, const struct offer *offer, const char *digest,
                struct acceptance *acceptance)
{
    enum err outcome = acceptance_of(act->db, act->arena, offer->id, acceptance);

    if (outcome != OK)
        return outcome == ERR_ABSENT ? ERR_CLOSED : outcome;
    if (text_equal(acceptance->person, act->person) && text_equal(acceptance->digest, digest))
        return OK;
    return ERR_CLOSED;
}

/* What keeps an offer of those terms from being accepted today (LAW 10.2). An overlap does not: it
 * was judged at both submits (LAW 8.6). */
static void
check_acceptable(const struct billing_account *account, const struct offer *offer,
                 struct problems *problems)
{
    if (account_refusal(account) != NULL)
        problem_add(problems, "account",
                    "This billing account is no longer eligible for private offers. Write to the "
                    "seller named under Prepared by");
    else if (!offer_priced(offer))
        problem_add(problems, "account",
                    "A product of this offer has changed, and a price is no longer known. Write to "
                    "the seller named under Prepared by");
}

enum err
action_offer_accept(const struct act *act, const char *id, const char *digest,
                    const struct answers *agreed, struct problems *problems,
                    struct acceptance *acceptance)
{
    struct offer offer;
    struct billing_account account;
    struct acceptors acceptors = {.role = BILLING_READER};
    enum err outcome;

    TRY(offer_load(act->db, act->arena, &act->viewer, id, &offer));
    outcome = offer_check_move(&offer, MOVE_ACCEPT, PARTY_CUSTOMER, act->today);
    if (outcome == ERR_CLOSED)
        return accepted_before(act, &offer, digest, acceptance);
    TRY(outcome);
    TRY(billing_account_find(act->db, act->arena, offer.billing_account, &account));
    TRY(role_find(act, &account, &acceptors));
    if (!acceptors.may)
        return ERR_DENIED;
    if (!text_equal(digest, terms_digest(act->arena, &offer)))
        return ERR_STALE;
    check_acceptable(&account, &offer, problems);
    if (problems->count == 0)
        check_agreed(act, &offer, agreed, problems);
    if (problems->count > 0)
        return ERR_INVALID;
    *acceptance = (struct acceptance){
        .offer = offer.id,
        .reference = reference_make(act),
        .person = act->person,
        .person_name = act->person_name,
        .role = acceptors.role,
        .at = act->now,
        .digest = arena_text(act->arena, digest),
        .isv_name = offer.isv_name,
        .partner_name = offer.partner_name,
        .organisation_name = act->account_name,
        .account_name = account.name,
    };
    TRY(acceptance_insert(act->db, acceptance, &offer));
    return act_keep(act, &offer, NULL, MOVE_ACCEPT, EVENT_ACCEPTED);
}

/*
 * notices.c: who may switch what, and trying again.
 */
#include "actions/notices.h"

#include <inttypes.h>

#include "actions/publish.h"
#include "base/digest.h"
#include "base/text.h"
#include "store/account_events.h"
#include "store/accounts.h"
#include "store/outbox.h"
#include "store/people.h"

enum err
notices_account(const struct act *act, const char *billing, struct notices_account *account)
{
    enum billing_role role = BILLING_READER;
    struct billing_account found;
    enum err held;

    if (billing == NULL) {
        *account = (struct notices_account){NOTICES_OF_PUBLISHER, act->viewer.account,
                                            act->account_name, act->role == ROLE_ACCOUNT_OWNER};
        return OK;
    }
    TRY(billing_account_find(act->db, act->arena, billing, &found));
    if (!text_equal(found.organisation, act->viewer.account))
        return ERR_ABSENT;
    held = billing_role_of(act->db, billing, act->person, &role);
    if (held != OK && held != ERR_ABSENT)
        return held;
    *account = (struct notices_account){NOTICES_OF_BILLING, found.id, found.name,
                                        held == OK && billing_role_owns(found.agreement, role)};
    return OK;
}

enum err
action_notices_switch(const struct act *act, const struct notices_account *account, unsigned on)
{
    if (!account->owned)
        return ERR_DENIED;
    for (int i = 0; i < SWITCH_COUNT; i++)
        TRY(notice_switch_set(act->db, account->kind, account->id, (enum notice_switch)i,
                              (on & (1U << i)) != 0 ? act->now : 0, act->person));
    return OK;
}

enum err
action_calendar_make(const struct act *act, const struct notices_account *account,
                     const char **token)
{
    const char *made = world_token(act->world, act->arena);
    const struct feed feed = {
        .kind = account->kind,
        .account = account->id,
        .token_hash = digest_of_text(act->arena, made),
        .made_at = act->now,
        .person = act->person,
    };

    if (!account->owned)
        return ERR_DENIED;
    TRY(feed_set(act->db, &feed));
    *token = made;
    return OK;
}

enum err
action_calendar_revoke(const struct act *act, const struct notices_account *account)
{
    enum err outcome;

    if (!account->owned)
        return ERR_DENIED;
    outcome = feed_delete(act->db, account->kind, account->id);
    return outcome == ERR_ABSENT ? OK : outcome;
}

/* ---- Trying again --------------------------------------------------------------------------- */

static enum err
retried(const struct act *act, const char *kind, const char *id, const char *before)
{
    const struct account_event event = {
        .at = act->now,
        .person = act->person,
        .person_name = act->person_name,
        .field = "Tried again",
        .before = before,
        .after = "",
    };

    return account_event_append(act->db, act->arena, act->world, kind, id, &event);
}

enum err
action_mail_retry(const struct act *act, const char *id)
{
    struct mail mail;

    assert(act->viewer.party == PARTY_OPERATOR);
    TRY(outbox_retry(act->db, act->arena, id, world_now(act->world), &mail));
    return retried(act, ACCOUNT_MAIL, id,
                   arena_format(act->arena, "%s to %s: %s", notice_words(mail.notice),
                                mail.recipient, mail.error));
}

enum err
action_publication_retry(const struct act *act, const char *offer)
{
    const struct act market = act_of_system(act->db, act->arena, act->world, act->settings);

    assert(act->viewer.party == PARTY_OPERATOR);
    TRY(action_offer_publish_now(&market, offer));
    return retried(act, ACCOUNT_PUBLICATION, offer, "");
}

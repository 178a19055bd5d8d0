/*
 * isv_copy.c: cloning and upgrading.
 *
 * Invariant: no other party notices: the offer copied from is not written, and its documents are
 * found under other ids.
 */
#include "actions/isv_copy.h"

#include "base/text.h"
#include "store/documents.h"
#include "store/events.h"
#include "store/versions.h"

const char *
copy_name_read(const char *at, const char *typed, struct problems *problems)
{
    const char *name = "";

    field_text_read(FIELD_NAME, at, typed, problems->arena, problems, &name);
    if (*name == '\0' && problem_at(problems, at) == NULL)
        problem_add(problems, at, "Enter a name for the new private offer");
    return name;
}

/* What the draft has of the offer, saved; its version is then its second. */
static enum err
copy_save(const struct act *act, const struct offer *from, const char *id)
{
    struct offer draft;

    TRY(offer_load(act->db, act->arena, &act->viewer, id, &draft));
    offer_copy_fields(from, &draft);
    TRY(offer_save(act->db, act->arena, &draft, CHANGE_OF_OFFER, true));
    for (size_t i = 0; i < draft.document_count; i++) {
        struct document document = draft.documents[i];

        document.id = world_guid(act->world, act->arena);
        document.added_at = act->now;
        TRY(document_share(act->db, id, &document));
    }
    return OK;
}

/* The draft as it was made, under the name of what it was made from, so that what is changed since
 * can be shown beside it (LAW 6.9). */
static enum err
copy_keep(const struct act *act, const struct offer *from, const char *id, int64_t number)
{
    struct version version;
    struct offer draft;

    TRY(offer_load(act->db, act->arena, &act->viewer, id, &draft));
    draft.name = from->name;
    version = version_of(&draft, act->arena);
    return version_keep(act->db, id, number, &version);
}

enum err
action_offer_copy(const struct act *act, const char *id, const char *rev, enum offer_copy copy,
                  const char *at, const char *typed, struct problems *problems,
                  const char **copy_id)
{
    struct event event = act_event(act, copy == COPY_UPGRADE ? EVENT_UPGRADED : EVENT_CLONED);
    struct offer draft = {
        .id = world_guid(act->world, act->arena),
        .isv = act->viewer.account,
        .created_at = act->now,
        .created_by = act->person,
    };
    struct offer from;
    struct event_field renamed;

    TRY(act_may_edit(act));
    TRY(offer_load(act->db, act->arena, &act->viewer, id, &from));
    TRY(offer_check_copy(&from, copy, act->viewer.party, act->today));
    if (!text_equal(rev, offer_rev(act->arena, &from, act->viewer.party)))
        return ERR_STALE;
    draft.name = copy_name_read(at, typed, problems);
    if (problems->count > 0)
        return ERR_INVALID;
    draft.type = from.type;
    if (copy == COPY_UPGRADE)
        draft.upgraded_from = from.id;
    else
        draft.cloned_from = from.id;
    TRY(offer_insert(act->db, act->arena, &draft));
    TRY(copy_save(act, &from, draft.id));
    *copy_id = draft.id;
    renamed = (struct event_field){FIELD_NAME, 0, "", from.name, draft.name};
    TRY(event_append(act->db, act->arena, act->world, draft.id, "", &event,
                     &(struct event_fields){&renamed, 1}));
    return copy_keep(act, &from, draft.id, event.number);
}

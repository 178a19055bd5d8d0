/*
 * conflict.c: lays what was typed beside what is stored now, field by field, and lets the person
 * choose.
 *
 * A choice is a radio button whose name and value are the field's own, so the choices are posted to
 * the form's own route and read there as if they had been typed; nothing else knows of them.
 * Which of two values is chosen already follows from the history: what only the other person
 * changed stays theirs. Invariant: a field the viewer does not edit is not looked at, even if it
 * was sent.
 */
#include "pages/conflict.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "core/documents.h"
#include "core/solver.h"
#include "pages/conflict_work.h"
#include "pages/frame.h"
#include "pages/parts.h"
#include "store/events.h"

const char *
conflict_sent(const struct conflict *conflict, const char *name)
{
    return form_value(&conflict->x->request->body, name);
}

/* --- who changed what ---------------------------------------------------------------------------
 */

static const struct event_field *
change_of(const struct event_fields *changes, const struct cell *cell)
{
    for (size_t i = 0; i < changes->count; i++) {
        const struct event_field *change = &changes->rows[i];

        if (change->field == cell->field && change->row == cell->row &&
            text_equal(change->point, cell->point))
            return change;
    }
    return NULL;
}

bool
conflict_is_mine(const struct conflict *conflict, const struct cell *cell)
{
    const struct event_field *theirs = change_of(&conflict->since, cell);
    const struct event_field *mine = change_of(&conflict->differ, cell);

    if (!conflict->knows_base || theirs == NULL || mine == NULL)
        return true;
    return !text_equal(mine->after, theirs->before);
}

/* The saves of a draft are one revision and one event each: the last of them, back to the revision
 * the form was made from, tell all that changed since. */
static enum err
learn_base(struct conflict *conflict, const struct events *events)
{
    struct exchange *x = conflict->x;
    int64_t rev;
    int64_t saves;
    enum err outcome;

    if (conflict->viewer.party != PARTY_ISV ||
        text_to_integer(posted(x, "rev"), 1, conflict->stored->version, &rev) != OK)
        return OK;
    saves = conflict->stored->version - rev;
    if (saves >= (int64_t)events->count)
        return OK;
    for (int64_t i = 0; i < saves; i++) {
        if (events->rows[i].kind != EVENT_EDITED)
            return OK;
    }
    outcome = event_fields_since(x->db, x->arena, &conflict->viewer, conflict->stored->id,
                                 events->rows[saves].number, &conflict->since);
    conflict->knows_base = outcome == OK;
    return outcome == ERR_ABSENT ? OK : outcome;
}

/* --- what the page says -------------------------------------------------------------------------
 */

static void
news_put(struct conflict *conflict, const char *words)
{
    view_text(view_section(conflict->view, NAME_NEWS), NAME_NEWS_TEXT, words);
}

/* Something typed that has no place any more, to be copied. */
static void
lost_put(struct conflict *conflict, const char *label, const char *text)
{
    struct view *row;

    if (*text == '\0')
        return;
    if (conflict->lost == NULL)
        conflict->lost = view_section(conflict->view, NAME_HAS_LOST);
    row = view_section(conflict->lost, NAME_LOST);
    view_text(row, NAME_LOST_LABEL, label);
    view_format(row, NAME_LOST_ID, "lost-%zu", ++conflict->count);
    view_text(row, NAME_LOST_TEXT, text);
}

void
conflict_keep(struct conflict *conflict, const char *name, const char *value)
{
    if (conflict->row != 0)
        cell_add(&conflict->kept, (struct cell){.name = name, .value = value});
}

static void
side_put(struct conflict *conflict, struct view *row, bool yours, const char *name,
         const struct side *side, bool chosen)
{
    const char *words = *side->words == '\0' ? "(empty)" : side->words;
    struct view *view;

    view_text(row, yours ? NAME_YOURS : NAME_THEIRS, words);
    if (conflict->open) {
        view = view_section(row, yours ? NAME_TAKE_YOURS : NAME_TAKE_THEIRS);
        view_text(view, NAME_TAKE_NAME, name);
        view_text(view, NAME_TAKE_VALUE, side->value);
        if (chosen)
            view_show(view, NAME_CHOSEN);
    } else if (yours) {
        view_format(view_section(row, NAME_COPY_YOURS), NAME_DIFFERENCE_ID, "typed-%zu",
                    ++conflict->count);
    } else {
        view_show(row, NAME_SAVED_THEIRS);
    }
}

void
conflict_differ(struct conflict *conflict, const struct cell *cell, struct side yours,
                struct side theirs, bool yours_chosen)
{
    const struct problem *problem = problem_at(conflict->malformed, cell->name);
    struct view *row;

    if (conflict->table == NULL)
        conflict->table = view_section(conflict->view, NAME_HAS_DIFFERENCES);
    row = view_section(conflict->table, NAME_DIFFERENCE);
    view_text(row, NAME_DIFFERENCE_LABEL, cell->label);
    side_put(conflict, row, true, cell->name, &yours, yours_chosen);
    side_put(conflict, row, false, cell->name, &theirs, !yours_chosen);
    if (problem != NULL)
        view_text(view_section(row, NAME_YOURS_ERROR), NAME_YOURS_ERROR_TEXT, problem->message);
}

/* --- fields -------------------------------------------------------------------------------------
 */

/* Was the cell in the form that was sent? A tick that was not set is not sent, but the field it
 * stands beside is. */
static bool
was_sent(const struct conflict *conflict, const struct cells *typed, size_t i)
{
    if (conflict_sent(conflict, typed->rows[i].name) != NULL)
        return true;
    return text_starts(typed->rows[i].name, "unlimited-") && i > 0 &&
           conflict_sent(conflict, typed->rows[i - 1].name) != NULL;
}

/* The same cells of both states. */
static void
compare_cells(struct conflict *conflict, const struct cells *typed, const struct cells *stored)
{
    assert(typed->count == stored->count);
    for (size_t i = 0; i < typed->count; i++) {
        const struct cell *theirs = &stored->rows[i];
        struct side yours = {typed->rows[i].value, typed->rows[i].words};

        assert(text_equal(theirs->name, typed->rows[i].name));
        if (!was_sent(conflict, typed, i))
            continue;
        if (problem_at(conflict->malformed, theirs->name) != NULL)
            yours.value = yours.words = conflict_sent(conflict, theirs->name);
        if (text_equal(yours.value, theirs->value))
            conflict_keep(conflict, theirs->name, theirs->value);
        else
            conflict_differ(conflict, theirs, yours, (struct side){theirs->value, theirs->words},
                            conflict_is_mine(conflict, theirs));
    }
}

/* A button that takes something out of the offer: pressing it is a choice too. */
static void
compare_button(struct conflict *conflict)
{
    struct exchange *x = conflict->x;
    const char *button = posted(x, "do");
    struct cell cell = {.name = "do"};

    for (size_t i = 0; i < conflict->stored->row_count; i++) {
        const struct offer_row *row = &conflict->stored->rows[i];

        if (text_equal(button, arena_format(x->arena, "remove-%d", row->number)))
            cell.label = row_words(x->arena, row);
    }
    if (text_equal(button, "remove-partner") && *conflict->stored->partner != '\0')
        cell.label = arena_format(x->arena, "Selling partner %s", conflict->stored->partner_name);
    if (cell.label != NULL && conflict->viewer.party == PARTY_ISV)
        conflict_differ(conflict, &cell, (struct side){button, "Remove"},
                        (struct side){"save", "Keep"}, true);
    else
        cell_add(&conflict->kept, (struct cell){.name = "do", .value = "save"});
}

/* --- rows ---------------------------------------------------------------------------------------
 */

/* The row's name in the history, for one that is no longer there. */
static const char *
row_called(const struct conflict *conflict, int number)
{
    for (size_t i = 0; i < conflict->since.count; i++) {
        const struct event_field *change = &conflict->since.rows[i];

        if (change->field == FIELD_PRODUCT && change->row == number && *change->before != '\0')
            return change->before;
    }
    return "a product that was removed";
}

/* What a name of a row's form is called: "discount-3". */
static const char *
name_label(const struct conflict *conflict, const char *name)
{
    struct arena *arena = conflict->x->arena;
    const char *dash = strchr(name, '-');
    const char *first = arena_copy(arena, name, (size_t)(dash - name));
    enum field field = field_named(first);

    if (field != FIELD_COUNT)
        return fields[field].label;
    if (text_equal(first, "unit"))
        return "Unit price";
    if (text_equal(first, "desired"))
        return "Desired customer price";
    return text_equal(first, "vcpu") ? "vCPU size" : first;
}

/* The row that a name of a form is about, 0 when it is about none. */
static int
name_row(struct arena *arena, const char *name)
{
    const char *dash = strchr(name, '-');
    int64_t number;

    if (dash == NULL || text_starts(name, "plan-") ||
        text_to_integer(arena_copy(arena, dash + 1, strspn(dash + 1, "0123456789")), 1, INT32_MAX,
                        &number) != OK)
        return 0;
    return (int)number;
}

/* What was typed about rows that are no longer there. */
static void
tell_lost_rows(struct conflict *conflict)
{
    struct arena *arena = conflict->x->arena;
    const struct form *body = &conflict->x->request->body;
    struct offer *stored = &conflict->typed;

    for (size_t i = 0; i < body->count; i++) {
        const struct form_pair *pair = &body->pairs[i];
        int number = name_row(arena, pair->name);

        if (number == 0 || offer_row(stored, number) != NULL || text_starts(pair->name, "type-") ||
            text_starts(pair->name, "point-"))
            continue;
        lost_put(conflict,
                 arena_format(arena, "%s, %s", name_label(conflict, pair->name),
                              row_called(conflict, number)),
                 pair->value);
    }
}

/* Rows that came or went meanwhile, as the history tells. */
static void
tell_rows(struct conflict *conflict)
{
    struct arena *arena = conflict->x->arena;

    for (size_t i = 0; i < conflict->since.count; i++) {
        const struct event_field *change = &conflict->since.rows[i];
        bool there = offer_row(&conflict->typed, change->row) != NULL;

        if (change->field != FIELD_PRODUCT)
            continue;
        if (there && *change->before == '\0')
            news_put(conflict, arena_format(arena, "%s was added meanwhile.", change->after));
        else if (!there && *change->after == '\0')
            news_put(conflict, arena_format(arena, "%s was removed meanwhile.", change->before));
    }
}

/* The row's own form. */
static void
compare_row(struct conflict *conflict)
{
    struct offer stored = *conflict->stored;
    const struct offer_row *theirs = offer_row(&stored, conflict->row);
    const struct offer_row *yours = offer_row(&conflict->typed, conflict->row);
    struct cells typed = cells_new(conflict->x->arena);
    struct cells saved = cells_new(conflict->x->arena);

    if (theirs == NULL || yours == NULL)
        return; /* it was removed: all that was typed is lost */
    conflict_keep(conflict, "do", "save");
    if (stored.type == OFFER_RESERVATIONS) {
        cells_of_reservation(&typed, yours);
        cells_of_reservation(&saved, theirs);
    } else {
        cells_of_row(&typed, stored.type, yours);
        cells_of_row(&saved, stored.type, theirs);
    }
    compare_cells(conflict, &typed, &saved);
    if (stored.type == OFFER_RESERVATIONS)
        conflict_lines(conflict, theirs);
}

static void
compare_offer(struct conflict *conflict)
{
    struct cells typed = cells_new(conflict->x->arena);
    struct cells saved = cells_new(conflict->x->arena);

    cells_of_offer(&typed, &conflict->typed, conflict->viewer.party);
    cells_of_offer(&saved, conflict->stored, conflict->viewer.party);
    compare_cells(conflict, &typed, &saved);
    compare_button(conflict);
}

/* --- the page -----------------------------------------------------------------------------------
 */

/* Who was first, and when, as far as the viewer may know. */
static enum err
say_who(struct conflict *conflict)
{
    struct exchange *x = conflict->x;
    struct view *view = conflict->view;
    const struct event *last;
    struct events events;

    TRY(events_of(x->db, x->arena, &conflict->viewer, conflict->stored->id, &events));
    if (events.count == 0)
        return ERR_BROKEN; /* whoever changed an offer has left an event */
    last = &events.rows[0];
    if (*last->person != '\0' && text_equal(last->person, x->who.person))
        view_text(view, NAME_WHO, "You, in another window,");
    else
        view_text(view, NAME_WHO,
                  *last->person_name != '\0' ? last->person_name : last->account_name);
    view_text(view, NAME_WHEN, instant_show(x->arena, last->at));
    return conflict->open ? learn_base(conflict, &events) : OK;
}

/* The offer's form. A price that the partner wants is the adjustment that gives it, or lost. */
static void
read_offer(struct conflict *conflict, const struct answers *answers, struct problems *malformed)
{
    struct offer *typed = &conflict->typed;
    struct arena *arena = conflict->x->arena;

    fields_read(typed, conflict->viewer.party, answers, arena, malformed);
    if (conflict->viewer.party != PARTY_PARTNER)
        return;
    solver_read(typed, answers, malformed);
    for (size_t i = 0; i < typed->row_count; i++) {
        const char *wanted = solver_price_name(arena, typed->rows[i].number);

        if (problem_at(malformed, wanted) != NULL)
            lost_put(conflict,
                     arena_format(arena, "Desired customer price, %s",
                                  row_words(arena, &typed->rows[i])),
                     posted(conflict->x, wanted));
    }
}

/* Reads what was typed, and what in it is malformed. */
static enum err
read_typed(struct conflict *conflict)
{
    struct exchange *x = conflict->x;
    const struct answers answers = exchange_answers(x);
    struct problems *malformed = problems_new(x->arena);
    struct offer_row *row;

    TRY(path_offer(x, &conflict->typed)); /* copies share their rows, so it is read once more */
    row = offer_row(&conflict->typed, conflict->row);
    if (conflict->row == 0)
        read_offer(conflict, &answers, malformed);
    else if (row != NULL)
        fields_read_row(conflict->typed.type, row, &answers, x->arena, malformed);
    conflict->malformed = malformed;
    conflict->differ = event_changes(conflict->stored, &conflict->typed, x->arena);
    return OK;
}

/* How to choose, and where it is saved. */
static void
form_put(struct conflict *conflict, const char *action, const char *reload)
{
    struct view *view = conflict->view;
    struct exchange *x = conflict->x;
    struct view *form;

    view_text(view, NAME_RELOAD_HREF, reload);
    if (conflict->table == NULL)
        view_show(view, NAME_NO_DIFFERENCES);
    if (!conflict->open || conflict->table == NULL) {
        view_text(view, NAME_HOW_TO, "Copy what you want to keep, then load the saved version.");
        view_show(view, NAME_CANNOT_SAVE);
        return;
    }
    view_text(view, NAME_HOW_TO,
              conflict->knows_base
                  ? "Choose a value for each field. What only one of you changed is chosen already."
                  : "Choose a value for each field. Yours are chosen wherever they differ.");
    form = view_section(view, NAME_FORM);
    view_text(form, NAME_FORM_ACTION, action);
    view_text(form, NAME_REV, offer_rev(x->arena, conflict->stored, conflict->viewer.party));
    for (size_t i = 0; i < conflict->kept.count; i++) {
        struct view *kept = view_section(form, NAME_KEPT);

        view_text(kept, NAME_KEPT_NAME, conflict->kept.rows[i].name);
        view_text(kept, NAME_KEPT_VALUE, conflict->kept.rows[i].value);
    }
    view_show(view, NAME_CAN_SAVE);
    view_show(view, NAME_FORM_END);
}

static void
say_more(struct conflict *conflict)
{
    struct exchange *x = conflict->x;
    struct view *revisions;

    if (!conflict->open)
        news_put(conflict, arena_format(x->arena, "The offer is now %s, so it can’t be edited.",
                                        offer_status_words(conflict->stored, conflict->viewer.party,
                                                           x->today)));
    else if (conflict->viewer.party == PARTY_ISV) {
        revisions = view_section(conflict->view, NAME_REVISIONS);
        view_text(revisions, NAME_REVISION_YOURS, posted(x, "rev"));
        view_format(revisions, NAME_REVISION_SAVED, "%" PRId64, conflict->stored->version);
    }
    if (*x->request->upload.field != '\0')
        news_put(conflict, "The file you chose is not kept. Choose it again.");
    tell_rows(conflict);
    lost_put(conflict, "Customer-facing document name", posted(x, ANSWER_DOCUMENT_NAME));
}

/* The number of the row whose own form the path is, 0 when it is the offer's. */
static int
path_row(const struct exchange *x)
{
    for (size_t i = 0; i < x->params.count; i++) {
        if (text_equal(x->params.names[i], "row"))
            return path_number(x, "row");
    }
    return 0;
}

static enum err
conflict_view(struct exchange *x, const char *form)
{
    const struct viewer viewer = exchange_viewer(x);
    enum offer_move edit = viewer.party == PARTY_ISV ? MOVE_EDIT : MOVE_PRICE;
    struct conflict *conflict = arena_new(x->arena, struct conflict);
    const struct offer_row *row;
    struct offer stored;
    const char *detail;
    bool gone;

    TRY(path_offer(x, &stored));
    *conflict =
        (struct conflict){.x = x, .viewer = viewer, .stored = &stored, .kept = cells_new(x->arena)};
    conflict->row = path_row(x);
    row = offer_row(&stored, conflict->row);
    if (row != NULL && stored.type == OFFER_EXISTING_PLANS && row_absolute_refusal(row) != NULL)
        return ERR_ABSENT; /* such a row has no form of its own, whoever sends one */
    gone = conflict->row != 0 && row == NULL;
    conflict->open = offer_may(&stored, edit, viewer.party, x->today);
    detail = arena_format(x->arena, "%s/%s", hat_offers(x->hat), stored.id);
    conflict->view = show(x, PAGE_CONFLICT, "Changed meanwhile");
    head_crumbs(part_head(x, conflict->view, "This offer changed meanwhile"),
                (const char *const[][2]){
                    {"Private offers", hat_offers(x->hat)},
                    {stored.name, detail},
                },
                2, "Changed meanwhile");
    TRY(say_who(conflict));
    TRY(read_typed(conflict));
    say_more(conflict);
    if (conflict->row != 0)
        compare_row(conflict);
    else
        compare_offer(conflict);
    tell_lost_rows(conflict);
    /* of the partner's two forms the review saves only what it submits; choosing submits nothing */
    form_put(
        conflict,
        arena_format(x->arena, "%s/%s", detail, viewer.party == PARTY_PARTNER ? "setup" : form),
        conflict->open ? arena_format(x->arena, "%s/%s", detail, gone ? "setup" : form) : detail);
    return OK;
}

enum err
conflict_or(struct exchange *x, enum err outcome, const char *form)
{
    if (outcome == ERR_STALE || outcome == ERR_CLOSED)
        TRY(conflict_view(x, form));
    return outcome;
}

/*
 * account_view.c: standing, tax profile and certificates of a publisher as facts.
 */
#include "pages/account_view.h"

#include <string.h>

#include "base/text.h"
#include "pages/parts.h"
#include "store/account_events.h"

static const char *
yes_or_no(bool yes)
{
    return yes ? "Yes" : "No";
}

const char *
country_words(const char *code)
{
    static const char *const names[][2] = {
        {"US", "United States"},  {"CA", "Canada"},  {"DE", "Germany"},
        {"GB", "United Kingdom"}, {"IE", "Ireland"},
    };

    for (size_t i = 0; i < COUNT(names); i++) {
        if (text_equal(names[i][0], code))
            return names[i][1];
    }
    return *code == '\0' ? "–" : code;
}

const char *
tax_words(enum tax_status status)
{
    switch (status) {
    case TAX_NONE:
        return "None";
    case TAX_INCOMPLETE:
        return "Incomplete";
    case TAX_COMPLETE:
        return "Complete";
    case TAX_STATUS_COUNT:
        break;
    }
    assert(false);
    return "";
}

void
tax_badge(struct view *view, enum name slot, enum tax_status status)
{
    bool complete = status == TAX_COMPLETE;

    part_badge(view, slot, complete ? "ok" : "bad", complete ? "check" : "x", tax_words(status));
}

void
publisher_facts(struct view *facts, const struct publisher *publisher)
{
    fact(facts, "Country", country_words(publisher->location));
    if (*publisher->hq_state != '\0')
        fact(facts, "State of headquarters", publisher->hq_state);
    fact(facts, "Account active", yes_or_no(publisher->active));
    fact(facts, "In the partner programme", yes_or_no(publisher->in_programme));
    fact(facts, "Marketplace account", yes_or_no(publisher->has_marketplace_account));
    fact(facts, "Enrolled in the marketplace", yes_or_no(publisher->enrolled));
}

const char *
states_words(struct arena *arena, const char *states)
{
    const char *words = "";

    while (*states != '\0') {
        size_t length = strcspn(states, ",");

        words =
            arena_format(arena, "%s%s%.*s", words, *words == '\0' ? "" : ", ", (int)length, states);
        states += length;
        if (*states == ',')
            states++;
    }
    return words;
}

void
tax_facts(struct exchange *x, struct view *facts, const struct publisher *publisher,
          const struct certificates *certificates)
{
    fact(facts, "Tax country", country_words(publisher->tax_country));
    fact(facts, "Status", tax_words(publisher->tax_status));
    for (size_t i = 0; i < certificates->count; i++) {
        const struct certificate *certificate = &certificates->rows[i];

        fact_note(facts, "Resale certificate", states_words(x->arena, certificate->states),
                  arena_format(x->arena, "Filed %s, valid through %s",
                               day_show(x->arena, certificate->filed_on),
                               day_show(x->arena, certificate->expires_on)));
    }
    if (certificates->count == 0)
        fact(facts, "Resale certificate", "None on file");
}

static struct view *
standing_part(struct view *view, const char *title)
{
    struct view *standing = view_part(view, NAME_STANDING, PAGE_PART_STANDING);

    view_text(standing, NAME_STANDING_TITLE, title);
    return standing;
}

/* Answers the part, NULL when the account lacks nothing. */
static struct view *
account_standing(struct exchange *x, struct view *view, const struct publisher *publisher)
{
    bool isv = x->hat == HAT_ISV;
    struct lack lacks[LACKS_MAX];
    size_t count =
        account_lacks(isv ? isv_ineligible(publisher) : partner_ineligible(publisher), lacks);
    struct view *standing = NULL;

    for (size_t i = 0; i < count; i++) {
        if (standing == NULL)
            standing = standing_part(view, isv ? "Your account can’t submit private offers yet."
                                               : "Your account can’t extend private offers yet.");
        view_format(view_section(standing, NAME_LACK), NAME_LACK_TEXT, "%s. %s.", lacks[i].what,
                    lacks[i].remedy);
    }
    return standing;
}

void
standing_view(struct exchange *x, struct view *view, const struct publisher *publisher)
{
    (void)account_standing(x, view, publisher);
}

void
standing_and_role_view(struct exchange *x, struct view *view, const struct publisher *publisher)
{
    struct view *standing = account_standing(x, view, publisher);

    if (role_can(x->who.role, CAN_EDIT_OFFERS))
        return;
    if (standing == NULL)
        standing = standing_part(view, "You can’t work on private offers.");
    view_format(view_section(standing, NAME_LACK), NAME_LACK_TEXT,
                "Your role, %s, doesn’t include them. An account owner or a manager can give you "
                "another.",
                role_words(x->who.role));
}

const char *
change_words(struct arena *arena, const char *field, const char *before, const char *after)
{
    if (*before == '\0')
        return *after == '\0' ? field : arena_format(arena, "%s: %s", field, after);
    return arena_format(arena, "%s: %s → %s", field, before, *after == '\0' ? "nothing" : after);
}

enum err
account_history(struct exchange *x, struct view *view, const char *kind, const char *account)
{
    struct account_events events;
    struct view *history;

    TRY(account_events_of(x->db, x->arena, kind, account, &events));
    if (events.count == 0)
        return OK;
    history = view_part(view, NAME_HISTORY, PAGE_PART_HISTORY);
    for (size_t i = 0; i < events.count; i++) {
        const struct account_event *event = &events.rows[i];

        history_texts(x, view_section(history, NAME_EVENT), PARTY_OPERATOR, event->at,
                      change_words(x->arena, event->field, event->before, event->after),
                      event->person_name);
    }
    return OK;
}

/*
 * parts.c: the head of a page, badges, notices, facts, histories, and dates in words.
 *
 * Not here: form fields (pages/parts_form.c), prices (pages/parts_prices.c). Invariant: every text
 * a template asks for outside an optional section is set, if only to "".
 */
#include "pages/parts.h"

#include <string.h>

#include "base/text.h"
#include "core/next.h"

#define DAYS_COUNTED 60 /* nearer dates also say how many days are left */
#define WIDE_CHARS 48   /* longer facts get the width of two */

/* How a status looks: tone and icon, beside its words. */
static const struct {
    const char *tone;
    const char *icon;
} status_looks[STATE_COUNT] = {
    [STATE_DRAFT] = {"mute", "pen"},
    [STATE_TO_PARTNER] = {"info", "half"},
    [STATE_PENDING_PARTNER] = {"warn", "person"},
    [STATE_TO_CUSTOMER] = {"info", "half"},
    [STATE_PENDING_ACCEPTANCE] = {"warn", "clock"},
    [STATE_ACCEPTED] = {"ok", "check"},
    [STATE_CANCELLED] = {"mute", "stop"},
    [STATE_DELETED] = {"mute", "trash"},
    [STATE_EXPIRED] = {"bad", "x"},
    [STATE_ENDED] = {"mute", "stop"},
};

struct view *
part_badge(struct view *view, enum name slot, const char *tone, const char *icon, const char *words)
{
    struct view *badge = view_part(view, slot, PAGE_PART_STATUS);

    view_text(badge, NAME_TONE, tone);
    view_text(badge, NAME_ICON, icon);
    view_text(badge, NAME_STATUS, words);
    return badge;
}

void
part_status(struct exchange *x, struct view *view, enum name slot, const struct offer *offer)
{
    enum party viewer = exchange_viewer(x).party;
    enum offer_state state = offer_state_on(offer, x->today);
    const char *turn = waits_words(x->arena, offer, viewer, x->today);
    struct view *badge;

    badge = part_badge(view, slot, status_looks[state].tone, status_looks[state].icon,
                       offer_status_words(offer, viewer, x->today));
    if (turn != NULL)
        view_text(view_section(badge, NAME_TURN), NAME_TURN_TEXT, turn);
}

struct view *
part_notice(struct view *view, enum name slot, const char *tone, const char *icon,
            const char *title, const char *words)
{
    struct view *notice = view_part(view, slot, PAGE_PART_NOTICE);

    view_text(notice, NAME_TONE, tone);
    view_text(notice, NAME_ICON, icon);
    view_text(notice, NAME_NOTICE_TITLE, title);
    view_text(notice, NAME_NOTICE_TEXT, words == NULL ? "" : words);
    return notice;
}

void
notice_link(struct view *notice, const char *href, const char *label)
{
    struct view *link = view_section(notice, NAME_NOTICE_LINK);

    view_text(link, NAME_NOTICE_HREF, href);
    view_text(link, NAME_NOTICE_LABEL, label);
}

struct view *
part_head(struct exchange *x, struct view *view, const char *heading)
{
    struct view *head = view_part(view, NAME_HEAD, PAGE_PART_HEAD);

    (void)x;
    view_text(head, NAME_HEADING, heading);
    return head;
}

void
head_lead(struct view *head, const char *words)
{
    view_text(view_section(head, NAME_LEAD), NAME_LEAD_TEXT, words);
}

void
head_crumbs(struct view *head, const char *const pairs[][2], size_t count, const char *here)
{
    struct view *crumbs = view_section(head, NAME_CRUMBS);

    for (size_t i = 0; i < count; i++) {
        struct view *crumb = view_section(crumbs, NAME_CRUMB);

        view_text(crumb, NAME_CRUMB_LABEL, pairs[i][0]);
        view_text(crumb, NAME_CRUMB_HREF, pairs[i][1]);
    }
    view_text(crumbs, NAME_CRUMB_HERE, here);
}

void
head_offer(struct exchange *x, struct view *head, const struct offer *offer,
           const char *const metas[], size_t count)
{
    struct view *all = view_section(head, NAME_HAS_META);

    part_status(x, all, NAME_BADGE, offer);
    for (size_t i = 0; i < count; i++) {
        if (metas[i] != NULL)
            view_text(view_section(all, NAME_META), NAME_META_TEXT, metas[i]);
    }
    view_text(view_section(all, NAME_HAS_ID), NAME_OFFER_ID, offer->id);
}

void
part_steps(struct view *view, bool review)
{
    struct view *steps = view_part(view, NAME_STEPS, PAGE_PART_STEPS);

    view_show(steps, review ? NAME_STEP_REVIEW : NAME_STEP_SETUP);
}

struct view *
part_facts(struct view *view, enum name slot)
{
    return view_part(view, slot, PAGE_PART_FACTS);
}

static struct view *
fact_add(struct view *facts, const char *label, const char *words, const char *longest)
{
    struct view *added = view_section(facts, NAME_FACT);

    if (strchr(longest, '\n') != NULL || text_count(longest) > WIDE_CHARS)
        view_show(added, NAME_FACT_WIDE);
    view_text(added, NAME_FACT_LABEL, label);
    view_text(added, NAME_FACT_TEXT, words);
    return added;
}

void
fact(struct view *facts, const char *label, const char *words)
{
    (void)fact_add(facts, label, words, words);
}

void
fact_code(struct view *facts, const char *label, const char *words, const char *code)
{
    struct view *added;

    if (code == NULL) {
        fact(facts, label, words);
        return;
    }
    added = fact_add(facts, label, words, code);
    view_text(view_section(added, NAME_FACT_CODE), NAME_FACT_CODE_TEXT, code);
}

void
fact_mail(struct view *facts, const char *label, const char *address)
{
    struct view *added;

    if (*address == '\0') {
        fact(facts, label, "–");
        return;
    }
    added = fact_add(facts, label, "", address);
    view_text(view_section(added, NAME_FACT_MAIL), NAME_FACT_MAIL_TEXT, address);
}

void
fact_note(struct view *facts, const char *label, const char *words, const char *note)
{
    struct view *added = fact_add(facts, label, words, words);

    if (note != NULL)
        view_text(view_section(added, NAME_FACT_NOTE), NAME_FACT_NOTE_TEXT, note);
}

/* The colour of the dot before an event. */
static const char *
party_dot(enum party party)
{
    switch (party) {
    case PARTY_ISV:
        return "isv";
    case PARTY_PARTNER:
        return "partner";
    case PARTY_CUSTOMER:
        return "customer";
    case PARTY_OPERATOR:
        return "operator";
    case PARTY_SYSTEM:
        return "market";
    case PARTY_COUNT:
        break;
    }
    assert(false);
    return "market";
}

const char *
history_who(const struct exchange *x, const char *account_name, const char *person_name)
{
    const char *account = *account_name == '\0' ? "Marketplace" : account_name;

    if (*person_name == '\0')
        return account;
    if (x->hat == HAT_OPERATOR)
        return arena_format(x->arena, "%s, %s", person_name, account);
    return person_name;
}

/* A seller knows a customer by its billing account alone, so its organisation stays unnamed (LAW
 * 5).
 */
static const char *
event_who(const struct exchange *x, const struct event *event)
{
    enum party viewer = exchange_viewer(x).party;

    if (*event->person_name == '\0' && event->party == PARTY_CUSTOMER &&
        (viewer == PARTY_ISV || viewer == PARTY_PARTNER))
        return "Customer";
    return history_who(x, event->account_name, event->person_name);
}

void
history_texts(const struct exchange *x, struct view *row, enum party party, int64_t at,
              const char *words, const char *who)
{
    view_text(row, NAME_EVENT_PARTY, party_dot(party));
    view_text(row, NAME_EVENT_TEXT, words);
    view_text(row, NAME_EVENT_ISO, instant_iso(x->arena, at));
    view_text(row, NAME_EVENT_TIME, instant_show(x->arena, at));
    view_text(row, NAME_EVENT_WHO, who);
}

void
event_texts(const struct exchange *x, struct view *row, const struct event *event)
{
    history_texts(x, row, event->party, event->at,
                  event_words(event->kind, exchange_viewer(x).party), event_who(x, event));
}

/* With the reason that was given, which lists leave out. */
static void
event_view(const struct exchange *x, struct view *row, const struct event *event)
{
    event_texts(x, row, event);
    if (*event->note != '\0')
        view_text(view_section(row, NAME_EVENT_NOTE), NAME_EVENT_NOTE_TEXT, event->note);
}

enum err
part_history(struct exchange *x, struct view *view, const struct offer *offer, const char *next)
{
    struct viewer viewer = exchange_viewer(x);
    struct events events;
    struct view *history;

    if (x->foreseen != NULL)
        events = *x->foreseen;
    else
        TRY(events_of(x->db, x->arena, &viewer, offer->id, &events));
    history = view_part(view, NAME_HISTORY, PAGE_PART_HISTORY);
    /* a cancelled offer is read under its request, and has no address of its own (LAW 6.5) */
    if (offer->state != STATE_CANCELLED || viewer.party == PARTY_OPERATOR)
        view_format(view_section(history, NAME_HISTORY_FILE), NAME_HISTORY_HREF,
                    "/%s/offers/%s/history.json", party_text(viewer.party), offer->id);
    if (next != NULL)
        view_text(view_section(history, NAME_NEXT), NAME_NEXT_TEXT, next);
    for (size_t i = 0; i < events.count; i++)
        event_view(x, view_section(history, NAME_EVENT), &events.rows[i]);
    return OK;
}

const char *
next_step(const struct exchange *x, const struct offer *offer)
{
    return next_words(x->arena, offer, exchange_viewer(x).party, x->today);
}

const char *
utc(const struct exchange *x, struct day day)
{
    return arena_format(x->arena, "%s UTC", day_show(x->arena, day));
}

const char *
days_left(const struct exchange *x, struct day day)
{
    int32_t days;

    if (day_is_none(day))
        return NULL;
    days = day.number - x->today.number;
    if (days < 0 || days >= DAYS_COUNTED)
        return NULL;
    if (days == 0)
        return "Last day today";
    return arena_format(x->arena, days == 1 ? "%d day left" : "%d days left", (int)days);
}

const char *
start_words(const struct exchange *x, const struct offer *offer)
{
    struct day day = offer_starts_on(offer);
    const char *words = arena_format(x->arena, "%s UTC", day_show(x->arena, day));

    switch (offer->start_mode) {
    case START_ON_ACCEPT:
        return day_is_none(day) ? "Accepted date" : words;
    case START_IN_MONTH:
        return day_is_none(day) ? "Not set" : words;
    case START_UNSET:
    case START_MODE_COUNT:
        break;
    }
    return "Not set";
}

const char *
customer_words(const char *label, const char *billing_account)
{
    if (*label != '\0')
        return label;
    return *billing_account == '\0' ? "–" : billing_account;
}

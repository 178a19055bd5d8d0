/*
 * notify.c: who is written to, through whose eyes, and each mail's key.
 *
 * Invariant: a mail's key holds what happened, to what, for whom: putting it in again, because the
 * jobs ran twice, late, or on a store of last week, changes nothing. Invariant: what a mail says is
 * made of names and days that its reader sees in the pages too (LAW 5): field_seen is asked.
 */
#include "actions/notify.h"

#include <inttypes.h>
#include <string.h>

#include "actions/purchase_time.h"
#include "base/text.h"
#include "store/accounts.h"
#include "store/outbox.h"
#include "store/people.h"

/* A mail but for its recipient. */
struct letter {
    const struct act *act;
    enum notice notice;
    enum party party;
    const char *about; /* the id of the offer or purchase */
    const char *stamp; /* which of its events, or days */
    struct notice_names names;
    const char *facts;
    const char *path;
};

/* ---- Into the outbox ------------------------------------------------------------------------ */

static enum err
letter_to(const struct letter *letter, const char *recipient)
{
    const struct act *act = letter->act;
    struct arena *arena = act->arena;
    const struct mail mail = {
        .id = world_guid(act->world, arena),
        .key = arena_format(arena, "%s %s %s %s %s", letter->about, letter->stamp,
                            notice_text(letter->notice), party_text(letter->party),
                            text_fold(arena, recipient)),
        .notice = letter->notice,
        .party = letter->party,
        .recipient = recipient,
        .subject = notice_subject(letter->notice, letter->party, &letter->names, arena),
        .lead = notice_lead(letter->notice, letter->party, &letter->names, arena),
        .next = notice_next(letter->notice, letter->party, &letter->names, arena),
        .facts = letter->facts,
        .path = letter->path,
        .created_at = act->now,
    };

    return outbox_put(act->db, &mail);
}

/* The address on the line that begins there; *rest is the line after it. */
static const char *
line_of(struct arena *arena, const char *lines, const char **rest)
{
    size_t length = strcspn(lines, "\n");

    *rest = lines + length + (lines[length] == '\n' ? 1 : 0);
    return text_trim(arena, arena_copy(arena, lines, length));
}

static enum err
letter_to_contacts(const struct letter *letter, const char *contacts)
{
    while (*contacts != '\0') {
        const char *address = line_of(letter->act->arena, contacts, &contacts);

        if (*address != '\0')
            TRY(letter_to(letter, address));
    }
    return OK;
}

/* Is the address one of the contacts, who are written to already? */
static bool
is_contact(struct arena *arena, const char *contacts, const char *address)
{
    while (*contacts != '\0') {
        if (text_equal(text_fold(arena, line_of(arena, contacts, &contacts)),
                       text_fold(arena, address)))
            return true;
    }
    return false;
}

/* Those of a publisher's people who can do something about it; but for the contacts. */
static enum err
letter_to_people(const struct letter *letter, const char *publisher, enum capability can,
                 const char *contacts)
{
    const struct act *act = letter->act;
    struct people people;

    TRY(people_of_publisher(act->db, act->arena, publisher, &people));
    for (size_t i = 0; i < people.count; i++) {
        if (role_can(people.rows[i].role, can) &&
            !is_contact(act->arena, contacts, people.rows[i].email))
            TRY(letter_to(letter, people.rows[i].email));
    }
    return OK;
}

/* Those with a role on the billing account that owns it, or accepts for it. */
static enum err
letter_to_members(const struct letter *letter, const char *billing_account,
                  bool (*chosen)(enum agreement agreement, enum billing_role role))
{
    const struct act *act = letter->act;
    struct billing_account account;
    struct addressees addressees;

    TRY(billing_account_find(act->db, act->arena, billing_account, &account));
    TRY(billing_addressees(act->db, act->arena, billing_account, &addressees));
    for (size_t i = 0; i < addressees.count; i++) {
        if (chosen(account.agreement, addressees.rows[i].role))
            TRY(letter_to(letter, addressees.rows[i].email));
    }
    return OK;
}

static enum err
is_on(const struct act *act, const char *kind, const char *account, enum notice_switch which,
      bool *on)
{
    unsigned switches = 0;

    TRY(notice_switches_of(act->db, kind, account, &switches));
    *on = (switches & (1U << which)) != 0;
    return OK;
}

/* ---- Offers --------------------------------------------------------------------------------- */

static const char *
fact_put(struct arena *arena, const char *facts, const char *label, const char *value)
{
    char *line = arena_text(arena, value);

    for (char *at = line; *at != '\0'; at++) {
        if ((unsigned char)*at < ' ')
            *at = ' ';
    }
    return *line == '\0' ? facts : arena_format(arena, "%s%s\t%s\n", facts, label, line);
}

/* What the party sees of the offer in its lists. A seller knows the customer by its label, or the
 * ID it typed; the customer by the ID. */
static const char *
offer_facts(const struct offer *offer, enum party party, struct arena *arena)
{
    bool labelled = *offer->customer_label != '\0' && field_seen(FIELD_CUSTOMER_LABEL, party);
    const char *facts = "";

    if (party != PARTY_ISV)
        facts = fact_put(arena, facts, "Publisher", offer->isv_name);
    if (party != PARTY_PARTNER && field_seen(FIELD_PARTNER, party))
        facts = fact_put(arena, facts, "Selling partner", offer->partner_name);
    if (field_seen(FIELD_BILLING_ACCOUNT, party))
        facts = fact_put(arena, facts, party == PARTY_CUSTOMER ? "Billing account" : "Customer",
                         labelled ? offer->customer_label : offer->billing_account);
    if (field_seen(FIELD_ACCEPT_BY, party))
        facts = fact_put(arena, facts, "Accept by", day_show(arena, offer->accept_by_on));
    return facts;
}

static struct letter
offer_letter(const struct act *act, const struct offer *offer, enum notice notice, enum party party,
             const char *stamp)
{
    return (struct letter){
        .act = act,
        .notice = notice,
        .party = party,
        .about = offer->id,
        .stamp = stamp,
        .names = {.name = offer->name,
                  .isv = offer->isv_name,
                  .partner = offer->partner_name,
                  .on = offer->accept_by_on,
                  .note = ""},
        .facts = offer_facts(offer, party, act->arena),
        .path = arena_format(act->arena, "/%s/offers/%s", party_text(party), offer->id),
    };
}

/* To the contacts of both sellers, each its own. A partner that has entered none gets none. */
static enum err
tell_contacts(const struct act *act, const struct offer *offer, enum notice notice,
              const char *stamp)
{
    const struct letter to_isv = offer_letter(act, offer, notice, PARTY_ISV, stamp);
    const struct letter to_partner = offer_letter(act, offer, notice, PARTY_PARTNER, stamp);

    TRY(letter_to_contacts(&to_isv, offer->contacts));
    return letter_to_contacts(&to_partner, offer->partner_contacts);
}

static enum err
tell_partner(const struct act *act, const struct offer *offer, enum notice notice,
             enum notice_switch which, const char *stamp)
{
    const struct letter letter = offer_letter(act, offer, notice, PARTY_PARTNER, stamp);
    bool on = false;

    TRY(is_on(act, NOTICES_OF_PUBLISHER, offer->partner, which, &on));
    return on ? letter_to_people(&letter, offer->partner, CAN_EDIT_OFFERS,
                                 notice == NOTICE_ARRIVED ? offer->partner_contacts : "")
              : OK;
}

static enum err
tell_customer(const struct act *act, const struct offer *offer, enum notice notice,
              enum notice_switch which, const char *stamp)
{
    const struct letter letter = offer_letter(act, offer, notice, PARTY_CUSTOMER, stamp);
    bool on = false;

    TRY(is_on(act, NOTICES_OF_BILLING, offer->billing_account, which, &on));
    return on ? letter_to_members(&letter, offer->billing_account, billing_role_accepts) : OK;
}

enum err
notify_offer(const struct act *act, const struct offer *offer, const struct event *event)
{
    const char *stamp = arena_format(act->arena, "%" PRId64, event->number);
    struct notice_plan plan = notice_plan_offer(offer, act->today, act->arena);
    enum notice notice;

    TRY(notice_plan_set(act->db, act->arena, NOTICES_OF_OFFER, offer->id, &plan));
    /* One that was extended too late is Expired at once (LAW 6.1 row 10): time tells that. */
    if (!notice_after(event->kind, &notice) || offer_state_on(offer, act->today) == STATE_EXPIRED)
        return OK;
    TRY(tell_contacts(act, offer, notice, stamp));
    if (notice == NOTICE_OFFERED)
        return tell_partner(act, offer, NOTICE_ARRIVED, SWITCH_ARRIVALS, stamp);
    if (notice == NOTICE_EXTENDED)
        return tell_customer(act, offer, NOTICE_ARRIVED, SWITCH_ARRIVALS, stamp);
    return OK;
}

enum err
notify_expiry(const struct act *act, const struct offer *offer)
{
    if (offer_state_on(offer, act->today) != STATE_EXPIRED)
        return OK;
    return tell_contacts(act, offer, NOTICE_EXPIRED,
                         arena_format(act->arena, "%" PRId64, offer->extended_at));
}

/* To everybody who sees the offer now and has asked for it. */
static enum err
remind_of_offer(const struct act *act, const struct offer *offer, int step)
{
    const char *stamp = arena_format(act->arena, "%" PRId64 " %s %d",
                                     offer->state == STATE_PENDING_ACCEPTANCE ? offer->extended_at
                                                                              : offer->submitted_at,
                                     state_text(offer->state), step);
    const struct letter letter = offer_letter(act, offer, NOTICE_ACCEPT_BY, PARTY_ISV, stamp);
    bool on = false;

    TRY(is_on(act, NOTICES_OF_PUBLISHER, offer->isv, SWITCH_REMINDERS, &on));
    if (on)
        TRY(letter_to_people(&letter, offer->isv, CAN_EDIT_OFFERS, ""));
    TRY(tell_partner(act, offer, NOTICE_ACCEPT_BY, SWITCH_REMINDERS, stamp));
    if (offer->state != STATE_PENDING_ACCEPTANCE)
        return OK;
    return tell_customer(act, offer, NOTICE_ACCEPT_BY, SWITCH_REMINDERS, stamp);
}

enum err
action_notify_offer(const struct act *act, const char *id)
{
    struct notice_plan plan;
    struct offer offer;
    int step;

    assert(act->viewer.party == PARTY_SYSTEM);
    TRY(offer_load(act->db, act->arena, &act->viewer, id, &offer));
    plan = notice_plan_offer(&offer, act->today, act->arena);
    if (*plan.about == '\0')
        return notice_plan_set(act->db, act->arena, NOTICES_OF_OFFER, id, &plan);
    if (offer_state_on(&offer, act->today) == STATE_EXPIRED) {
        plan.on = DAY_NONE;
        TRY(notify_expiry(act, &offer));
        return notice_plan_told(act->db, act->arena, NOTICES_OF_OFFER, id, &plan);
    }
    step = notice_step(offer.accept_by_on.number - act->today.number);
    if (step > 0)
        TRY(remind_of_offer(act, &offer, step));
    return notice_plan_told(act->db, act->arena, NOTICES_OF_OFFER, id, &plan);
}

/* ---- Purchases ------------------------------------------------------------------------------ */

/* With the names that are not in every copy of a purchase, and the person that sellers do not see.
 */
static enum err
purchase_letter(const struct act *act, const struct purchase *purchase, enum notice notice,
                const char *stamp, struct purchase *whole, struct letter *letter)
{
    const struct viewer everything = {PARTY_SYSTEM, "", act->today};
    struct arena *arena = act->arena;
    enum party party = notice_acts(notice);
    const char *facts = "";

    TRY(purchase_load(act->db, arena, &everything, purchase->id, whole));
    facts = fact_put(arena, facts, "Product", whole->product_name);
    facts = fact_put(arena, facts, "Plan", purchase->plan_name);
    if (party == PARTY_CUSTOMER) {
        facts = fact_put(arena, facts, "Subscription name", whole->name);
        facts = fact_put(arena, facts, "Publisher", whole->isv_name);
        facts = fact_put(arena, facts, "Billing account", whole->billing_account);
    } else {
        facts = fact_put(arena, facts, "Customer", whole->organisation_name);
    }
    *letter = (struct letter){
        .act = act,
        .notice = notice,
        .party = party,
        .about = purchase->id,
        .stamp = stamp,
        .names = {.name = arena_format(arena, "%s, %s", whole->product_name, purchase->plan_name),
                  .isv = whole->isv_name,
                  .partner = "",
                  .on = purchase_clock_on(purchase),
                  .note = ""},
        .facts = facts,
        .path = arena_format(arena, "/%s/purchases/%s", party_text(party), purchase->id),
    };
    return OK;
}

/* Who bought it, and the owners of the billing account; nobody twice. */
static enum err
letter_to_customer(const struct letter *letter, const struct purchase *whole)
{
    const struct act *act = letter->act;
    struct person person;
    enum err outcome = person_by_id(act->db, act->arena, whole->person, &person);

    if (outcome == OK)
        outcome = letter_to(letter, person.email);
    if (outcome != OK && outcome != ERR_ABSENT)
        return outcome;
    return letter_to_members(letter, whole->billing_account, billing_role_owns);
}

enum err
notify_purchase_saved(const struct act *act, const struct purchase *purchase)
{
    struct notice_plan plan = notice_plan_purchase(purchase, act->today, act->arena);

    return notice_plan_set(act->db, act->arena, NOTICES_OF_PURCHASE, purchase->id, &plan);
}

enum err
notify_purchase(const struct act *act, const struct purchase *purchase,
                const struct purchase_event *event)
{
    const char *stamp;
    struct purchase whole;
    struct letter letter;
    enum notice notice;

    TRY(purchase_event_append(act->db, act->arena, act->world, purchase->id, event));
    if (!notice_after_purchase(purchase, event->kind, &notice))
        return OK;
    stamp = arena_format(act->arena, "%" PRId64 " %s", purchase->version,
                         purchase_event_text(event->kind));
    TRY(purchase_letter(act, purchase, notice, stamp, &whole, &letter));
    if (notice == NOTICE_ACTIVATED)
        letter.names.on = purchase->anchor_on;
    letter.names.note = notice == NOTICE_CANCELLED ? notice_ending(purchase->ending) : event->note;
    return letter_to_customer(&letter, &whole);
}

enum err
action_notify_purchase(const struct act *act, const char *id)
{
    struct purchase purchase;
    struct purchase whole;
    struct notice_plan plan;
    struct letter letter;
    enum notice notice;
    const char *stamp;
    bool on = false;
    int step;

    assert(act->viewer.party == PARTY_SYSTEM);
    TRY(purchase_load(act->db, act->arena, &act->viewer, id, &purchase));
    TRY(purchase_settle(act, &purchase));
    plan = notice_plan_purchase(&purchase, act->today, act->arena);
    if (*plan.about == '\0')
        return notice_plan_set(act->db, act->arena, NOTICES_OF_PURCHASE, id, &plan);
    if (notice_due_purchase(&purchase, act->today, &notice, &step)) {
        stamp = arena_format(act->arena, "%s %d", plan.about, step);
        TRY(purchase_letter(act, &purchase, notice, stamp, &whole, &letter));
        if (notice == NOTICE_RENEWS) {
            plan.on = DAY_NONE; /* the next one is of the next term */
            letter.names.on = purchase_term_ends(&purchase);
            TRY(letter_to_customer(&letter, &whole));
        } else if (letter.party == PARTY_ISV) {
            TRY(is_on(act, NOTICES_OF_PUBLISHER, whole.isv, SWITCH_REMINDERS, &on));
            if (on)
                TRY(letter_to_people(&letter, whole.isv, CAN_WORK_CATALOGUE, ""));
        } else {
            TRY(is_on(act, NOTICES_OF_BILLING, whole.billing_account, SWITCH_REMINDERS, &on));
            if (on)
                TRY(letter_to_customer(&letter, &whole));
        }
    }
    return notice_plan_told(act->db, act->arena, NOTICES_OF_PURCHASE, id, &plan);
}

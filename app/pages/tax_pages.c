/*
 * tax_pages.c: the tax profile of a publisher, its resale certificates with what each is good for
 * today, and the form that files another (LAW 2.1, 2.2).
 *
 * Everybody of the account reads; whose role may not file is told whose may.
 */
#include "pages/tax_pages.h"

#include "actions/partner.h"
#include "core/certificate.h"
#include "pages/account_view.h"
#include "pages/frame.h"
#include "pages/parts.h"
#include "store/people.h"

/* What the certificate is good for today, as a badge. */
static void
standing_put(struct exchange *x, struct view *view, const struct certificate *certificate,
             const struct publisher *publisher)
{
    struct day from = certificate_counts_from(certificate);

    switch (certificate_standing(certificate, publisher->hq_state, x->today)) {
    case CERTIFICATE_EXPIRED:
        part_badge(view, NAME_CERTIFICATE_BADGE, "bad", "x", "Expired");
        return;
    case CERTIFICATE_ELSEWHERE:
        part_badge(view, NAME_CERTIFICATE_BADGE, "warn", "alert",
                   *publisher->hq_state == '\0'
                       ? "No headquarters state on file"
                       : arena_format(x->arena, "Doesn’t cover %s, your headquarters’ state",
                                      publisher->hq_state));
        return;
    case CERTIFICATE_WAITS:
        part_badge(view, NAME_CERTIFICATE_BADGE, "warn", "clock",
                   from.number > certificate->expires_on.number
                       ? "Expires before it counts"
                       : arena_format(x->arena, "Counts from %s", day_show(x->arena, from)));
        return;
    case CERTIFICATE_COUNTS:
        part_badge(view, NAME_CERTIFICATE_BADGE, "ok", "check", "Counts");
        return;
    }
    assert(false);
}

static void
certificates_put(struct exchange *x, struct view *view, const struct publisher *publisher,
                 const struct certificates *certificates)
{
    struct view *table;

    if (certificates->count == 0) {
        view_show(view, NAME_NO_CERTIFICATES);
        return;
    }
    table = view_section(view, NAME_HAS_CERTIFICATES);
    for (size_t i = 0; i < certificates->count; i++) {
        const struct certificate *certificate = &certificates->rows[i];
        struct view *row = view_section(table, NAME_CERTIFICATE);

        view_text(row, NAME_CERTIFICATE_STATES, states_words(x->arena, certificate->states));
        view_text(row, NAME_CERTIFICATE_FILED, day_show(x->arena, certificate->filed_on));
        view_text(row, NAME_CERTIFICATE_EXPIRES, day_show(x->arena, certificate->expires_on));
        standing_put(x, row, certificate, publisher);
    }
}

/* The form, or whom to ask. */
static enum err
filing_put(struct exchange *x, struct view *view)
{
    static const struct field_look states = {
        .hint = "Two-letter codes between commas, for example OR, WA; at least the state of your "
                "headquarters"};
    struct people people;
    struct view *section;

    if (role_can(x->who.role, CAN_CHANGE_TAX)) {
        section = view_section(view, NAME_CAN_FILE);
        view_text(section, NAME_FORM_ACTION, PARTNER_TAX_PATH);
        part_text(x, section, NAME_FIELD_STATES, ANSWER_STATES, "States covered", "text", "",
                  &states);
        part_day(x, section, NAME_FIELD_EXPIRES, ANSWER_EXPIRES, "Expires on", "",
                 "The last day on which it holds, UTC");
        return OK;
    }
    TRY(people_of_publisher(x->db, x->arena, x->who.publisher, &people));
    section = view_section(view, NAME_CANNOT_FILE);
    for (size_t i = 0; i < people.count; i++) {
        struct view *person;

        if (!role_can(people.rows[i].role, CAN_CHANGE_TAX))
            continue;
        person = view_section(section, NAME_PERSON);
        view_text(person, NAME_WHO_NAME, people.rows[i].name);
        view_text(person, NAME_WHO_ROLE, role_words(people.rows[i].role));
    }
    return OK;
}

enum err
partner_tax_get(struct exchange *x)
{
    struct view *view = show(x, PAGE_TAX, "Tax and certificates");
    struct publisher publisher;
    struct certificates certificates;
    struct view *facts;

    TRY(publisher_by_id(x->db, x->arena, x->who.publisher, &publisher));
    TRY(certificates_of(x->db, x->arena, publisher.id, &certificates));
    head_lead(part_head(x, view, "Tax and certificates"), x->who.account_name);
    part_summary(x, view, "");
    part_not_saved(x, view);
    standing_view(x, view, &publisher);
    if (partner_taxable(&publisher, certificates.rows, certificates.count, x->today))
        part_notice(view, NAME_NOTICE, "warn", "shield", "Sales tax may be charged.",
                    "Your account has no resale certificate that counts today: one that covers "
                    "your headquarters’ state, hasn’t expired and was filed at least 5 business "
                    "days ago.");
    tax_badge(view, NAME_TAX_ANSWER, publisher.tax_status);
    facts = part_facts(view, NAME_FACTS);
    fact(facts, "Tax country", country_words(publisher.tax_country));
    fact(facts, "Status", tax_words(publisher.tax_status));
    fact(facts, "State of headquarters", *publisher.hq_state == '\0' ? "–" : publisher.hq_state);
    certificates_put(x, view, &publisher, &certificates);
    return filing_put(x, view);
}

enum err
partner_tax_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    const struct answers answers = exchange_answers(x);
    enum err outcome = action_certificate_file(&act, &answers, x->problems);

    if (outcome == ERR_INVALID)
        TRY(partner_tax_get(x));
    TRY(outcome);
    return redirect(x, PARTNER_TAX_PATH "?done=certificate");
}

/*
 * account_pages.c: identifiers, tax profile, people and roles of one's own account; its people are
 * changed by whose role may (LAW 2.2); and changing one's password.
 *
 * Not here: other people's accounts (pages/operator_pages), judging a password (auth/sign_in).
 */
#include "pages/account_pages.h"

#include "auth/sign_in.h"
#include "base/text.h"
#include "pages/account_view.h"
#include "pages/frame.h"
#include "pages/parts.h"
#include "pages/people_parts.h"
#include "pages/serve.h"
#include "store/account_events.h"

/* Names and, beside them, roles; an organisation's people have none in common, so their addresses
 * stand there. */
static void
people_view(struct view *view, const struct people *people, bool roles)
{
    struct view *some;

    if (people->count == 0)
        return;
    some = view_section(view, NAME_HAS_PEOPLE);
    for (size_t i = 0; i < people->count; i++) {
        struct view *person = view_section(some, NAME_PERSON);

        view_text(person, NAME_WHO_NAME, people->rows[i].name);
        view_text(person, NAME_WHO_ROLE,
                  roles ? role_words(people->rows[i].role) : people->rows[i].email);
    }
}

static enum err
tax_view(struct exchange *x, struct view *view, const struct publisher *publisher)
{
    struct certificates certificates;
    struct view *tax;

    TRY(certificates_of(x->db, x->arena, publisher->id, &certificates));
    tax = view_section(view, NAME_TAX);
    tax_badge(tax, NAME_TAX_ANSWER, publisher->tax_status);
    tax_facts(x, part_facts(tax, NAME_TAX_FACTS), publisher, &certificates);
    return OK;
}

/* The publisher account of whoever acts. */
static struct account_found
own_account(const struct exchange *x)
{
    return (struct account_found){ACCOUNT_PUBLISHER, x->who.publisher, x->who.account_name, true};
}

static enum err
publisher_view(struct exchange *x, struct view *view)
{
    struct publisher publisher;
    struct people people;

    TRY(publisher_by_id(x->db, x->arena, x->who.publisher, &publisher));
    TRY(people_of_publisher(x->db, x->arena, publisher.id, &people));
    view_text(view, NAME_GROUP_HEADING, "Identifiers");
    view_text(view_section(view, NAME_SELLER), NAME_SELLER_ID, publisher.id);
    publisher_facts(part_facts(view, NAME_FACTS), &publisher);
    standing_and_role_view(x, view, &publisher);
    if (role_can(x->who.role, CAN_MANAGE_PEOPLE)) {
        const struct account_found account = own_account(x);

        part_summary(x, view, "");
        TRY(people_card(x, view, &account, hat_account(x->hat)));
        TRY(account_history(x, view, account.kind, account.id));
    } else {
        people_view(view, &people, true);
    }
    if (x->hat == HAT_ISV && role_can(x->who.role, CAN_VIEW_OFFERS))
        view_text(view_section(view, NAME_PARTNERS), NAME_PARTNERS_HREF, "/isv/partners");
    view_text(view_section(view, NAME_NOTICES), NAME_NOTICES_HREF,
              x->hat == HAT_ISV ? "/isv/notices" : "/partner/notices");
    return tax_view(x, view, &publisher);
}

static enum err
organisation_view(struct exchange *x, struct view *view)
{
    struct people people;
    struct view *facts;

    TRY(people_of_organisation(x->db, x->arena, x->who.organisation, &people));
    view_text(view, NAME_GROUP_HEADING, "Organisation");
    facts = part_facts(view, NAME_FACTS);
    fact(facts, "Name", x->who.account_name);
    fact_note(facts, "Your name", x->who.name, "Your roles are on the page of billing accounts.");
    people_view(view, &people, false);
    return OK;
}

enum err
account_get(struct exchange *x)
{
    struct view *view = show(x, PAGE_ACCOUNT, "Account");
    struct view *facts;

    head_lead(part_head(x, view, "Account"),
              x->hat == HAT_OPERATOR ? "Marketplace" : x->who.account_name);
    view_text(view, NAME_USER_EMAIL, x->who.email);
    view_text(view, NAME_PASSWORD_HREF, "/password");
    if (x->hat == HAT_ISV || x->hat == HAT_PARTNER)
        return publisher_view(x, view);
    if (x->hat == HAT_CUSTOMER)
        return organisation_view(x, view);
    view_text(view, NAME_GROUP_HEADING, "Role");
    facts = part_facts(view, NAME_FACTS);
    fact(facts, "Your name", x->who.name);
    fact_note(facts, "Role", "Operator",
              "Reads every account and offer; changes accounts, people and settings.");
    return OK;
}

/* The page again when the form was refused, else its sentence. */
static enum err
people_answer(struct exchange *x, enum err outcome, const char *done)
{
    if (outcome == ERR_INVALID)
        TRY(account_get(x));
    TRY(outcome);
    return redirect(x, "%s?done=%s", hat_account(x->hat), done);
}

enum err
account_access_post(struct exchange *x)
{
    const struct account_found account = own_account(x);

    return people_answer(x, people_access_set(x, &account), "role-set");
}

enum err
account_person_post(struct exchange *x)
{
    const struct account_found account = own_account(x);

    return people_answer(x, people_add(x, &account), "person-added");
}

enum err
password_get(struct exchange *x)
{
    struct view *view = show(x, PAGE_PASSWORD, "Change password");
    enum hat hat;

    TRY(home_hat(x, &hat));
    head_crumbs(part_head(x, view, "Change password"),
                (const char *const[][2]){{"Account", hat_account(hat)}}, 1, "Change password");
    part_summary(x, view, "");
    view_text(view, NAME_FORM_ACTION, "/password");
    view_text(view, NAME_USER_EMAIL, x->who.email);
    view_text(view, NAME_CANCEL_HREF, hat_account(hat));
    part_password(x, view, NAME_FIELD_OLD, "old", "Current password", "current-password", NULL);
    part_password(x, view, NAME_FIELD_NEW, "new", "New password", "new-password",
                  arena_format(x->arena, "At least %d characters; several words are easiest",
                               LIMIT_PASSWORD_MIN));
    part_password(x, view, NAME_FIELD_AGAIN, "again", "New password again", "new-password", NULL);
    return OK;
}

static enum err
password_refused(struct exchange *x)
{
    TRY(password_get(x));
    return ERR_INVALID;
}

/* What can be said of the form before anything is compared. */
static bool
password_form_fine(const struct exchange *x)
{
    if (*posted(x, "old") == '\0')
        problem_add(x->problems, "old", "Enter your current password");
    if (!password_acceptable(posted(x, "new")))
        problem_add(x->problems, "new", "Enter a new password of at least %d characters",
                    LIMIT_PASSWORD_MIN);
    else if (!text_equal(posted(x, "new"), posted(x, "again")))
        problem_add(x->problems, "again", "Enter the new password a second time, the same");
    return x->problems->count == 0;
}

enum err
password_post(struct exchange *x)
{
    const struct password_change change = {
        .who = &x->who,
        .current = arena_text(x->arena, posted(x, "old")),
        .fresh = arena_text(x->arena, posted(x, "new")),
        .address = x->request->address,
    };
    int64_t wait_s = 0;
    enum hat hat;
    enum err outcome;

    if (!password_form_fine(x))
        return password_refused(x);
    TRY(home_hat(x, &hat)); /* before the change: afterwards nothing may fail */
    outcome =
        password_change(x->service->store, x->db, x->hasher, x->world, x->arena, &change, &wait_s);
    if (outcome == ERR_DENIED) {
        problem_add(x->problems, "old", "This isn’t your current password. Enter it again");
        return password_refused(x);
    }
    TRY(outcome);
    if (wait_s > 0) {
        problem_add(x->problems, "old", "Too many wrong passwords. Try again in %s",
                    refuse_for(x, wait_s));
        return password_refused(x);
    }
    return redirect(x, "%s?done=password", hat_account(hat));
}

/* "a marketer". */
static const char *
role_in_sentence(struct arena *arena, enum publisher_role role)
{
    return arena_format(arena, "a %s", text_fold(arena, role_words(role)));
}

/* What a route is about that the role may not do. */
struct rights {
    const char *heading;
    const char *title;
    const char *text; /* who may, as the beginning of a sentence */
};

static struct rights
rights_of(enum admit admit)
{
    if (admit == CATALOGUE_EDITOR)
        return (struct rights){
            "Products and plans", "Your role can’t change products and plans",
            "Account owners, managers and developers create and change products and plans"};
    if (admit == PARTNER_TAX)
        return (struct rights){"Tax and certificates", "Your role can’t file certificates",
                               "Account owners and financial contributors file certificates"};
    if (admit == ISV_MANAGER || admit == PARTNER_MANAGER)
        return (struct rights){"Account", "Your role can’t change people and roles",
                               "Account owners and managers change people and roles"};
    return (struct rights){"Private offers", "Your role has no access to private offers",
                           "Account owners, managers and developers create and see private offers"};
}

enum err
no_rights_page(struct exchange *x)
{
    const struct rights rights = rights_of(x->route->admit);
    struct view *view = show(x, PAGE_NO_RIGHTS, rights.heading);
    struct people people;

    TRY(people_of_publisher(x->db, x->arena, x->who.publisher, &people));
    view_text(view, NAME_HEADING, rights.heading);
    view_text(view, NAME_RIGHTS_TITLE, rights.title);
    view_text(view, NAME_RIGHTS_TEXT, rights.text);
    view_text(view, NAME_USER_ROLE, role_in_sentence(x->arena, x->who.role));
    view_text(view, NAME_ORG_NAME, x->who.account_name);
    for (size_t i = 0; i < people.count; i++) {
        struct view *person;

        if (!role_can(people.rows[i].role, CAN_MANAGE_PEOPLE))
            continue;
        person = view_section(view, NAME_PERSON);
        view_text(person, NAME_WHO_NAME, people.rows[i].name);
        view_text(person, NAME_WHO_ROLE, role_words(people.rows[i].role));
    }
    return OK;
}

/*
 * frame.c: the layout around a page: where one is, what else there is, who one is.
 *
 * Not here: who may see what (pages/serve admits, the store filters). Invariant: navigation holds
 * only pages that the person's account has.
 */
#include "pages/frame.h"

#include "base/text.h"
#include "pages/flash.h"
#include "pages/lists.h"
#include "store/catalogue.h"

#define FIRST_FAILURE 500
#define FIRST_PRODUCT_PATH "/isv/products" /* all an ISV without products has */
#define PAGE_FINE 200

/* How a hat is called and shown. */
static const struct {
    const char *key; /* of its colour */
    const char *words;
    const char *home;
    const char *account;
    enum party party;
    enum list_status counted; /* offers of this status wait for the hat */
    const char *offers;       /* its list */
    const char *purchases;    /* below it, by its id, each purchase */
} hats[HAT_COUNT] = {
    [HAT_NONE] = {"market", "", "/", "/", PARTY_SYSTEM, LIST_ALL, "", ""},
    [HAT_ISV] = {"isv", "ISV", "/isv", "/isv/account", PARTY_ISV, LIST_DRAFT, "/isv/offers",
                 "/isv/purchases"},
    [HAT_PARTNER] = {"partner", "Selling partner", "/partner", "/partner/account", PARTY_PARTNER,
                     LIST_PENDING_PARTNER, "/partner/offers", ""},
    [HAT_CUSTOMER] = {"customer", "Customer", "/customer/offers", "/customer/account",
                      PARTY_CUSTOMER, LIST_PENDING_ACCEPTANCE, "/customer/offers",
                      "/customer/purchases"},
    [HAT_OPERATOR] = {"operator", "Operator", "/operator", "/operator/account", PARTY_OPERATOR,
                      LIST_ALL, "/operator/offers", "/operator/purchases"},
};

/* The entries of the navigation, in order. */
static const struct {
    enum hat hat;
    const char *label;
    const char *href;
    const char *icon;
    bool demo_only;
} entries[] = {
    {HAT_ISV, "Home", "/isv", "home", false},
    {HAT_ISV, "Private offers", "/isv/offers", "offers", false},
    {HAT_ISV, "Products and plans", FIRST_PRODUCT_PATH, "card", false},
    {HAT_ISV, "Purchases", "/isv/purchases", "cart", false},
    {HAT_ISV, "Account", "/isv/account", "id", false},
    {HAT_ISV, "Support requests", "/isv/support", "info", false},
    {HAT_PARTNER, "Home", "/partner", "home", false},
    {HAT_PARTNER, "Private offers", "/partner/offers", "offers", false},
    {HAT_PARTNER, "Account", "/partner/account", "id", false},
    {HAT_PARTNER, "Tax and certificates", PARTNER_TAX_PATH, "shield", false},
    {HAT_PARTNER, "Support requests", "/partner/support", "info", false},
    {HAT_CUSTOMER, "Private offers", "/customer/offers", "offers", false},
    {HAT_CUSTOMER, "Products", "/customer/products", "box", false},
    {HAT_CUSTOMER, "Purchases", "/customer/purchases", "cart", false},
    {HAT_CUSTOMER, "Billing accounts", "/customer/billing", "card", false},
    {HAT_CUSTOMER, "Subscriptions", "/customer/subscriptions", "key", false},
    {HAT_CUSTOMER, "Eligibility check", "/customer/eligibility", "check", false},
    {HAT_CUSTOMER, "Support requests", "/customer/support", "info", false},
    {HAT_CUSTOMER, "Account", "/customer/account", "id", false},
    {HAT_OPERATOR, "Home", "/operator", "home", false},
    {HAT_OPERATOR, "Accounts", "/operator/accounts", "building", false},
    {HAT_OPERATOR, "Billing accounts", "/operator/billing", "card", false},
    {HAT_OPERATOR, "Offers", "/operator/offers", "offers", false},
    {HAT_OPERATOR, "Support requests", "/operator/support", "info", false},
    {HAT_OPERATOR, "Payments", "/operator/payments", "card", false},
    {HAT_OPERATOR, "Usage", "/operator/usage", "half", false},
    {HAT_OPERATOR, "Queues", "/operator/queues", "clock", false},
    {HAT_OPERATOR, "Settings", "/operator/settings", "swap", false},
    {HAT_OPERATOR, "Audit log", "/operator/audit", "info", false},
    {HAT_OPERATOR, "Clock", "/operator/clock", "clock", true},
};

const char *
hat_home(enum hat hat)
{
    assert(hat < HAT_COUNT);
    return hats[hat].home;
}

const char *
hat_account(enum hat hat)
{
    assert(hat < HAT_COUNT);
    return hats[hat].account;
}

const char *
hat_offers(enum hat hat)
{
    assert(hat != HAT_NONE && hat < HAT_COUNT);
    return hats[hat].offers;
}

const char *
hat_purchases(enum hat hat)
{
    assert(hat != HAT_NONE && hat < HAT_COUNT);
    return hats[hat].purchases;
}

/* What the frame knows of the person: which hat is worn, and whether there is another. */
struct wearing {
    enum hat hat;
    bool sells; /* the publisher may also be an ISV */
    bool bare;  /* an ISV that sells nothing yet: its catalogue is all it has */
};

/* Is the path the entry's, or a page below it? */
static bool
path_within(const char *path, const char *entry)
{
    size_t i = 0;

    while (entry[i] != '\0' && entry[i] == path[i])
        i++;
    return entry[i] == '\0' && (path[i] == '\0' || path[i] == '/');
}

static enum err
home_wearing(const struct exchange *x, struct wearing *wearing)
{
    *wearing = (struct wearing){HAT_NONE, false, false};
    if (!x->who.signed_in)
        return OK;
    if (x->who.operates)
        wearing->hat = HAT_OPERATOR;
    else if (*x->who.organisation != '\0')
        wearing->hat = HAT_CUSTOMER;
    else if (*x->who.publisher != '\0') {
        TRY(publisher_sells(x->db, x->who.publisher, &wearing->sells));
        wearing->hat = wearing->sells ? HAT_ISV : HAT_PARTNER;
    }
    return OK;
}

enum err
home_hat(const struct exchange *x, enum hat *hat)
{
    struct wearing wearing;

    TRY(home_wearing(x, &wearing));
    *hat = wearing.hat;
    return OK;
}

/* The route's hat if it is theirs, their first one otherwise. With the store away, the one their
 * account suggests. */
static enum err
wearing_now(const struct exchange *x, struct wearing *wearing)
{
    if (x->reply->status >= FIRST_FAILURE) {
        *wearing = (struct wearing){x->who.operates                ? HAT_OPERATOR
                                    : *x->who.organisation != '\0' ? HAT_CUSTOMER
                                    : x->hat == HAT_ISV            ? HAT_ISV
                                                                   : HAT_PARTNER,
                                    false, false};
        return OK;
    }
    TRY(home_wearing(x, wearing));
    if (wearing->sells && x->hat == HAT_PARTNER)
        wearing->hat = HAT_PARTNER;
    if (*x->who.publisher != '\0' && x->route != NULL &&
        (x->route->admit == CATALOGUE_VIEWER || x->route->admit == CATALOGUE_EDITOR))
        wearing->hat = HAT_ISV;
    wearing->bare = wearing->hat == HAT_ISV && !wearing->sells;
    return OK;
}

/* How many offers wait for the hat; 0 when its person may not see offers. */
static enum err
waiting_count(const struct exchange *x, enum hat hat, int64_t *count)
{
    struct viewer viewer = {hats[hat].party, x->who.publisher, x->today};
    int64_t counts[LIST_STATUS_COUNT];

    *count = 0;
    if (hats[hat].counted == LIST_ALL || x->reply->status >= FIRST_FAILURE)
        return OK;
    if (hat == HAT_CUSTOMER)
        viewer.account = x->who.organisation;
    else if (!role_can(x->who.role, CAN_VIEW_OFFERS))
        return OK;
    if (x->counts != NULL && hat == x->hat) {
        *count = x->counts[hats[hat].counted];
        return OK;
    }
    TRY(offers_count(x->db, x->arena, &viewer, x->today, counts));
    *count = counts[hats[hat].counted];
    return OK;
}

static enum err
nav_build(const struct exchange *x, struct view *section, const struct wearing *wearing)
{
    struct view *group = view_section(view_part(section, NAME_NAV, PAGE_PART_NAV), NAME_NAV_GROUP);
    int64_t waiting;

    TRY(waiting_count(x, wearing->hat, &waiting));
    for (size_t i = 0; i < COUNT(entries); i++) {
        struct view *item;
        bool home = text_equal(entries[i].label, "Home");

        if (entries[i].hat != wearing->hat || (entries[i].demo_only && !x->settings.demo))
            continue;
        if (wearing->bare && !text_equal(entries[i].href, FIRST_PRODUCT_PATH))
            continue;
        item = view_section(group, NAME_NAV_ITEM);
        view_text(item, NAME_NAV_HREF, entries[i].href);
        view_text(item, NAME_NAV_ICON, entries[i].icon);
        view_text(item, NAME_NAV_LABEL, entries[i].label);
        if (home ? text_equal(x->request->path, entries[i].href)
                 : path_within(x->request->path, entries[i].href))
            view_show(item, NAME_NAV_CURRENT);
        if (waiting > 0 && text_equal(entries[i].href, hats[wearing->hat].offers))
            view_text(view_section(item, NAME_NAV_COUNT), NAME_NAV_COUNT_VALUE,
                      list_count_words(x->arena, waiting));
    }
    return OK;
}

/* Where the theme form comes back to: the page itself, without telling its flash again; after a
 * POST the page its form stands on, which form_came_back's pages share. */
static const char *
here(const struct exchange *x)
{
    const struct request *request = x->request;

    if (request->method != METHOD_GET || x->route == NULL)
        return x->route != NULL && x->route->form_path != NULL
                   ? route_path(x->arena, x->route->form_path, &x->params)
                   : "/";
    if (*request->query_text == '\0' || x->restored || *queried(x, "done") != '\0')
        return request->path;
    return arena_format(x->arena, "%s?%s", request->path, request->query_text);
}

/* Where the account menu leads to the other hat of a publisher: to its first product, when it sells
 * nothing yet and the person may make one. NULL: there is none for the person. */
static const char *
other_hat_href(const struct exchange *x, const struct wearing *wearing)
{
    if (*x->who.publisher == '\0' || x->reply->status >= FIRST_FAILURE)
        return NULL;
    if (wearing->hat == HAT_ISV)
        return hats[HAT_PARTNER].home;
    if (wearing->sells)
        return hats[HAT_ISV].home;
    return role_can(x->who.role, CAN_WORK_CATALOGUE) ? FIRST_PRODUCT_PATH : NULL;
}

static void
menu_build(const struct exchange *x, struct view *section, const struct wearing *wearing)
{
    const char *href = other_hat_href(x, wearing);
    struct view *other;

    view_text(section, NAME_USER_NAME, x->who.name);
    view_format(section, NAME_HELP_HREF, "/help/%s", hats[wearing->hat].key);
    view_text(section, NAME_HERE, here(x));
    view_text(view_section(section, NAME_HAS_ACCOUNT), NAME_ACCOUNT_HREF,
              hats[wearing->bare ? HAT_PARTNER : wearing->hat].account);
    if (href == NULL)
        return;
    other = view_section(section, NAME_SWITCH_HAT);
    view_text(other, NAME_SWITCH_HREF, href);
    view_text(other, NAME_SWITCH_LABEL,
              wearing->hat == HAT_ISV ? "Act as selling partner" : "Act as ISV");
}

static enum err
signed_in_build(struct exchange *x, struct view *section)
{
    struct wearing wearing;

    TRY(wearing_now(x, &wearing));
    TRY(nav_build(x, section, &wearing));
    view_text(section, NAME_ORG_NAME, x->who.operates ? "Marketplace" : x->who.account_name);
    view_text(section, NAME_HAT, hats[wearing.hat].key);
    view_text(section, NAME_HAT_NAME, hats[wearing.hat].words);
    if (x->settings.demo)
        view_text(view_section(section, NAME_MARKET_DAY), NAME_MARKET_DATE,
                  day_show(x->arena, x->today));
    menu_build(x, section, &wearing);
    return OK;
}

enum err
frame_build(struct exchange *x, struct view *layout)
{
    struct view *section =
        view_section(layout, x->who.signed_in ? NAME_SIGNED_IN : NAME_SIGNED_OUT);

    view_text(layout, NAME_TITLE, x->title);
    if (x->who.signed_in)
        TRY(signed_in_build(x, section));
    if (x->reply->status == PAGE_FINE && x->request->method == METHOD_GET)
        TRY(flash_build(x, section));
    return OK;
}

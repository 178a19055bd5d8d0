/*
 * offers_pages.c: the dashboards. GET /isv/offers and /partner/offers.
 */
#include "pages/offers_pages.h"

#include "pages/lists.h"

static enum err
offers_get(struct exchange *x, const char *path)
{
    struct offer_list list;

    TRY(offer_list_load(x, path, &list));
    offers_view(x, &list);
    return OK;
}

enum err
isv_offers_get(struct exchange *x)
{
    return offers_get(x, "/isv/offers");
}

enum err
partner_offers_get(struct exchange *x)
{
    return offers_get(x, "/partner/offers");
}

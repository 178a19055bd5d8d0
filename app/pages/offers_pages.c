/*
 * offers_pages.c: the dashboards. GET /isv/offers and /partner/offers.
 */
#include "pages/offers_pages.h"

#include "pages/lists.h"

enum err
offers_get(struct exchange *x)
{
    struct offer_list list;

    TRY(offer_list_load(x, &list));
    offers_view(x, &list);
    return OK;
}

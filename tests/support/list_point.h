/*
 * list_point.h: a price of a plan in the United States, as tests write it.
 */
#ifndef SUPPORT_LIST_POINT_H
#define SUPPORT_LIST_POINT_H

#include "core/catalogue.h"

#define LIST_POINT(point, of, term, payment, called, size, price)                           \
    {                                                                                       \
        .id = (point), .kind = (of), .term_months = (term), .payment_months = (payment),    \
        .name = (called), .unit = "", .vcpu = (size), .market = MARKET_US, .list = (price), \
    }

#endif

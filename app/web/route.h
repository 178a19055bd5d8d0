/*
 * route.h: finding the row of the route table that answers a path.
 *
 * The table itself is pages/routes.c. A pattern is literal segments and ":name" segments; what a
 * parameter may hold is decided by its name (see route.c): :offer, :publication, :purchase,
 * :request, :mail and :document a GUID, :token a link token, :row a number of at most six digits,
 * :account a
 * publisher's or organisation's id, :product and :plan an id of the catalogue.
 */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "web/request.h"

#define ROUTE_PARAMS 3

struct route_params {
    const char *names[ROUTE_PARAMS];
    const char *values[ROUTE_PARAMS];
    size_t count;
};

/* Does path match pattern? Fills params (kept) when it does. */
bool route_match(const char *pattern, const char *path, struct arena *arena,
                 struct route_params *params);

/* The value of a parameter the pattern has; asserts that it has it. */
const char *route_param(const struct route_params *params, const char *name);

/* Keeps: the path of the pattern with the values of params; asserts that they hold all it needs. */
const char *route_path(struct arena *arena, const char *pattern, const struct route_params *params);

#endif

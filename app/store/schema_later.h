/*
 * schema_later.h: the texts of the steps in schema_later.c, for the list in schema.c.
 */
#ifndef STORE_SCHEMA_LATER_H
#define STORE_SCHEMA_LATER_H

#include "store/migrate.h"

extern const char schema_dashboards[];
extern const char schema_asks[];
extern const char schema_support[];
extern const char schema_mail[];
extern const char schema_audit[];
extern const char schema_counts[];
extern const char schema_lighter[];
extern const char schema_search[];
extern const char schema_moves[];

#endif

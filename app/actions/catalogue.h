/*
 * catalogue.h: what an ISV can do with its own products and plans.
 *
 * All run inside the caller's write. Common outcomes: ERR_DENIED your role may not (LAW 2.2),
 * ERR_ABSENT not yours, ERR_STALE somebody saved since version, ERR_INVALID problems were added and
 * nothing is to be kept. Problems are at: id, name, type, model, storefront; of plans id, name,
 * description, summary, visibility, trial, markets, min_users, max_users, saving-12, saving-36,
 * prices (of a plan without any), and for prices the point's id (price), id-<id> (a meter's own),
 * name-<id>, unit-<id>, included-<meter>-<term>; of a product that is not complete, plans. Pages
 * and the importer translate these to their own places.
 */
#ifndef ACTIONS_CATALOGUE_H
#define ACTIONS_CATALOGUE_H

#include "actions/act.h"
#include "core/catalogue.h"
#include "store/catalogue.h"

/* Does not look at what is stored: a save over another's must have been read by whoever saves. */
#define VERSION_ANY INT64_C(-1)
/* Creates only: an id that the account uses already is a problem at "id". */
#define VERSION_NEW INT64_C(0)

/* Creates the product, or saves it when the account has one of that id: name, storefront, facts.
 * Its type stays what it was once a plan exists (LAW 3.2). An id that another account uses is a
 * problem at "id". */
MUST_CHECK enum err action_product_save(const struct act *act, const struct product *product,
                                        int64_t version, struct problems *problems);

/* Creates the plan, or saves it when the product has one of that id. plan holds everything the
 * plan will have, prices of all markets and disabled meters too; product facts in it are ignored
 * but for its id. On a plan that was ever published the model stays, no price point goes away, and
 * another list price is scheduled: lower from the first of the next month, higher from the first of
 * the first month at least 90 days away (LAW 3.2); a price typed as it is now changes nothing and
 * leaves what is scheduled alone; another one replaces what was scheduled for its point, unless it
 * is that already. What a reservation saves stays too. */
MUST_CHECK enum err action_plan_save(const struct act *act, const struct plan *plan,
                                     int64_t version, struct problems *problems);

/* What is scheduled for the point no longer comes. ERR_ABSENT when nothing is. */
MUST_CHECK enum err action_price_change_cancel(const struct act *act, const char *product,
                                               const char *plan, const char *point);

/* Puts on sale, or takes off. A product or plan that is not complete is not published: problems say
 * what is missing. */
MUST_CHECK enum err action_product_publish(const struct act *act, const char *product,
                                           bool published, struct problems *problems);
MUST_CHECK enum err action_plan_publish(const struct act *act, const char *product,
                                        const char *plan, bool published,
                                        struct problems *problems);

#endif

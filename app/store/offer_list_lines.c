/*
 * offer_list_lines.c: one statement per hat, sort key and direction, made by the preprocessor.
 *
 * Invariant: the unary + before state keeps the planner on the sort index (after ANALYZE it would
 * otherwise sort the rows of another). In the order of change, which nearly everybody looks in, the
 * status is evaluated in the index, without touching the row.
 */
#include "store/offer_list_lines.h"

#include "store/families.h"

/* $1 account, $2 and $3 the cursor, $4 and $5 states or '' for any, $6 and $7 range of due_on, $8
 * the folded search, $9 and $10 its patterns, $11 limit, $12 and $13 range of accept-by, $14 and
 * $15 patterns of the customer and of a billing account, $16 and $17 a pattern of the other
 * seller's name and its id; '' for any. The operator's list has no account: $1 is ''. */
#define LINE_COLUMNS(changed)                                                              \
    "SELECT o.id, o.name, o.billing_account, o.customer_label, o.state, o.accept_by_on,"   \
    " o.end_on, o.start_mode, o.start_on, o.accepted_on, o.partner_withdrew,"              \
    " (SELECT COUNT(*) FROM pricing_row r WHERE r.offer = o.id), o." changed               \
    ", o.isv, o.partner, o.failure <> '', o.seller_ask, o.customer_ask, "
/* The names of ISV, selling partner and creator, as far as the hat's list shows them; its own is
 * looked up once. */
#define OWN_NAME "(SELECT own.name FROM publisher own WHERE own.id = $1)"
#define JOIN_ISV " JOIN publisher i ON i.id = o.isv"
#define JOIN_PARTNER " LEFT JOIN publisher p ON p.id = o.partner"
#define JOIN_CREATOR " LEFT JOIN person c ON c.id = o.created_by"
#define ISV_NAMES OWN_NAME ", p.name, c.name"
#define ISV_JOINS JOIN_PARTNER JOIN_CREATOR
#define PARTNER_NAMES "i.name, " OWN_NAME ", NULL"
#define PARTNER_JOINS JOIN_ISV
#define BOTH_NAMES "i.name, p.name, NULL"
#define BOTH_JOINS JOIN_ISV JOIN_PARTNER
/* The + keeps the filters out of the choice of index: with statistics the planner would take one
 * that begins with them, and sort. */
#define LINE_FILTER                                                                \
    " AND ($4 <> '' AND +o.state IN ($4, $5)"                                      \
    " OR $4 = '' AND +o.state NOT IN ('deleted', 'cancelled'))"                    \
    " AND +o.due_on BETWEEN $6 AND $7"                                             \
    " AND ($8 = '' OR o.name_fold LIKE $9 ESCAPE '!' OR o.id LIKE $10 ESCAPE '!')" \
    " AND +o.accept_by_on BETWEEN $12 AND $13"                                     \
    " AND ($14 = '' OR o.customer_fold LIKE $14 ESCAPE '!'"                        \
    " OR o.billing_account LIKE $15 ESCAPE '!')"
#define OTHER_FILTER(other) \
    " AND ($16 = '' OR " other ".name_fold LIKE $16 ESCAPE '!' OR " other ".id = $17)"
#define LINE(hat, wall, changed, key, tie, other, compare, order)                          \
    LINE_COLUMNS(changed)                                                                  \
    hat##_NAMES ", " key " FROM offer o" hat##_JOINS " WHERE " wall " = $1 AND (" key ", " \
    tie ") " compare " ($2, $3)" LINE_FILTER                                               \
    OTHER_FILTER(other) " ORDER BY " order " LIMIT $11"
/* By a name of another table, which join calls n: the account's own offers are sorted by it first,
 * and only those shown are read whole. other says who the other seller is. */
#define NAMED_LINE(hat, wall, changed, join, name, other, compare, way)                           \
    LINE_COLUMNS(changed)                                                                         \
    hat##_NAMES ", few.name FROM (SELECT o.id, " name " AS name FROM offer o " join               \
    " WHERE " wall " = $1 AND (" name ", o.id) " compare " ($2, $3)" LINE_FILTER                  \
    " AND ($16 = '' OR EXISTS (SELECT 1 FROM publisher s WHERE s.id = " other                     \
    " AND (s.name_fold LIKE $16 ESCAPE '!' OR s.id = $17))) ORDER BY " name " " way ", o.id " way \
    " LIMIT $11) AS few JOIN offer o ON o.id = few.id" hat##_JOINS " ORDER BY few.name " way      \
    ", few.id " way
/* Nothing is searched or filtered for but, perhaps, one stored state ($5) that lasts to a day from
 * $6 to $7: what nearly every look at a list is. $4 limit. */
#define PLAIN_LINE(hat, wall, changed, key, shown, state, compare, way)                            \
    LINE_COLUMNS(changed)                                                                     \
    hat##_NAMES ", o." shown " FROM offer o" hat##_JOINS " WHERE " wall " = $1 AND (o." key   \
    ", o.id) " compare " ($2, $3) AND " state " ORDER BY o." key " " way ", o.id " way        \
    " LIMIT $4"
#define LINE_GIVES "tttttttttti" \
    "iittittTTT"
#define LINE_TAKES(type) \
    "t" type "tttttttti" \
    "tttttt"

/* Both directions of one sort: ascending, then descending. A number key is i, a text key t. */
#define SORT(hat, wall, changed, key, other, type)                                          \
    {LINE(hat, wall, changed, key, "o.id", other, ">", key " ASC, o.id ASC"),               \
     LINE_TAKES(type), LINE_GIVES type, false},                                             \
    {                                                                                       \
        LINE(hat, wall, changed, key, "o.id", other, "<", key " DESC, o.id DESC"),          \
            LINE_TAKES(type), LINE_GIVES type, false                                        \
    }
#define NAMED_SORT(hat, wall, changed, join, name, other)                                      \
    {NAMED_LINE(hat, wall, changed, join, name, other, ">", "ASC"), LINE_TAKES("t"),           \
     LINE_GIVES "t", false},                                                                   \
    {                                                                                          \
        NAMED_LINE(hat, wall, changed, join, name, other, "<", "DESC"), LINE_TAKES("t"),       \
            LINE_GIVES "t", false                                                              \
    }
#define ISV_SORT(key) SORT(ISV, "o.isv", "isv_changed_at", key, "p", "t")
#define PARTNER_SORT(key) SORT(PARTNER, "o.offered_to", "partner_changed_at", key, "i", "t")
#define CUSTOMER_SORT(key) SORT(BOTH, "o.extended_to", "customer_changed_at", key, "i", "t")
/* An id needs nothing behind it to be the only one. */
#define ID_SORT(hat, wall, changed, other)                                               \
    {LINE(hat, wall, changed, "o.id", "$3", other, ">", "o.id ASC"), LINE_TAKES("t"),    \
     LINE_GIVES "t", false},                                                             \
    {                                                                                    \
        LINE(hat, wall, changed, "o.id", "$3", other, "<", "o.id DESC"),                 \
            LINE_TAKES("t"), LINE_GIVES "t", false                                       \
    }
#define ANY_STATE "+o.state NOT IN ('deleted', 'cancelled')"
#define ONE_STATE "o.state = $5 AND +o.due_on BETWEEN $6 AND $7"
/* As far as $5: the key of lists by status ends with the accept-by date while an offer waits for
 * its acceptance. */
#define UP_TO "o.status_key <= $5"
#define DOWN_TO "o.status_key >= $5"
#define CHANGED_LINE(hat, wall, changed, state, compare, way) \
    PLAIN_LINE(hat, wall, changed, changed, changed, state, compare, way)
#define WAITING_LINE(hat, wall, changed, state, compare, way) \
    PLAIN_LINE(hat, wall, changed, "status_key", "accept_by_on", state, compare, way)
/* $5, said again as the condition of the index is said. */
#define NOT_YET_EXTENDED "o.state = $5 AND o.state IN ('draft', 'pending_partner')"
#define DUE_LINES(hat, wall, changed)                                                      \
    {PLAIN_LINE(hat, wall, changed, "accept_by_on", "accept_by_on", NOT_YET_EXTENDED, ">", \
                "ASC"),                                                                    \
     "tttit", LINE_GIVES "t", false},                                                      \
    {                                                                                      \
        PLAIN_LINE(hat, wall, changed, "accept_by_on", "accept_by_on", NOT_YET_EXTENDED,   \
                   "<", "DESC"),                                                           \
            "tttit", LINE_GIVES "t", false                                                 \
    }
/* In the order of enum plain. */
#define PLAIN(hat, wall, changed)                                                         \
    {CHANGED_LINE(hat, wall, changed, ANY_STATE, ">", "ASC"), "titi", LINE_GIVES "i",     \
     false},                                                                              \
    {CHANGED_LINE(hat, wall, changed, ANY_STATE, "<", "DESC"), "titi", LINE_GIVES "i",    \
     false},                                                                              \
    {CHANGED_LINE(hat, wall, changed, ONE_STATE, ">", "ASC"), "tititt" "t",               \
     LINE_GIVES "i", false},                                                              \
    {CHANGED_LINE(hat, wall, changed, ONE_STATE, "<", "DESC"), "tititt" "t",              \
     LINE_GIVES "i", false},                                                              \
    {WAITING_LINE(hat, wall, changed, UP_TO, ">", "ASC"), "tttit", LINE_GIVES "t",        \
     false},                                                                              \
    {                                                                                     \
        WAITING_LINE(hat, wall, changed, DOWN_TO, "<", "DESC"), "tttit", LINE_GIVES "t",  \
            false                                                                         \
    }

/* In the order of enum list_sort. */
static const struct statement statements[] = {
    SORT(ISV, "o.isv", "isv_changed_at", "o.isv_changed_at", "p", "i"),
    ISV_SORT("o.name_fold"),
    ISV_SORT("o.accept_by_on"),
    ISV_SORT("o.status_key"),
    ISV_SORT("o.end_on"),
    ID_SORT(ISV, "o.isv", "isv_changed_at", "p"),
    ISV_SORT("o.customer_fold"),
    ISV_SORT("o.starts_on"),
    NAMED_SORT(ISV, "o.isv", "isv_changed_at", "LEFT JOIN publisher n ON n.id = o.partner",
               "COALESCE(n.name_fold, '')", "o.partner"),
    NAMED_SORT(ISV, "o.isv", "isv_changed_at", "JOIN person n ON n.id = o.created_by",
               "LOWER(n.name)", "o.partner"),
    SORT(PARTNER, "o.offered_to", "partner_changed_at", "o.partner_changed_at", "i", "i"),
    PARTNER_SORT("o.name_fold"),
    PARTNER_SORT("o.accept_by_on"),
    PARTNER_SORT("o.status_key"),
    PARTNER_SORT("o.end_on"),
    ID_SORT(PARTNER, "o.offered_to", "partner_changed_at", "i"),
    PARTNER_SORT("o.customer_fold"),
    PARTNER_SORT("o.starts_on"),
    NAMED_SORT(PARTNER, "o.offered_to", "partner_changed_at", "JOIN publisher n ON n.id = o.isv",
               "n.name_fold", "o.isv"),
    SORT(BOTH, "o.extended_to", "customer_changed_at", "o.customer_changed_at", "i", "i"),
    CUSTOMER_SORT("o.name_fold"),
    CUSTOMER_SORT("o.accept_by_on"),
    CUSTOMER_SORT("o.status_key"),
    CUSTOMER_SORT("o.end_on"),
    SORT(BOTH, "''", "created_at", "o.created_at", "i", "i"),
    PLAIN(ISV, "o.isv", "isv_changed_at"),
    PLAIN(PARTNER, "o.offered_to", "partner_changed_at"),
    PLAIN(BOTH, "o.extended_to", "customer_changed_at"),
    DUE_LINES(ISV, "o.isv", "isv_changed_at"),
    DUE_LINES(PARTNER, "o.offered_to", "partner_changed_at"),
    /* $1 hat, $2 account; the months, and the days $3 to $4 of today's (offer_counts.h). */
    {"SELECT state, span, offers FROM offer_count WHERE hat = $1 AND account = $2 AND span >= 'm'"
     " UNION ALL SELECT state, span, offers FROM offer_count WHERE hat = $1 AND account = $2"
     " AND span BETWEEN $3 AND $4",
     "tttt", "tti", false},
};
_Static_assert(COUNT(statements) == STATEMENT_COUNT, "the enum and the table agree");

const struct family store_offer_lists_family = {"offer_lists", statements, COUNT(statements),
                                                FAMILY_OFFER_LISTS};

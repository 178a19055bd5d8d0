/*
 * partners.c: the table publisher, as ISVs may search it.
 *
 * Invariant: the conditions are those of the index publisher_eligible, word by word: it holds the
 * eligible accounts alone, by name.
 */
#include "store/partners.h"

#include <string.h>

#include "base/text.h"
#include "store/families.h"
#include "store/like.h"

#define TEXT_LAST "\xF4\x8F\xBF\xBF" /* U+10FFFF: after every text */

/* $1 who asks, $2 and $3 the cursor, $4 the folded search, $5 and $6 its patterns, $7 limit. */
#define PAGE(compare, order)                                                         \
    {                                                                                \
        "SELECT id, name, location, name_fold FROM publisher WHERE in_programme = 1" \
        " AND has_marketplace_account = 1 AND enrolled = 1 AND active = 1"           \
        " AND tax_status = 'complete' AND tax_country = 'US'"                        \
        " AND (name_fold, id) " compare " ($2, $3) AND id <> $1"                     \
        " AND ($4 = '' OR name_fold LIKE $5 ESCAPE '!' OR id LIKE $6 ESCAPE '!')"    \
        " ORDER BY name_fold " order ", id " order " LIMIT $7",                      \
            "tttttti", "tttt", false                                                 \
    }

enum { PARTNERS_FORWARD, PARTNERS_BACKWARD };

static const struct statement statements[] = {
    [PARTNERS_FORWARD] = PAGE(">", "ASC"),
    [PARTNERS_BACKWARD] = PAGE("<", "DESC"),
};

const struct family store_partners_family = {"partners", statements, COUNT(statements),
                                             FAMILY_PARTNERS};

/* A cursor is <seller ID>.<folded name>. */
struct cursor {
    const char *id;
    const char *name;
};

static enum err
cursor_read(struct arena *arena, const char *text, struct cursor *cursor)
{
    size_t digits = strspn(text, "0123456789");

    if (digits == 0 || text[digits] != '.')
        return ERR_INVALID;
    *cursor = (struct cursor){arena_copy(arena, text, digits), text + digits + 1};
    return OK;
}

struct reading {
    struct arena *arena;
    struct partner_line *rows;
    size_t count;
};

static enum err
read_partner(void *context, const struct column *columns)
{
    struct reading *reading = context;
    struct arena *arena = reading->arena;

    assert(reading->count <= LIMIT_LIST_ROWS);
    reading->rows[reading->count++] = (struct partner_line){
        .id = arena_text(arena, columns[0].text),
        .name = arena_text(arena, columns[1].text),
        .location = arena_text(arena, columns[2].text),
        .cursor = arena_format(arena, "%s.%s", columns[0].text, columns[3].text),
    };
    return OK;
}

static void
reverse(struct partner_line *rows, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct partner_line swapped = rows[i];

        rows[i] = rows[count - 1 - i];
        rows[count - 1 - i] = swapped;
    }
}

enum err
partners_page(struct db *db, struct arena *arena, const struct partner_query *query,
              struct partner_page *page)
{
    struct cursor cursor = {"", query->backward ? TEXT_LAST : ""};
    struct reading reading = {arena, arena_array(arena, struct partner_line, LIMIT_LIST_ROWS + 1),
                              0};
    struct row_reader reader = {&reading, read_partner};
    bool given = *query->cursor != '\0';
    bool more;

    if (given)
        TRY(cursor_read(arena, query->cursor, &cursor));
    TRY(db_run(db, &store_partners_family, query->backward ? PARTNERS_BACKWARD : PARTNERS_FORWARD,
               VALUES(text(query->isv), text(cursor.name), text(cursor.id), text(query->search),
                      text(like_pattern(arena, "%", query->search)),
                      text(like_pattern(arena, "", query->search)), integer(LIMIT_LIST_ROWS + 1)),
               &reader, NULL));
    more = reading.count > LIMIT_LIST_ROWS;
    page->count = more ? LIMIT_LIST_ROWS : reading.count;
    page->rows = reading.rows;
    if (query->backward)
        reverse(page->rows, page->count);
    page->before = query->backward ? more : given;
    page->after = query->backward ? given : more;
    return OK;
}

/*
 * store_dump.c: a digest of every row of every table, through a connection of its own.
 */
#include "support/store_dump.h"

#include <check.h>
#include <sqlite3.h>

#include "base/digest.h"
#include "base/text.h"

static sqlite3_stmt *
prepared(sqlite3 *handle, const char *sql)
{
    sqlite3_stmt *statement = NULL;

    ck_assert_int_eq(sqlite3_prepare_v2(handle, sql, -1, &statement, NULL), SQLITE_OK);
    return statement;
}

static void
digest_row(struct digest *digest, sqlite3_stmt *row)
{
    for (int i = 0; i < sqlite3_column_count(row); i++) {
        int type = sqlite3_column_type(row, i);

        digest_integer(digest, type);
        if (type != SQLITE_NULL)
            digest_bytes(digest, sqlite3_column_blob(row, i), (size_t)sqlite3_column_bytes(row, i));
    }
}

static const char *
dump_table(struct arena *arena, sqlite3 *handle, const char *table)
{
    sqlite3_stmt *rows = prepared(handle, arena_format(arena, "SELECT * FROM \"%s\"", table));
    struct digest digest;
    int count = 0;
    int code;

    digest_begin(&digest);
    while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
        digest_row(&digest, rows);
        count++;
    }
    ck_assert_int_eq(code, SQLITE_DONE);
    sqlite3_finalize(rows);
    return arena_format(arena, "%s %d %s\n", table, count, digest_end(&digest, arena));
}

static bool
left_out(const char *const *without, const char *table)
{
    for (; without != NULL && *without != NULL; without++) {
        if (text_equal(*without, table))
            return true;
    }
    return false;
}

const char *
store_dump(const struct temp_store *temp, const char *const *without)
{
    struct arena *arena = temp->arena;
    const char *lines = "";
    sqlite3 *handle = NULL;
    sqlite3_stmt *tables;

    ck_assert_int_eq(sqlite3_open_v2(temp->path, &handle, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    tables = prepared(handle, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
    while (sqlite3_step(tables) == SQLITE_ROW) {
        const char *table = arena_text(arena, (const char *)sqlite3_column_text(tables, 0));

        if (!left_out(without, table))
            lines = arena_format(arena, "%s%s", lines, dump_table(arena, handle, table));
    }
    sqlite3_finalize(tables);
    sqlite3_close(handle);
    ck_assert_str_ne(lines, "");
    return lines;
}

static sqlite3 *
opened(const char *path)
{
    sqlite3 *handle = NULL;

    ck_assert_int_eq(sqlite3_open(path, &handle), SQLITE_OK);
    return handle;
}

static void
copy_all(sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *copy = sqlite3_backup_init(to, "main", from, "main");

    ck_assert_ptr_nonnull(copy);
    ck_assert_int_eq(sqlite3_backup_step(copy, -1), SQLITE_DONE);
    ck_assert_int_eq(sqlite3_backup_finish(copy), SQLITE_OK);
}

struct sqlite3 *
store_keep(const struct temp_store *temp)
{
    sqlite3 *store = opened(temp->path);
    sqlite3 *kept = opened(":memory:");

    copy_all(store, kept);
    ck_assert_int_eq(sqlite3_close(store), SQLITE_OK);
    return kept;
}

void
store_go_back(const struct temp_store *temp, struct sqlite3 *kept)
{
    sqlite3 *store = opened(temp->path);

    copy_all(kept, store);
    ck_assert_int_eq(sqlite3_close(store), SQLITE_OK);
}

void
store_kept_close(struct sqlite3 *kept)
{
    ck_assert_int_eq(sqlite3_close(kept), SQLITE_OK);
}

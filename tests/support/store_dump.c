/*
 * store_dump.c: a digest of every row of every table, through a connection of its own.
 *
 * Invariant: dumped is of the file that its device and inode say, which no other file can be as long
 * as it is open. Most tests dump one store again and again, and reading its schema and preparing a
 * statement for each table took longer than reading the rows.
 */
#include "support/store_dump.h"

#include <check.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "base/text.h"

#define TABLES 128

static struct {
    dev_t device;
    ino_t inode;
    sqlite3 *handle; /* NULL: none is kept */
    size_t count;
    struct table {
        char *name;
        sqlite3_stmt *rows;
    } tables[TABLES];
} dumped;

static sqlite3_stmt *
prepared(const char *sql)
{
    sqlite3_stmt *statement = NULL;

    ck_assert_int_eq(sqlite3_prepare_v2(dumped.handle, sql, -1, &statement, NULL), SQLITE_OK);
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

void
store_dump_close(void)
{
    if (dumped.handle == NULL)
        return;
    for (size_t i = 0; i < dumped.count; i++) {
        sqlite3_finalize(dumped.tables[i].rows);
        free(dumped.tables[i].name);
    }
    ck_assert_int_eq(sqlite3_close(dumped.handle), SQLITE_OK);
    dumped.handle = NULL;
    dumped.count = 0;
}

static void
open_dumped(struct arena *arena, const char *path, const struct stat *file)
{
    sqlite3_stmt *names;
    int code;

    ck_assert_int_eq(sqlite3_open_v2(path, &dumped.handle, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    dumped.device = file->st_dev;
    dumped.inode = file->st_ino;
    names = prepared("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
    while ((code = sqlite3_step(names)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(names, 0);

        ck_assert_uint_lt(dumped.count, TABLES);
        dumped.tables[dumped.count++] = (struct table){
            strdup(name), prepared(arena_format(arena, "SELECT * FROM \"%s\"", name))};
    }
    ck_assert_int_eq(code, SQLITE_DONE);
    sqlite3_finalize(names);
}

static const char *
dump_table(struct arena *arena, const struct table *table)
{
    struct digest digest;
    int count = 0;
    int code;

    digest_begin(&digest);
    while ((code = sqlite3_step(table->rows)) == SQLITE_ROW) {
        digest_row(&digest, table->rows);
        count++;
    }
    ck_assert_int_eq(code, SQLITE_DONE);
    ck_assert_int_eq(sqlite3_reset(table->rows), SQLITE_OK);
    return arena_format(arena, "%s %d %s\n", table->name, count, digest_end(&digest, arena));
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
    struct stat file;

    ck_assert_int_eq(stat(temp->path, &file), 0);
    if (dumped.device != file.st_dev || dumped.inode != file.st_ino)
        store_dump_close();
    if (dumped.handle == NULL)
        open_dumped(arena, temp->path, &file);
    for (size_t i = 0; i < dumped.count; i++) {
        if (!left_out(without, dumped.tables[i].name))
            lines = arena_format(arena, "%s%s", lines, dump_table(arena, &dumped.tables[i]));
    }
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

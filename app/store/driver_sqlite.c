/*
 * driver_sqlite.c: SQLite behind driver.h.
 *
 * Not here: the writer's queue, families. Invariant: no statement stays open after run, and no
 * column outlives its row. Invariant: parameters are bound by number: SQLite takes $n for a *name*
 * numbered by first appearance, so every $n becomes ?n before it is prepared.
 */
#include "store/driver_sqlite.h"

#include <ctype.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "store/driver_sqlite_checkpoint.h"

#define BUSY_TIMEOUT_MS 5000

struct prepared {
    sqlite3_stmt *handle;
    struct connection *connection;
    const struct statement *statement;
    const char *label;
    unsigned number;
    size_t columns;
    struct prepared *next;
};

/* Used in every request, so prepared once like the others. */
enum control {
    CONTROL_READ,
    CONTROL_WRITE,
    CONTROL_COMMIT,
    CONTROL_ROLLBACK,
    CONTROL_MARK,
    CONTROL_RELEASE,
    CONTROL_BACK,
    CONTROL_COUNT
};

static const char *const control_sql[CONTROL_COUNT] = {
    [CONTROL_READ] = "BEGIN",
    /* a deferred transaction that turns to writing fails at once, whatever the timeout */
    [CONTROL_WRITE] = "BEGIN IMMEDIATE",
    [CONTROL_COMMIT] = "COMMIT",
    [CONTROL_ROLLBACK] = "ROLLBACK",
    [CONTROL_MARK] = "SAVEPOINT turn",
    [CONTROL_RELEASE] = "RELEASE turn",
    [CONTROL_BACK] = "ROLLBACK TO turn",
};

struct connection {
    sqlite3 *handle;
    sqlite3_stmt *controls[CONTROL_COUNT];
    struct prepared *prepared;         /* all of them, to be closed */
    struct checkpointer *checkpointer; /* of a writer */
    bool doubtful;                     /* a page was read that cannot be one */
};

/* What passes by waiting; every other code is for good. */
static const int busy_codes[] = {
    SQLITE_BUSY,  SQLITE_LOCKED, SQLITE_FULL,     SQLITE_READONLY,
    SQLITE_IOERR, SQLITE_NOMEM,  SQLITE_CANTOPEN, SQLITE_PROTOCOL,
};

static enum err
outcome_of(int code)
{
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW)
        return OK;
    for (size_t i = 0; i < COUNT(busy_codes); i++) {
        if ((code & 0xff) == busy_codes[i])
            return ERR_BUSY;
    }
    return ERR_BROKEN;
}

/* SQLite's messages name tables and columns, never values. */
static enum err
failed(sqlite3 *handle, const char *what, unsigned number, int code)
{
    log_line("store_error", "what=\"%s\" number=%u code=%d message=\"%s\"", what, number, code,
             handle == NULL ? sqlite3_errstr(code) : sqlite3_errmsg(handle));
    return outcome_of(code);
}

static enum err
execute(struct connection *connection, const char *sql, const char *what)
{
    int code = sqlite3_exec(connection->handle, sql, NULL, NULL, NULL);

    return code == SQLITE_OK ? OK : failed(connection->handle, what, 0, code);
}

/* How many bytes of a quoted text or a comment begin here; 0 when none does. An unfinished one runs
 * to the end, where preparing refuses it. */
static size_t
skipped_at(const char *sql)
{
    const char *end = NULL;
    size_t tail = 1;

    if (*sql == '\'' || *sql == '"') {
        end = strchr(sql + 1, *sql);
    } else if (sql[0] == '-' && sql[1] == '-') {
        end = strchr(sql, '\n');
    } else if (sql[0] == '/' && sql[1] == '*') {
        end = strstr(sql + 2, "*/");
        tail = 2;
    } else {
        return 0;
    }
    return end == NULL ? strlen(sql) : (size_t)(end - sql) + tail;
}

/* Rewrites $n to ?n in place; marks in used which numbers appear. False when a parameter is written
 * in a way that only one engine understands, or its number is out of range. */
static bool
translate(char *sql, bool used[DRIVER_VALUES_MAX + 1])
{
    char *at = sql;

    while (*at != '\0') {
        size_t skip = skipped_at(at);
        unsigned number = 0;

        if (skip > 0) {
            at += skip;
            continue;
        }
        if (*at == '?' || *at == ':' || *at == '@')
            return false;
        if (*at != '$') {
            at++;
            continue;
        }
        *at++ = '?';
        for (; isdigit((unsigned char)*at) && number <= DRIVER_VALUES_MAX; at++)
            number = number * 10 + (unsigned)(*at - '0');
        if (number == 0 || number > DRIVER_VALUES_MAX)
            return false;
        used[number] = true;
    }
    return true;
}

/* NULL when the statement keeps its promises, else what it breaks. */
static const char *
broken_promise(const struct prepared *prepared, const bool used[DRIVER_VALUES_MAX + 1])
{
    const struct statement *statement = prepared->statement;
    size_t takes = strlen(statement->takes);

    if (takes > DRIVER_VALUES_MAX || prepared->columns > DRIVER_VALUES_MAX)
        return "too_many_values";
    if (strspn(statement->takes, "tibTIB") != takes)
        return "takes_letters";
    if (strspn(statement->gives, "tibTIB") != strlen(statement->gives))
        return "gives_letters";
    for (size_t i = 1; i <= DRIVER_VALUES_MAX; i++) {
        if (used[i] != (i <= takes))
            return "takes";
    }
    if (sqlite3_column_count(prepared->handle) != (int)strlen(statement->gives))
        return "gives";
    if ((sqlite3_stmt_readonly(prepared->handle) == 0) != statement->writes)
        return "writes";
    return NULL;
}

static enum err
sqlite_prepare(struct connection *connection, const char *label, unsigned number,
               const struct statement *statement, struct prepared **result)
{
    bool used[DRIVER_VALUES_MAX + 1] = {false};
    struct prepared *prepared = calloc(1, sizeof *prepared);
    char *sql = strdup(statement->sql);
    const char *problem = "parameters";
    const char *tail = "";

    if (prepared == NULL || sql == NULL)
        abort();
    prepared->connection = connection;
    prepared->statement = statement;
    prepared->label = label;
    prepared->number = number;
    prepared->columns = strlen(statement->gives);
    prepared->next = connection->prepared;
    connection->prepared = prepared;

    if (translate(sql, used)) {
        int code = sqlite3_prepare_v3(connection->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                      &prepared->handle, &tail);
        if (code != SQLITE_OK) {
            free(sql);
            (void)failed(connection->handle, label, number, code);
            return outcome_of(code) == ERR_BUSY ? ERR_BUSY : ERR_BROKEN;
        }
        if (prepared->handle == NULL || tail[strspn(tail, " \n\t;")] != '\0')
            problem = "not_one_statement";
        else
            problem = broken_promise(prepared, used);
    }
    free(sql);
    if (problem != NULL) {
        log_line("store_statement", "family=%s statement=%u broken=%s", label, number, problem);
        return ERR_BROKEN;
    }
    *result = prepared;
    return OK;
}

static int
bind_one(sqlite3_stmt *handle, int position, const struct value *value)
{
    if (value->null)
        return sqlite3_bind_null(handle, position);
    if (value->type == 'i')
        return sqlite3_bind_int64(handle, position, value->integer);
    if (value->type == 't')
        return sqlite3_bind_text64(handle, position, value->bytes, value->size, SQLITE_STATIC,
                                   SQLITE_UTF8);
    if (value->size == 0)
        return sqlite3_bind_zeroblob(handle, position, 0);
    return sqlite3_bind_blob64(handle, position, value->bytes, value->size, SQLITE_STATIC);
}

/* Reads one column as gives promises it; false when the row breaks the promise. */
static bool
column_read(sqlite3_stmt *handle, int position, char promised, struct column *column)
{
    int type = sqlite3_column_type(handle, position);
    char letter = (char)tolower((unsigned char)promised);

    *column = (struct column){.text = ""};
    if (type == SQLITE_NULL) {
        column->null = true;
        return letter != promised;
    }
    if (letter == 'i') {
        column->integer = sqlite3_column_int64(handle, position);
        return type == SQLITE_INTEGER;
    }
    if (type != (letter == 't' ? SQLITE_TEXT : SQLITE_BLOB))
        return false;

    const char *bytes = letter == 't' ? (const char *)sqlite3_column_text(handle, position)
                                      : sqlite3_column_blob(handle, position);
    column->size = (size_t)sqlite3_column_bytes(handle, position);
    if (bytes != NULL)
        column->text = bytes;
    return bytes != NULL || (letter == 'b' && column->size == 0);
}

static enum err
row_give(const struct prepared *prepared, const struct row_reader *reader)
{
    struct column columns[DRIVER_VALUES_MAX];

    for (size_t i = 0; i < prepared->columns; i++) {
        if (!column_read(prepared->handle, (int)i, prepared->statement->gives[i], &columns[i])) {
            log_line("store_row", "family=%s statement=%u column=%zu broken=type", prepared->label,
                     prepared->number, i + 1);
            return ERR_BROKEN;
        }
    }
    return reader == NULL ? OK : reader->read(reader->context, columns);
}

static enum err
sqlite_run(struct prepared *prepared, const struct value *values, size_t count,
           const struct row_reader *reader, int64_t *changed)
{
    sqlite3 *handle = sqlite3_db_handle(prepared->handle);
    enum err outcome = OK;
    int code = SQLITE_OK;

    for (size_t i = 0; i < count && code == SQLITE_OK; i++)
        code = bind_one(prepared->handle, (int)i + 1, &values[i]);
    if (code == SQLITE_OK) {
        while (outcome == OK && (code = sqlite3_step(prepared->handle)) == SQLITE_ROW)
            outcome = row_give(prepared, reader);
    }
    if (outcome == OK && code != SQLITE_DONE) {
        outcome = failed(handle, prepared->label, prepared->number, code);
        prepared->connection->doubtful |= outcome == ERR_BROKEN;
    }
    if (outcome == OK && changed != NULL)
        *changed = prepared->statement->writes ? sqlite3_changes64(handle) : 0;

    /* reset repeats the error already told; bindings point at memory of the caller's */
    (void)sqlite3_reset(prepared->handle);
    (void)sqlite3_clear_bindings(prepared->handle);
    return outcome;
}

static void
sqlite_close(struct connection *connection)
{
    for (size_t i = 0; i < CONTROL_COUNT; i++)
        (void)sqlite3_finalize(connection->controls[i]);
    while (connection->prepared != NULL) {
        struct prepared *next = connection->prepared->next;

        (void)sqlite3_finalize(connection->prepared->handle);
        free(connection->prepared);
        connection->prepared = next;
    }
    checkpointer_close(connection->checkpointer);
    (void)sqlite3_close(connection->handle);
    free(connection);
}

static int
is_wal(void *context, int count, char **texts, char **names)
{
    bool *wal = context;

    (void)names;
    *wal = count == 1 && texts[0] != NULL && strcmp(texts[0], "wal") == 0;
    return 0;
}

static enum err
controls_prepare(struct connection *connection)
{
    for (size_t i = 0; i < CONTROL_COUNT; i++) {
        int code = sqlite3_prepare_v3(connection->handle, control_sql[i], -1,
                                      SQLITE_PREPARE_PERSISTENT, &connection->controls[i], NULL);
        if (code != SQLITE_OK)
            return failed(connection->handle, control_sql[i], (unsigned)i, code);
    }
    return OK;
}

static enum err
connection_prepare(struct connection *connection, enum driver_mode mode)
{
    static const int switches[][2] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    };
    bool wal = false;
    int code = sqlite3_busy_timeout(connection->handle, BUSY_TIMEOUT_MS);

    for (size_t i = 0; i < COUNT(switches) && code == SQLITE_OK; i++)
        code = sqlite3_db_config(connection->handle, switches[i][0], switches[i][1], (int *)NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_exec(connection->handle,
                            mode == DRIVER_MIGRATE ? "PRAGMA journal_mode = WAL"
                                                   : "PRAGMA journal_mode",
                            is_wal, &wal, NULL);
    }
    if (code != SQLITE_OK)
        return failed(connection->handle, "open", 0, code);
    if (!wal) {
        log_line("store_error", "what=\"open\" message=\"the store is not in WAL mode\"");
        return ERR_BROKEN;
    }
    TRY(execute(connection,
                "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                "PRAGMA mmap_size = 1073741824",
                "open"));
    /* what turns that share a commit have changed: in less, pages are written and read again */
    if (mode == DRIVER_WRITE)
        TRY(execute(connection, "PRAGMA cache_size = -8192", "open"));
    return controls_prepare(connection);
}

/* A store is its owner's alone, whatever the umask; SQLite gives its other files the same mode.
 * Only a file that is not there is touched: closing one that is in use would drop SQLite's locks.
 */
static void
create_private(const char *path)
{
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);

    if (file >= 0)
        (void)close(file);
}

/* The engine's statistics of its memory would make every thread take one lock at every allocation:
 * nobody reads them. What a turn may have to undo stays in memory: a turn changes some hundred
 * pages, and wrote each to a temporary file first. Refused when the engine runs already, and then
 * it is only slower. */
static void
engine_configure(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, -1);
}

static int
committed(void *context, sqlite3 *handle, const char *name, int pages)
{
    (void)handle;
    (void)name;
    checkpointer_tell(context, pages);
    return SQLITE_OK;
}

static enum err
sqlite_open(const char *url, enum driver_mode mode, struct connection **result)
{
    static const int flags[] = {
        [DRIVER_READ] = SQLITE_OPEN_READONLY,
        [DRIVER_WRITE] = SQLITE_OPEN_READWRITE,
        [DRIVER_MIGRATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
    };
    static pthread_once_t configured = PTHREAD_ONCE_INIT;
    struct connection *connection = calloc(1, sizeof *connection);

    if (connection == NULL || pthread_once(&configured, engine_configure) != 0)
        abort();
    if (mode == DRIVER_MIGRATE)
        create_private(url);
    int code = sqlite3_open_v2(url, &connection->handle, flags[mode] | SQLITE_OPEN_NOMUTEX, NULL);
    enum err outcome = code == SQLITE_OK ? connection_prepare(connection, mode)
                                         : failed(connection->handle, "open", 0, code);

    if (outcome != OK) {
        sqlite_close(connection);
        return outcome;
    }
    if (mode == DRIVER_WRITE) {
        connection->checkpointer = checkpointer_open(url, connection->handle);
        (void)sqlite3_wal_hook(connection->handle, committed, connection->checkpointer);
    }
    *result = connection;
    return OK;
}

static enum err
control_run(struct connection *connection, enum control control)
{
    int code = sqlite3_step(connection->controls[control]);

    (void)sqlite3_reset(connection->controls[control]);
    return code == SQLITE_DONE ? OK
                               : failed(connection->handle, control_sql[control], control, code);
}

/* What was read is kept, and found corrupt again long after the disk gives it back as it was: after
 * such an error all is read anew. */
static enum err
sqlite_begin(struct connection *connection, bool writing)
{
    if (connection->doubtful)
        (void)sqlite3_db_release_memory(connection->handle);
    connection->doubtful = false;
    return control_run(connection, writing ? CONTROL_WRITE : CONTROL_READ);
}

static enum err
sqlite_commit(struct connection *connection)
{
    return control_run(connection, CONTROL_COMMIT);
}

static enum err
sqlite_rollback(struct connection *connection)
{
    return control_run(connection, CONTROL_ROLLBACK);
}

static enum err
sqlite_mark(struct connection *connection)
{
    return control_run(connection, CONTROL_MARK);
}

static enum err
sqlite_release(struct connection *connection)
{
    return control_run(connection, CONTROL_RELEASE);
}

static enum err
sqlite_undo(struct connection *connection)
{
    TRY(control_run(connection, CONTROL_BACK));
    return control_run(connection, CONTROL_RELEASE);
}

static bool
sqlite_in_transaction(struct connection *connection)
{
    return sqlite3_get_autocommit(connection->handle) == 0;
}

static enum err
sqlite_script(struct connection *connection, const char *text)
{
    return execute(connection, text, "script");
}

/* Alone with the store: nobody else may have it open, nor open it until this is closed. */
static int
open_alone(const char *path, sqlite3 **handle)
{
    create_private(path);
    int code = sqlite3_open_v2(path, handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_busy_timeout(*handle, BUSY_TIMEOUT_MS);
    if (code == SQLITE_OK)
        code = sqlite3_exec(*handle,
                            "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL;"
                            "BEGIN IMMEDIATE; COMMIT",
                            NULL, NULL, NULL);
    return code;
}

/* In one step, so that what is read is one moment of a store that others go on writing to. */
static int
copy_whole(sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    int code;

    if (backup == NULL)
        return sqlite3_errcode(to);
    code = sqlite3_backup_step(backup, -1);
    int finished = sqlite3_backup_finish(backup);
    return code == SQLITE_DONE ? finished : code;
}

static enum err
sqlite_copy(const char *from, const char *to)
{
    sqlite3 *source = NULL;
    sqlite3 *target = NULL;
    int code = sqlite3_open_v2(from, &source, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_busy_timeout(source, BUSY_TIMEOUT_MS);
    if (code == SQLITE_OK)
        code = open_alone(to, &target);
    if (code == SQLITE_OK)
        code = copy_whole(source, target);
    if (code == SQLITE_OK)
        code = sqlite3_exec(target, "PRAGMA journal_mode = WAL; PRAGMA wal_checkpoint(TRUNCATE)",
                            NULL, NULL, NULL);
    enum err outcome = code == SQLITE_OK ? OK : failed(NULL, "copy", 0, code);

    (void)sqlite3_close(target);
    (void)sqlite3_close(source);
    return outcome;
}

static enum err
sqlite_sound(struct connection *connection, const struct row_reader *reader)
{
    static const struct statement looks[] = {
        {"SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'", "",
         "t", false},
        {"SELECT 'a row of ' || \"table\" || ' refers to none of ' || \"parent\""
         " FROM pragma_foreign_key_check",
         "", "t", false},
    };

    for (size_t i = 0; i < COUNT(looks); i++) {
        struct prepared *prepared = NULL;

        TRY(sqlite_prepare(connection, "sound", (unsigned)i, &looks[i], &prepared));
        TRY(sqlite_run(prepared, NULL, 0, reader, NULL));
    }
    return OK;
}

const struct driver driver_sqlite = {
    .name = "sqlite",
    .open = sqlite_open,
    .close = sqlite_close,
    .prepare = sqlite_prepare,
    .run = sqlite_run,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .mark = sqlite_mark,
    .release = sqlite_release,
    .undo = sqlite_undo,
    .in_transaction = sqlite_in_transaction,
    .script = sqlite_script,
    .copy = sqlite_copy,
    .sound = sqlite_sound,
};

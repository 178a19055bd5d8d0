/*
 * config_test.c: the presets, what a file and the command line may say, and that every refusal
 * names its place.
 */
#include "base/config.h"
#include "base/limits.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Suite *config_suite(void);

static struct arena *arena;
static char file[] = "/tmp/tripact_config_XXXXXX";

static void
setup(void)
{
    int descriptor;

    memcpy(file + sizeof(file) - 7, "XXXXXX", 6);
    descriptor = mkstemp(file);
    ck_assert_int_ge(descriptor, 0);
    close(descriptor);
    arena = arena_open(LIMIT_ARENA_BYTES);
}

static void
teardown(void)
{
    unlink(file);
    arena_close(arena);
}

static void
write_file(const char *bytes, size_t size)
{
    FILE *stream = fopen(file, "w");

    ck_assert_ptr_nonnull(stream);
    ck_assert_uint_eq(fwrite(bytes, 1, size, stream), size);
    ck_assert_int_eq(fclose(stream), 0);
}

static const struct config *
loaded(const char *text, size_t count, const char *const *overrides)
{
    const struct config *config = NULL;
    const char *complaint = "";

    write_file(text, strlen(text));
    ck_assert_msg(config_load(arena, file, count, overrides, &config, &complaint) == OK, "%s",
                  complaint);
    ck_assert_ptr_nonnull(config);
    return config;
}

/* The complaint without the name of the file. */
static const char *
refused(const char *bytes, size_t size, size_t count, const char *const *overrides)
{
    const struct config *config = NULL;
    const char *complaint = NULL;

    write_file(bytes, size);
    ck_assert_int_eq(config_load(arena, file, count, overrides, &config, &complaint), ERR_INVALID);
    ck_assert_ptr_null(config);
    ck_assert_ptr_nonnull(complaint);
    if (strncmp(complaint, file, strlen(file)) == 0)
        complaint += strlen(file);
    return complaint;
}

static const char *
refused_text(const char *text)
{
    return refused(text, strlen(text), 0, NULL);
}

START_TEST(presets)
{
    const struct config *config = NULL;
    const char *complaint = NULL;

    ck_assert_int_eq(config_load(arena, NULL, 0, NULL, &config, &complaint), OK);
    ck_assert_ptr_null(complaint);
    ck_assert_str_eq(config_text(config, CONFIG_SOCKET), "run/app.sock");
    ck_assert_str_eq(config_text(config, CONFIG_SOCKET_GROUP), "");
    ck_assert_str_eq(config_text(config, CONFIG_DATABASE), "tripact.db");
    ck_assert_str_eq(config_text(config, CONFIG_PUBLIC_ADDRESS), "http://localhost:8080");
    ck_assert_int_eq(config_integer(config, CONFIG_WORKERS), 0);
    ck_assert_int_eq(config_integer(config, CONFIG_BACKLOG), 1024);
    ck_assert_int_eq(config_integer(config, CONFIG_PASSWORD_OPS), 2);
    ck_assert_int_eq(config_integer(config, CONFIG_PASSWORD_MEMORY_KIB), 65536);
    ck_assert_int_eq(config_integer(config, CONFIG_PUBLISH_DELAY_S), 0);
    ck_assert_int_eq(config_integer(config, CONFIG_HASH_SLOTS), 0);
    ck_assert_int_eq(config_integer(config, CONFIG_DRAIN_S), 45);
    ck_assert(!config_yes(config, CONFIG_CERTIFICATE_BLOCKING));
    ck_assert_int_eq(config_rate(config, CONFIG_FEE_PERCENT).e8, 3 * RATE_ONE_PERCENT);
}
END_TEST

START_TEST(every_row_is_complete)
{
    for (int i = 0; i < CONFIG_COUNT; i++) {
        const struct config_key *key = config_key((enum config_name)i);

        ck_assert_ptr_nonnull(key->name);
        ck_assert_ptr_nonnull(key->preset);
        ck_assert_ptr_nonnull(key->help);
        ck_assert_uint_gt(strlen(key->help), 10);
        ck_assert_int_eq(key->kind == CONFIG_CHOICE, key->choices != NULL);
        ck_assert_int_le(key->low, key->high);
        ck_assert_uint_eq(strspn(key->name, "abcdefghijklmnopqrstuvwxyz_"), strlen(key->name));
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(key->name, config_key((enum config_name)j)->name);
    }
}
END_TEST

START_TEST(a_file_is_read)
{
    const struct config *config = loaded("# Tripact\n"
                                         "\n"
                                         "   # indented, with = and \xe2\x82\xac\n"
                                         "socket = /run/tripact/app.sock\r\n"
                                         "\tsocket_group=www-data\n"
                                         "database  =  a b#c=d.db  \n"
                                         "workers\t=\t16\n"
                                         "public_address = https://tripact.example\n"
                                         "certificate_blocking = yes\n"
                                         "fee_percent = 2.75\n"
                                         "drain_s = 1",
                                         0, NULL);

    ck_assert_str_eq(config_text(config, CONFIG_SOCKET), "/run/tripact/app.sock");
    ck_assert_str_eq(config_text(config, CONFIG_SOCKET_GROUP), "www-data");
    ck_assert_str_eq(config_text(config, CONFIG_DATABASE), "a b#c=d.db");
    ck_assert_int_eq(config_integer(config, CONFIG_WORKERS), 16);
    ck_assert_str_eq(config_text(config, CONFIG_WORKERS), "16");
    ck_assert_str_eq(config_text(config, CONFIG_PUBLIC_ADDRESS), "https://tripact.example");
    ck_assert(config_yes(config, CONFIG_CERTIFICATE_BLOCKING));
    ck_assert_int_eq(config_rate(config, CONFIG_FEE_PERCENT).e8, INT64_C(275000000));
    ck_assert_int_eq(config_integer(config, CONFIG_DRAIN_S), 1);
    ck_assert_int_eq(config_integer(config, CONFIG_BACKLOG), 1024);
}
END_TEST

START_TEST(the_command_line_wins)
{
    static const char *const overrides[] = {"--workers=8", "--socket_group=", "--database=x=y.db"};
    const struct config *config =
        loaded("workers = 4\nsocket_group = www-data\n", COUNT(overrides), overrides);

    ck_assert_int_eq(config_integer(config, CONFIG_WORKERS), 8);
    ck_assert_str_eq(config_text(config, CONFIG_SOCKET_GROUP), "");
    ck_assert_str_eq(config_text(config, CONFIG_DATABASE), "x=y.db");
}
END_TEST

START_TEST(refusals_name_the_line)
{
    static const char *const rows[][2] = {
        {"# one\n\nsoket = x\n", ":3: unknown key \"soket\""},
        {"Socket = x\n", ":1: unknown key \"Socket\""},
        {"= x\n", ":1: unknown key \"\""},
        {"workers = 4\n\nworkers = 4\n", ":3: workers is given twice"},
        {"workers\n", ":1: expected \"key = value\" or a line beginning with #"},
        {"workers = 4 # many\n", ":1: workers must be a whole number from 0 to 256"},
        {"workers = four\n", ":1: workers must be a whole number from 0 to 256"},
        {"workers = -1\n", ":1: workers must be a whole number from 0 to 256"},
        {"workers =\n", ":1: workers must be a whole number from 0 to 256"},
        {"backlog = 1023\n", ":1: backlog must be a whole number from 1024 to 65535"},
        {"backlog = 65536\n", ":1: backlog must be a whole number from 1024 to 65535"},
        {"password_ops = 0\n", ":1: password_ops must be a whole number from 1 to 16"},
        {"password_memory_kib = 7\n",
         ":1: password_memory_kib must be a whole number from 8 to 1048576"},
        {"publish_delay_s = 21601\n", ":1: publish_delay_s must be a whole number from 0 to 21600"},
        {"certificate_blocking = maybe\n", ":1: certificate_blocking must be one of yes|no"},
        {"certificate_blocking = yes|no\n", ":1: certificate_blocking must be one of yes|no"},
        {"certificate_blocking =\n", ":1: certificate_blocking must be one of yes|no"},
        {"socket =\n", ":1: socket must be 1 to 107 bytes long"},
        {"fee_percent = 100.1\n",
         ":1: fee_percent must be a percentage from 0 to 100 with at most 8 decimals"},
        {"fee_percent = three\n",
         ":1: fee_percent must be a percentage from 0 to 100 with at most 8 decimals"},
        {"database = a\tb\n", ":1: the line holds a control character"},
        {"data\x1b[0m = a\n", ":1: the line holds a control character"},
        {"# fine\n\xff\n", ":2: the line is not UTF-8 text"},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_str_eq(refused_text(rows[i][0]), rows[i][1]);
}
END_TEST

START_TEST(odd_files)
{
    const struct config *config = NULL;
    const char *complaint = NULL;
    char long_file[70000];

    ck_assert_str_eq(refused("workers = 4\n# \0\n", 16, 0, NULL), ":2: the line is not UTF-8 text");

    memset(long_file, '\n', sizeof(long_file));
    ck_assert_str_eq(refused(long_file, sizeof(long_file), 0, NULL),
                     ": the file is longer than 64 KiB");

    ck_assert_int_eq(config_load(arena, "/nowhere/x.conf", 0, NULL, &config, &complaint),
                     ERR_INVALID);
    ck_assert_str_eq(complaint, "/nowhere/x.conf: No such file or directory");
    ck_assert_int_eq(config_load(arena, "/tmp", 0, NULL, &config, &complaint), ERR_INVALID);
    ck_assert_str_eq(complaint, "/tmp: Is a directory");
    ck_assert_ptr_null(config);

    ck_assert_ptr_nonnull(loaded("", 0, NULL));
    ck_assert_ptr_nonnull(loaded("\n\n\n", 0, NULL));
    memset(long_file, '#', sizeof(long_file));
    for (size_t i = 1; i < 64 * 1024; i += 2)
        long_file[i] = '\n';
    long_file[64 * 1024] = '\0';
    ck_assert_ptr_nonnull(loaded(long_file, 0, NULL));
}
END_TEST

START_TEST(options_refused)
{
    static const char *const rows[][2] = {
        {"--wokers=1", "command line: unknown key \"wokers\""},
        {"--workers", "command line: expected --key=value, not \"--workers\""},
        {"-workers=1", "command line: expected --key=value, not \"-workers=1\""},
        {"workers=1", "command line: expected --key=value, not \"workers=1\""},
        {"=--", "command line: expected --key=value, not \"=--\""},
        {"--=1", "command line: unknown key \"\""},
        {"--", "command line: expected --key=value, not \"--\""},
        {"", "command line: expected --key=value, not \"\""},
        {"--backlog=10", "command line: backlog must be a whole number from 1024 to 65535"},
        {"--backlog= 1024", "command line: backlog must be a whole number from 1024 to 65535"},
        {"--database=a\nb", "command line: an option holds what is not text"},
        {"--database=\xff", "command line: an option holds what is not text"},
    };
    static const char *const twice[] = {"--workers=4", "--workers=4"};

    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_str_eq(refused("", 0, 1, &rows[i][0]), rows[i][1]);
    ck_assert_str_eq(refused("", 0, 2, twice), "command line: workers is given twice");
}
END_TEST

START_TEST(addresses)
{
    static const char *const good[] = {"http://localhost",      "https://tripact.example",
                                       "http://127.0.0.1:9001", "https://a-b.example:65535",
                                       "http://[::1]:8080",     "http://[::1]"};
    static const char *const bad[] = {"",
                                      "localhost:8080",
                                      "ftp://localhost",
                                      "http://",
                                      "https://:443",
                                      "http://localhost/",
                                      "http://localhost:8080/app",
                                      "http://localhost:",
                                      "http://localhost:0",
                                      "http://localhost:65536",
                                      "http://localhost:80a",
                                      "http://user@localhost",
                                      "http://local host",
                                      "http://LOCALHOST",
                                      "http://[::1",
                                      "http://[]",
                                      "http://[",
                                      "http://[::1]8080",
                                      "http://localhost?x"};

    for (size_t i = 0; i < COUNT(good); i++) {
        const char *line = arena_format(arena, "public_address = %s\n", good[i]);

        ck_assert_str_eq(config_text(loaded(line, 0, NULL), CONFIG_PUBLIC_ADDRESS), good[i]);
    }
    for (size_t i = 0; i < COUNT(bad); i++) {
        const char *line = arena_format(arena, "public_address = %s\n", bad[i]);

        ck_assert_msg(strncmp(refused_text(line), ":1: public_address must be ", 27) == 0, "%s",
                      bad[i]);
    }
}
END_TEST

START_TEST(long_values)
{
    char line[256];
    size_t head = strlen("socket=");

    memset(line, 'a', sizeof(line));
    memcpy(line, "socket=", head);
    line[head + 107] = '\0';
    ck_assert_uint_eq(strlen(config_text(loaded(line, 0, NULL), CONFIG_SOCKET)), 107);
    line[head + 107] = 'a';
    line[head + 108] = '\0';
    ck_assert_str_eq(refused_text(line), ":1: socket must be 1 to 107 bytes long");
}
END_TEST

START_TEST(the_same_sources_can_be_read_again)
{
    static const char *const overrides[] = {"--drain_s=7"};
    const struct config *first = loaded("workers = 4\ndrain_s = 9\n", 1, overrides);
    const struct config *again = NULL;
    const char *complaint = NULL;

    write_file("workers = 5\ndrain_s = 8\n", 24);
    ck_assert_int_eq(config_load_again(arena, first, &again, &complaint), OK);
    ck_assert_int_eq(config_integer(again, CONFIG_WORKERS), 5);
    ck_assert_int_eq(config_integer(again, CONFIG_DRAIN_S), 7);
    ck_assert_int_eq(config_integer(first, CONFIG_WORKERS), 4);

    write_file("workers = 5\nworkers = 6\n", 24);
    ck_assert_int_eq(config_load_again(arena, again, &again, &complaint), ERR_INVALID);
    ck_assert_ptr_nonnull(strstr(complaint, ":2: workers is given twice"));
    ck_assert_int_eq(config_integer(again, CONFIG_WORKERS), 5);

    ck_assert_int_eq(config_load(arena, NULL, 0, NULL, &first, &complaint), OK);
    ck_assert_int_eq(config_load_again(arena, first, &again, &complaint), OK);
    ck_assert_int_eq(config_integer(again, CONFIG_WORKERS), 0);
}
END_TEST

Suite *
config_suite(void)
{
    Suite *suite = suite_create("config");
    TCase *tcase = tcase_create("config");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, presets);
    tcase_add_test(tcase, every_row_is_complete);
    tcase_add_test(tcase, a_file_is_read);
    tcase_add_test(tcase, the_command_line_wins);
    tcase_add_test(tcase, refusals_name_the_line);
    tcase_add_test(tcase, odd_files);
    tcase_add_test(tcase, options_refused);
    tcase_add_test(tcase, addresses);
    tcase_add_test(tcase, long_values);
    tcase_add_test(tcase, the_same_sources_can_be_read_again);
    suite_add_tcase(suite, tcase);
    return suite;
}

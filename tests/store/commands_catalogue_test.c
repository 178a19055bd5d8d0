/*
 * commands_catalogue_test.c: `tripact catalogue` on a store: whose catalogue, which file, what it
 * says, and with which status it ends.
 */
#include <check.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "main.h"
#include "store/accounts.h"
#include "support/temp_store.h"

#define SELLER "90417001"

static struct temp_store temp;
static const struct config *config;

static void
setup(void)
{
    const char *complaint = NULL;
    const char *override;

    temp_store_open(&temp, NULL);
    temp_market(&temp, "hash");
    override = arena_format(temp.arena, "--database=%s", temp.path);
    ck_assert_int_eq(config_load(temp.arena, NULL, 1, &override, &config, &complaint), OK);
}

static void
other_seller(void)
{
    const struct publisher other = {.id = "90417010",
                                    .name = "Tern Analytics",
                                    .hq_state = "",
                                    .location = "IS",
                                    .tax_status = TAX_NONE,
                                    .tax_country = ""};
    struct db *db = temp_write(&temp);

    ck_assert_int_eq(publisher_insert(db, temp.arena, &other), OK);
    temp_keep(&temp, db);
}

static const char *
path_of(const char *name)
{
    return arena_format(temp.arena, "%s/%s", temp.folder, name);
}

static void
teardown(void)
{
    static const char *const names[] = {"in.json", "out.json", "out", "err"};

    for (size_t i = 0; i < COUNT(names); i++)
        (void)unlink(path_of(names[i]));
    temp_store_close(&temp);
}

static const char *
text_of(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text;
    long size;

    ck_assert_msg(file != NULL, "%s cannot be read", path);
    ck_assert_int_eq(fseek(file, 0, SEEK_END), 0);
    size = ftell(file);
    ck_assert_int_ge(size, 0);
    rewind(file);
    text = arena_alloc(temp.arena, (size_t)size + 1);
    ck_assert_uint_eq(fread(text, 1, (size_t)size, file), (size_t)size);
    (void)fclose(file);
    return text;
}

static void
text_put(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, strlen(text), file), strlen(text));
    ck_assert_int_eq(fclose(file), 0);
}

/* What a command said and how it ended. */
struct told {
    int status;
    const char *out;
    const char *err;
};

/* Runs the command with those words, at most three; input NULL: nothing to read. */
static struct told
tell(const char *input, const char *first, const char *second, const char *third)
{
    char *words[] = {arena_text(temp.arena, first == NULL ? "" : first),
                     arena_text(temp.arena, second == NULL ? "" : second),
                     arena_text(temp.arena, third == NULL ? "" : third)};
    int count = (first != NULL) + (second != NULL) + (third != NULL);
    int saved_out = dup(STDOUT_FILENO);
    int saved_err = dup(STDERR_FILENO);
    struct told told;

    (void)fflush(stdout);
    ck_assert_ptr_nonnull(freopen(path_of("out"), "wb", stdout));
    ck_assert_ptr_nonnull(freopen(path_of("err"), "wb", stderr));
    ck_assert_ptr_nonnull(freopen(input == NULL ? "/dev/null" : input, "rb", stdin));
    told.status = command_catalogue(config, count, words);
    (void)fflush(stdout);
    (void)fflush(stderr);
    ck_assert_int_ge(dup2(saved_out, STDOUT_FILENO), 0);
    ck_assert_int_ge(dup2(saved_err, STDERR_FILENO), 0);
    (void)close(saved_out);
    (void)close(saved_err);
    told.out = text_of(path_of("out"));
    told.err = text_of(path_of("err"));
    return told;
}

static const char *
source(const char *name)
{
    const char *root = getenv("TRIPACT_SOURCE");

    return arena_format(temp.arena, "%s/%s", root == NULL ? "." : root, name);
}

START_TEST(a_catalogue_goes_in_and_comes_out)
{
    struct told told = tell(NULL, "import", source("tests/golden/catalogue.json"), NULL);

    /* its markets are not sold in here */
    ck_assert_int_eq(told.status, EXIT_FAILURE);
    ck_assert(strstr(told.err, "products[0].plans[0].markets: Choose markets of the list") != NULL);
    ck_assert(strstr(told.err, "nothing was imported from ") != NULL);

    text_put(path_of("in.json"), "{\"products\": [{\"id\": \"p\", \"name\": \"P\", \"type\": "
                                 "\"AZURE_VM\", \"plans\": [{\"id\": \"a\", \"name\": \"A\", "
                                 "\"vmHourly\": {\"flat\": 0.5}}]}]}");
    told = tell(NULL, "import", path_of("in.json"), NULL);
    ck_assert_int_eq(told.status, EXIT_SUCCESS);
    ck_assert_str_eq(told.out, "Products and plans: 2 new, 0 changed, 0 unchanged.\n");
    ck_assert_int_eq(tell(NULL, "export", path_of("out.json"), NULL).status, EXIT_SUCCESS);
    ck_assert(strstr(text_of(path_of("out.json")), "\"flat\": 0.500000") != NULL);
    /* by the standard streams the same */
    told = tell(NULL, "export", NULL, NULL);
    ck_assert_str_eq(told.out, text_of(path_of("out.json")));
    ck_assert_str_eq(tell(NULL, "export", "-", NULL).out, told.out);
    told = tell(path_of("out.json"), "import", "-", NULL);
    ck_assert_str_eq(told.out, "Products and plans: 0 new, 0 changed, 2 unchanged.\n");
}
END_TEST

/* The block that begins with ```json. */
START_TEST(the_example_of_the_readme_is_imported)
{
    const char *text = text_of(source("README.md"));
    const char *begin = strstr(text, "```json\n");
    const char *end;
    struct told told;

    ck_assert_ptr_nonnull(begin);
    begin += strlen("```json\n");
    end = strstr(begin, "```");
    ck_assert_ptr_nonnull(end);
    text_put(path_of("in.json"), arena_copy(temp.arena, begin, (size_t)(end - begin)));
    told = tell(NULL, "import", path_of("in.json"), NULL);
    ck_assert_str_eq(told.err, "");
    ck_assert_str_eq(told.out, "Products and plans: 6 new, 0 changed, 0 unchanged.\n");
}
END_TEST

START_TEST(it_is_said_whose_where_it_is_not_plain)
{
    struct told told;

    other_seller();
    text_put(path_of("in.json"), "{\"products\": [{\"id\": \"p\", \"name\": \"P\", \"type\": "
                                 "\"SAAS\", \"published\": false}]}");
    told = tell(NULL, "import", path_of("in.json"), NULL); /* two, and neither sells */
    ck_assert_int_eq(told.status, EXIT_FAILURE);
    ck_assert_str_eq(told.err, "tripact: say whose catalogue it is: --seller_id=ID\n");
    told = tell(NULL, "import", path_of("in.json"), "--seller_id=1");
    ck_assert_int_eq(told.status, EXIT_FAILURE);
    ck_assert_str_eq(told.err, "tripact: there is no publisher 1\n");
    told = tell(NULL, "import", path_of("in.json"), "--seller_id=" SELLER);
    ck_assert_str_eq(told.out, "Products and plans: 1 new, 0 changed, 0 unchanged.\n");
    /* now one of the two sells */
    told = tell(NULL, "export", NULL, NULL);
    ck_assert_int_eq(told.status, EXIT_SUCCESS);
    ck_assert(strstr(told.out, "\"id\": \"p\"") != NULL);
    ck_assert_str_eq(tell(NULL, "export", "--seller_id=90417010", NULL).out,
                     "{\n  \"products\": []\n}\n");
}
END_TEST

START_TEST(problems_are_told_one_a_line)
{
    struct told told;

    text_put(path_of("in.json"), "{\"products\": [{\"id\": \"p\", \"name\": 1}]}");
    told = tell(NULL, "import", path_of("in.json"), NULL);
    ck_assert_int_eq(told.status, EXIT_FAILURE);
    ck_assert_str_eq(told.out, "");
    ck_assert_str_eq(told.err, arena_format(temp.arena,
                                            "products[0].name: Write a text, in quotes\n"
                                            "products[0].type: This is missing\n"
                                            "tripact: nothing was imported from %s: 2 to mend\n",
                                            path_of("in.json")));
}
END_TEST

START_TEST(a_file_that_cannot_be_read_or_written_is_named)
{
    char *large = arena_alloc(temp.arena, LIMIT_CATALOGUE_BYTES + 2);
    struct told told = tell(NULL, "import", path_of("none.json"), NULL);

    ck_assert_int_eq(told.status, EXIT_FAILURE);
    ck_assert_str_eq(told.err, arena_format(temp.arena,
                                            "tripact: cannot read %s: No such file or directory\n",
                                            path_of("none.json")));
    told = tell(NULL, "export", path_of("no/out.json"), NULL);
    ck_assert_int_eq(told.status, EXIT_FAILURE);
    ck_assert(strstr(told.err, "cannot write ") != NULL);
    memset(large, ' ', LIMIT_CATALOGUE_BYTES + 1);
    text_put(path_of("in.json"), large);
    told = tell(NULL, "import", path_of("in.json"), NULL);
    ck_assert_int_eq(told.status, EXIT_FAILURE);
    ck_assert(strstr(told.err, "is larger than 10 MiB") != NULL);
}
END_TEST

START_TEST(wrong_use_says_how)
{
    ck_assert_int_eq(tell(NULL, NULL, NULL, NULL).status, EXIT_SUCCESS);
    ck_assert(strstr(tell(NULL, NULL, NULL, NULL).out, "usage: tripact catalogue") != NULL);
    ck_assert_int_eq(tell(NULL, "delete", NULL, NULL).status, EXIT_WRONG_USE);
    ck_assert_int_eq(tell(NULL, "export", "a", "b").status, EXIT_WRONG_USE);
    ck_assert_int_eq(tell(NULL, "export", "--seller_id=1", "--seller_id=2").status, EXIT_WRONG_USE);
    ck_assert_int_eq(tell(NULL, "import", NULL, NULL).status, EXIT_WRONG_USE);
}
END_TEST

Suite *
commands_catalogue_suite(void)
{
    Suite *suite = suite_create("commands_catalogue");
    TCase *tests = tcase_create("all");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 30);
    tcase_add_test(tests, a_catalogue_goes_in_and_comes_out);
    tcase_add_test(tests, the_example_of_the_readme_is_imported);
    tcase_add_test(tests, it_is_said_whose_where_it_is_not_plain);
    tcase_add_test(tests, problems_are_told_one_a_line);
    tcase_add_test(tests, a_file_that_cannot_be_read_or_written_is_named);
    tcase_add_test(tests, wrong_use_says_how);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * json_text_test.c: what passes is strict JSON within its bounds, and what does not is named by its
 * path or its line and column.
 */
#include <check.h>

#include <string.h>

#include "actions/json_text.h"

static struct arena *arena;

static void
setup(void)
{
    arena = arena_open(LIMIT_ARENA_BYTES);
}

static void
teardown(void)
{
    arena_close(arena);
}

/* The only problem as "at: message", "" when the text passes; ' stands for ". */
static const char *
refused_bytes(const char *bytes, size_t size)
{
    struct problems *problems = problems_new(arena);
    struct json_pieces pieces = {NULL, 0};
    enum err outcome = json_text_split(arena, bytes, size, "products", problems, &pieces);

    if (outcome == OK) {
        ck_assert_uint_eq(problems->count, 0);
        return "";
    }
    ck_assert_int_eq(outcome, ERR_INVALID);
    ck_assert_uint_eq(problems->count, 1);
    return arena_format(arena, "%s: %s", problems->list[0].at, problems->list[0].message);
}

static char *
quoted(const char *text)
{
    char *copy = arena_text(arena, text);

    for (char *at = copy; *at != '\0'; at++)
        *at = *at == '\'' ? '"' : *at;
    return copy;
}

static const char *
refused(const char *text)
{
    const char *bytes = quoted(text);

    return refused_bytes(bytes, strlen(bytes));
}

/* One product with that value as its only member. */
static const char *
refused_value(const char *value)
{
    return refused(arena_format(arena, "{'products': [{'a': %s}]}", value));
}

START_TEST(pieces_are_the_objects_of_the_list)
{
    const char *text = "\xef\xbb\xbf {\n \"products\" : [ {\"a\": [1, {}, \"}\"]} ,{} ] } \r\n\t";
    struct problems *problems = problems_new(arena);
    struct json_pieces pieces;

    ck_assert_int_eq(json_text_split(arena, text, strlen(text), "products", problems, &pieces), OK);
    ck_assert_uint_eq(pieces.count, 2);
    ck_assert_str_eq(arena_copy(arena, text + pieces.rows[0].offset, pieces.rows[0].size),
                     "{\"a\": [1, {}, \"}\"]}");
    ck_assert_str_eq(arena_copy(arena, text + pieces.rows[1].offset, pieces.rows[1].size), "{}");
}
END_TEST

START_TEST(strict_json_passes)
{
    ck_assert_str_eq(refused("{'products': []}"), "");
    ck_assert_str_eq(refused_value("true"), "");
    ck_assert_str_eq(refused_value("null"), "");
    ck_assert_str_eq(refused_value("-0.50"), "");
    ck_assert_str_eq(refused_value("123456789012345.123456789012345"), "");
    ck_assert_str_eq(refused_value("'\\u00e9\\\\\\/\\b\\f\\n\\r\\t\\ud83d\\ude00'"), "");
    ck_assert_str_eq(refused_value("[[], {'b': {}, 'c': [0]}]"), "");
}
END_TEST

START_TEST(the_outermost_shape_is_an_object_with_the_list)
{
    static const char object[] = ": The file must be an object with a list “products”";

    ck_assert_str_eq(refused(""), object);
    ck_assert_str_eq(refused("[]"), object);
    ck_assert_str_eq(refused("'products'"), object);
    ck_assert_str_eq(refused("{}"), "products: This list is missing");
    ck_assert_str_eq(refused("{'plans': []}"),
                     "plans: This is not known here; the file holds “products”");
    ck_assert_str_eq(refused("{'products': [], 'x': 1}"),
                     "x: This is not known here; the file holds “products”");
    ck_assert_str_eq(refused("{'products': {}}"), "products: Write a list, in [ and ]");
    ck_assert_str_eq(refused("{'products': 1}"), "products: Write a list, in [ and ]");
    ck_assert_str_eq(refused("{'products': [{}, []]}"), "products[1]: Write an object, in { and }");
}
END_TEST

START_TEST(syntax_is_refused_at_its_line_and_column)
{
    ck_assert_str_eq(refused("{'products': [\n  {'a': 1}\n  {}]}"),
                     "line 3, column 3: A comma or ] belongs here");
    ck_assert_str_eq(refused("{'products': [{'a': 1 'b': 2}]}"),
                     "line 1, column 23: A comma or } belongs here");
    ck_assert_str_eq(refused("{'products': [{'é': 1,}]}"),
                     "line 1, column 23: A name in quotes belongs here");
    ck_assert_str_eq(refused("{'products': [{'a' 1}]}"), "line 1, column 20: A colon belongs here");
    ck_assert_str_eq(refused("{'products': []} {}"),
                     "line 1, column 18: The file goes on after its end; remove what is here");
    ck_assert_str_eq(refused("{'products': [{'a': "),
                     "line 1, column 21: The file ends too early; a value is missing");
    ck_assert_str_eq(refused("{'products': [{a: 1}]}"),
                     "line 1, column 16: A name in quotes belongs here");
    ck_assert_str_eq(refused("{'products': [{'a': [1,]}]}"),
                     "line 1, column 24: A value belongs here: an object, a list, a text in "
                     "quotes, a number, true or false");
    ck_assert(strstr(refused_value("NaN"), "line 1, column 21: A value belongs here") != NULL);
    ck_assert(strstr(refused_value("Infinity"), "A value belongs here") != NULL);
    ck_assert(strstr(refused_value("+1"), "A value belongs here") != NULL);
    ck_assert(strstr(refused_value(".5"), "A value belongs here") != NULL);
    ck_assert(strstr(refused_value("/* 1 */ 1"), "A value belongs here") != NULL);
    ck_assert(strstr(refused_value("trues"), "A comma or } belongs here") != NULL);
}
END_TEST

START_TEST(numbers_are_plain_decimals)
{
    static const char begins[] = "A number begins with a digit, and with 0 only before the point";

    ck_assert(strstr(refused_value("01"), begins) != NULL);
    ck_assert(strstr(refused_value("-"), begins) != NULL);
    ck_assert(strstr(refused_value("1."), "A digit belongs after the point") != NULL);
    ck_assert(strstr(refused_value("1e2"), "Write numbers without an exponent") != NULL);
    ck_assert(strstr(refused_value("1.5E+2"), "Write numbers without an exponent") != NULL);
    ck_assert(strstr(refused_value("1234567890123456"), "This number is too large") != NULL);
    ck_assert(strstr(refused_value("0.1234567890123456"), "too many decimals") != NULL);
}
END_TEST

START_TEST(texts_are_whole_characters_without_nul)
{
    ck_assert(strstr(refused_value("'\\u0000'"), "can't contain the character NUL") != NULL);
    ck_assert(strstr(refused_value("'\\ud83d'"), "The second half of a pair") != NULL);
    ck_assert(strstr(refused_value("'\\ud83d\\u0041'"), "The second half of a pair") != NULL);
    ck_assert(strstr(refused_value("'\\ude00'"), "second half of a pair without") != NULL);
    ck_assert(strstr(refused_value("'\\u12g4'"), "Four hexadecimal digits") != NULL);
    ck_assert(strstr(refused_value("'\\x'"), "not one of the escapes") != NULL);
    ck_assert(strstr(refused_value("'a\nb'"), "can't contain control characters") != NULL);
    ck_assert(strstr(refused_value("'abc"), "has no closing quote") != NULL);
    ck_assert_str_eq(refused_bytes("{\"products\": [{\"a\": \"\xff\"}]}", 26),
                     ": The file must be text in UTF-8");
    ck_assert_str_eq(refused_bytes("{\"products\": [{}\0]}", 19),
                     ": The file must be text in UTF-8");
}
END_TEST

START_TEST(a_key_stands_once)
{
    ck_assert_str_eq(refused("{'products': [{'a': 1, 'b': {'c': [0, {'x': 1, 'x': 2}]}}]}"),
                     "products[0].b.c[1].x: This is here twice; keep one");
    ck_assert_str_eq(refused("{'products': [], 'products': []}"),
                     "products: This is here twice; keep one");
    ck_assert_str_eq(refused("{'products': [{}, {'a': 1, 'a': 1}]}"),
                     "products[1].a: This is here twice; keep one");
    ck_assert_str_eq(refused("{'products': [{'\\u0061': 1}]}"),
                     "products[0].\\u0061: Write this name without a backslash");
}
END_TEST

/* count times "piece," and the last without the comma, inside one product. */
static const char *
refused_many(const char *open, const char *piece, size_t count, const char *close)
{
    size_t length = strlen(piece);
    char *text = arena_alloc(arena, count * length + 256);
    size_t at = (size_t)snprintf(text, 128, "{\"products\": [{\"a\": %s", open);

    for (size_t i = 0; i < count; i++) {
        memcpy(text + at, piece, length);
        at += length;
    }
    at -= piece[length - 1] == ',' ? 1 : 0;
    at += (size_t)snprintf(text + at, 64, "%s}]}", close);
    return refused_bytes(text, at);
}

START_TEST(everything_is_bounded)
{
    const char *members = "";
    const char *deep = "1";

    ck_assert_str_eq(refused_many("[", "1,", LIMIT_JSON_VALUES - 2, "]"), "");
    ck_assert(strstr(refused_many("[", "1,", LIMIT_JSON_VALUES - 1, "]"),
                     "There is more here than a product can have") != NULL);
    ck_assert_str_eq(refused_many("[", "{},", LIMIT_JSON_CONTAINERS - 2, "]"), "");
    ck_assert(strstr(refused_many("[", "{},", LIMIT_JSON_CONTAINERS - 1, "]"),
                     "There is more here than a product can have") != NULL);
    for (int i = 0; i < LIMIT_JSON_MEMBERS; i++)
        members = arena_format(arena, "%s%s'k%d': 1", members, i == 0 ? "" : ", ", i);
    ck_assert_str_eq(refused_value(arena_format(arena, "{%s}", members)), "");
    ck_assert(strstr(refused_value(arena_format(arena, "{%s, 'l': 1}", members)),
                     "This object has too many members") != NULL);
    for (int i = 3; i < LIMIT_JSON_DEPTH; i++) /* the file, the list and the product */
        deep = arena_format(arena, "[%s]", deep);
    ck_assert_str_eq(refused_value(deep), "");
    ck_assert(strstr(refused_value(arena_format(arena, "[%s]", deep)), "nested too deeply") !=
              NULL);
}
END_TEST

START_TEST(a_file_has_its_largest_size)
{
    static const char begin[] = "{\"products\": []}";
    char *text = arena_alloc(arena, LIMIT_CATALOGUE_BYTES + 1);

    memset(text, ' ', LIMIT_CATALOGUE_BYTES + 1);
    memcpy(text, begin, strlen(begin));
    ck_assert_str_eq(refused_bytes(text, LIMIT_CATALOGUE_BYTES), "");
    ck_assert_str_eq(refused_bytes(text, LIMIT_CATALOGUE_BYTES + 1),
                     ": The file is larger than 10 MiB");
}
END_TEST

START_TEST(a_file_has_a_thousand_products)
{
    char *text = arena_alloc(arena, LIMIT_FILE_PRODUCTS * 3 + 64);
    size_t at = (size_t)snprintf(text, 32, "{\"products\": [");

    for (int i = 0; i < LIMIT_FILE_PRODUCTS; i++, at += 3)
        memcpy(text + at, "{},", 3);
    memcpy(text + at - 1, "]}", 2);
    ck_assert_str_eq(refused_bytes(text, at + 1), "");
    memcpy(text + at - 1, ",{}]}", 5);
    ck_assert_str_eq(refused_bytes(text, at + 4), "products: A file has at most 1000 products");
}
END_TEST

START_TEST(a_text_is_written_as_it_is_read)
{
    struct buffer buffer;

    buffer_open(&buffer, 1024);
    json_put_text(&buffer, "a\"b\\c\nd\te\x01\x1f é\xf0\x9f\x98\x80/");
    ck_assert_str_eq(buffer.data, "\"a\\\"b\\\\c\\nd\\u0009e\\u0001\\u001f é\xf0\x9f\x98\x80/\"");
    buffer_clear(&buffer);
    json_put_text(&buffer, "");
    ck_assert_str_eq(buffer.data, "\"\"");
    buffer_close(&buffer);
}
END_TEST

Suite *
json_text_suite(void)
{
    Suite *suite = suite_create("json_text");
    TCase *tests = tcase_create("all");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, pieces_are_the_objects_of_the_list);
    tcase_add_test(tests, strict_json_passes);
    tcase_add_test(tests, the_outermost_shape_is_an_object_with_the_list);
    tcase_add_test(tests, syntax_is_refused_at_its_line_and_column);
    tcase_add_test(tests, numbers_are_plain_decimals);
    tcase_add_test(tests, texts_are_whole_characters_without_nul);
    tcase_add_test(tests, a_key_stands_once);
    tcase_add_test(tests, everything_is_bounded);
    tcase_add_test(tests, a_file_has_its_largest_size);
    tcase_add_test(tests, a_file_has_a_thousand_products);
    tcase_add_test(tests, a_text_is_written_as_it_is_read);
    suite_add_tcase(suite, tests);
    return suite;
}

/*
 * json_text.c: a walk over JSON's brackets, keys and words, without building anything.
 *
 * Not here: what the keys mean. Invariant: no step recurses, and each moves forward: the walk takes
 * time in the length of the text times the keys an object may have.
 */
#include "actions/json_text.h"

#include <string.h>

#define NUMBER_DIGITS 15  /* on either side of the point: more than any number here can use */
#define PATH_KEY_BYTES 64 /* shown of a key: it may be anything */

/* What has to come next. */
enum want {
    WANT_VALUE,
    WANT_VALUE_OR_END, /* after [ */
    WANT_KEY,
    WANT_KEY_OR_END, /* after { */
    WANT_COLON,
    WANT_COMMA_OR_END,
    WANT_NOTHING
};

struct span {
    const char *at;
    size_t length;
};

/* An object or array that is open. */
struct frame {
    bool array;
    size_t index; /* of the element at hand */
    size_t key_count;
    struct span keys[LIMIT_JSON_MEMBERS]; /* the last one is at hand */
};

struct walk {
    struct arena *arena;
    struct problems *problems;
    const char *bytes;
    size_t size;
    size_t at;
    const char *list;
    struct json_pieces *pieces;
    size_t containers; /* of the piece at hand */
    size_t values;     /* the same */
    size_t depth;
    struct frame frames[LIMIT_JSON_DEPTH];
};

/* ---- Saying where ------------------------------------------------------------------------- */

static const char *
key_shown(const struct walk *walk, const struct span *key)
{
    size_t length = key->length < PATH_KEY_BYTES ? key->length : PATH_KEY_BYTES;

    while (length > 0 && !text_is_utf8(key->at, length))
        length--;
    return arena_copy(walk->arena, key->at, length);
}

/* The path of the value at hand, as long as somebody reads it: a file may have a million wrong
 * ones.
 */
static const char *
walk_path(const struct walk *walk)
{
    const char *path = "";

    if (problems_full(walk->problems))
        return path;
    for (size_t i = 0; i < walk->depth; i++) {
        const struct frame *frame = &walk->frames[i];

        if (frame->array)
            path = arena_format(walk->arena, "%s[%zu]", path, frame->index);
        else if (frame->key_count > 0)
            path = arena_format(walk->arena, "%s%s%s", path, *path == '\0' ? "" : ".",
                                key_shown(walk, &frame->keys[frame->key_count - 1]));
    }
    return path;
}

/* The text is not JSON here. Answers false: the walk ends. */
static bool
broken(struct walk *walk, const char *message)
{
    size_t line = 1;
    size_t begin = 0;

    for (size_t i = 0; i < walk->at; i++) {
        if (walk->bytes[i] == '\n') {
            line++;
            begin = i + 1;
        }
    }
    const char *before = arena_copy(walk->arena, walk->bytes + begin, walk->at - begin);
    problem_add(walk->problems,
                arena_format(walk->arena, "line %zu, column %zu", line, text_count(before) + 1),
                "%s", message);
    return false;
}

/* ---- Words -------------------------------------------------------------------------------- */

static char
walk_peek(const struct walk *walk)
{
    return walk->at < walk->size ? walk->bytes[walk->at] : '\0';
}

static void
skip_space(struct walk *walk)
{
    while (walk->at < walk->size && memchr(" \t\r\n", walk->bytes[walk->at], 4) != NULL)
        walk->at++;
}

static bool
is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* The four digits behind \u; -1 when they are not. */
static int
hex_value(const struct walk *walk, size_t at)
{
    int value = 0;

    if (walk->size - at < 4)
        return -1;
    for (size_t i = at; i < at + 4; i++) {
        static const char digits[] = "0123456789abcdef";
        char byte = walk->bytes[i];
        char low = byte >= 'A' && byte <= 'F' ? (char)(byte + ('a' - 'A')) : byte;
        const char *found = low == '\0' ? NULL : strchr(digits, low);

        if (found == NULL)
            return -1;
        value = value * 16 + (int)(found - digits);
    }
    return value;
}

/* At the u of an escape. Half a pair is no character, and NUL would end the text early. */
static bool
skip_unicode(struct walk *walk)
{
    int value = hex_value(walk, walk->at + 1);
    int low;

    if (value < 0)
        return broken(walk, "Four hexadecimal digits belong after \\u");
    if (value == 0)
        return broken(walk, "A text can't contain the character NUL");
    if (value >= 0xdc00 && value <= 0xdfff)
        return broken(walk, "This is the second half of a pair without its first");
    walk->at += 5;
    if (value < 0xd800 || value > 0xdbff)
        return true;
    if (walk->size - walk->at < 6 || memcmp(walk->bytes + walk->at, "\\u", 2) != 0)
        return broken(walk, "The second half of a pair belongs here");
    low = hex_value(walk, walk->at + 2);
    if (low < 0xdc00 || low > 0xdfff)
        return broken(walk, "The second half of a pair belongs here");
    walk->at += 6;
    return true;
}

/* At the opening quote; moves past the closing one. */
static bool
skip_string(struct walk *walk)
{
    for (walk->at++; walk->at < walk->size;) {
        char byte = walk->bytes[walk->at];

        if (byte == '"') {
            walk->at++;
            return true;
        }
        if ((unsigned char)byte < 0x20)
            return broken(walk, "A text can't contain control characters or line breaks; "
                                "write \\n for a line break");
        walk->at++;
        if (byte != '\\')
            continue;
        byte = walk_peek(walk);
        if (byte == 'u') {
            if (!skip_unicode(walk))
                return false;
        } else if (byte != '\0' && strchr("\"\\/bfnrt", byte) != NULL) {
            walk->at++;
        } else {
            return broken(walk, "This is not one of the escapes that JSON has");
        }
    }
    return broken(walk, "The text that began here or before has no closing quote");
}

static size_t
skip_digits(struct walk *walk)
{
    size_t begin = walk->at;

    while (is_digit(walk_peek(walk)))
        walk->at++;
    return walk->at - begin;
}

static bool
skip_number(struct walk *walk)
{
    size_t count;
    bool zero;

    if (walk_peek(walk) == '-')
        walk->at++;
    zero = walk_peek(walk) == '0';
    count = skip_digits(walk);
    if (count == 0 || (zero && count > 1))
        return broken(walk, "A number begins with a digit, and with 0 only before the point");
    if (count > NUMBER_DIGITS)
        return broken(walk, "This number is too large");
    if (walk_peek(walk) == '.') {
        walk->at++;
        count = skip_digits(walk);
        if (count == 0)
            return broken(walk, "A digit belongs after the point");
        if (count > NUMBER_DIGITS)
            return broken(walk, "This number has too many decimals");
    }
    if (walk_peek(walk) == 'e' || walk_peek(walk) == 'E')
        return broken(walk, "Write numbers without an exponent");
    return true;
}

/* A number, true, false or null. */
static bool
skip_word(struct walk *walk)
{
    static const char *const words[] = {"true", "false", "null"};

    for (size_t i = 0; i < COUNT(words); i++) {
        size_t length = strlen(words[i]);

        if (walk->size - walk->at >= length &&
            memcmp(walk->bytes + walk->at, words[i], length) == 0) {
            walk->at += length;
            return true;
        }
    }
    if (walk_peek(walk) == '-' || is_digit(walk_peek(walk)))
        return skip_number(walk);
    return broken(walk, walk->at < walk->size
                            ? "A value belongs here: an object, a list, a text in quotes, a "
                              "number, true or false"
                            : "The file ends too early; a value is missing");
}

/* ---- Brackets and keys -------------------------------------------------------------------- */

/* Is an element of the list at hand, directly? */
static bool
in_list(const struct walk *walk)
{
    return walk->depth == 2 && walk->frames[1].array;
}

static enum want
after_value(const struct walk *walk)
{
    return walk->depth == 0 ? WANT_NOTHING : WANT_COMMA_OR_END;
}

static bool
close_container(struct walk *walk, enum want *want)
{
    walk->at++;
    walk->depth--;
    if (in_list(walk)) {
        struct json_piece *piece = &walk->pieces->rows[walk->pieces->count++];

        piece->size = walk->at - piece->offset;
    }
    *want = after_value(walk);
    return true;
}

static bool
open_container(struct walk *walk, enum want *want)
{
    bool array = walk_peek(walk) == '[';
    struct frame *frame;

    if (walk->depth == LIMIT_JSON_DEPTH)
        return broken(walk, "Objects and lists are nested too deeply here");
    frame = &walk->frames[walk->depth++];
    frame->array = array;
    frame->index = 0;
    frame->key_count = 0;
    walk->at++;
    *want = array ? WANT_VALUE_OR_END : WANT_KEY_OR_END;
    return true;
}

/* The outermost levels: an object, in it the list, in it objects. */
static bool
shape_fits(struct walk *walk)
{
    char byte = walk_peek(walk);

    if (walk->depth == 0 && byte != '{') {
        problem_add(walk->problems, "", "The file must be an object with a list “%s”", walk->list);
        return false;
    }
    if (walk->depth == 1 && byte != '[') {
        problem_add(walk->problems, walk_path(walk), "Write a list, in [ and ]");
        return false;
    }
    if (!in_list(walk))
        return true;
    if (byte != '{') {
        problem_add(walk->problems, walk_path(walk), "Write an object, in { and }");
        return false;
    }
    if (walk->pieces->count == LIMIT_FILE_PRODUCTS) {
        problem_add(walk->problems, walk->list, "A file has at most %d %s", LIMIT_FILE_PRODUCTS,
                    walk->list);
        return false;
    }
    walk->pieces->rows[walk->pieces->count].offset = walk->at;
    walk->containers = 0;
    walk->values = 0;
    return true;
}

static bool
take_value(struct walk *walk, enum want *want)
{
    char byte = walk_peek(walk);
    bool container = byte == '{' || byte == '[';

    if (!shape_fits(walk))
        return false;
    walk->containers += container ? 1 : 0;
    if (++walk->values > LIMIT_JSON_VALUES || walk->containers > LIMIT_JSON_CONTAINERS) {
        problem_add(walk->problems, walk_path(walk), "There is more here than a product can have");
        return false;
    }
    if (container)
        return open_container(walk, want);
    *want = after_value(walk);
    return byte == '"' ? skip_string(walk) : skip_word(walk);
}

static bool
take_key(struct walk *walk, enum want *want)
{
    struct frame *frame = &walk->frames[walk->depth - 1];
    struct span key = {.at = walk->bytes + walk->at + 1};

    if (walk_peek(walk) != '"')
        return broken(walk, "A name in quotes belongs here");
    if (frame->key_count == LIMIT_JSON_MEMBERS)
        return broken(walk, "This object has too many members");
    if (!skip_string(walk))
        return false;
    key.length = (size_t)(walk->bytes + walk->at - 1 - key.at);
    frame->keys[frame->key_count++] = key;
    for (size_t i = 0; i + 1 < frame->key_count; i++) {
        if (frame->keys[i].length == key.length &&
            memcmp(frame->keys[i].at, key.at, key.length) == 0) {
            problem_add(walk->problems, walk_path(walk), "This is here twice; keep one");
            break;
        }
    }
    /* with an escape two spellings would be one key */
    if (memchr(key.at, '\\', key.length) != NULL)
        problem_add(walk->problems, walk_path(walk), "Write this name without a backslash");
    if (walk->depth == 1 &&
        (key.length != strlen(walk->list) || memcmp(key.at, walk->list, key.length) != 0)) {
        problem_add(walk->problems, walk_path(walk), "This is not known here; the file holds “%s”",
                    walk->list);
        return false;
    }
    *want = WANT_COLON;
    return true;
}

static bool
take_mark(struct walk *walk, enum want *want)
{
    struct frame *frame = &walk->frames[walk->depth - 1];
    char byte = walk_peek(walk);

    if (*want == WANT_COLON) {
        if (byte != ':')
            return broken(walk, "A colon belongs here");
        *want = WANT_VALUE;
    } else {
        if (byte == (frame->array ? ']' : '}'))
            return close_container(walk, want);
        if (byte != ',')
            return broken(walk,
                          frame->array ? "A comma or ] belongs here" : "A comma or } belongs here");
        frame->index++;
        *want = frame->array ? WANT_VALUE : WANT_KEY;
    }
    walk->at++;
    return true;
}

static bool
take_next(struct walk *walk, enum want *want)
{
    switch (*want) {
    case WANT_VALUE_OR_END:
        if (walk_peek(walk) == ']')
            return close_container(walk, want);
        return take_value(walk, want);
    case WANT_VALUE:
        return take_value(walk, want);
    case WANT_KEY_OR_END:
        if (walk_peek(walk) == '}')
            return close_container(walk, want);
        return take_key(walk, want);
    case WANT_KEY:
        return take_key(walk, want);
    case WANT_COLON:
    case WANT_COMMA_OR_END:
        return take_mark(walk, want);
    case WANT_NOTHING:
        break;
    }
    assert(false);
    return false;
}

static void
walk_all(struct walk *walk)
{
    enum want want = WANT_VALUE;

    if (walk->size >= 3 && memcmp(walk->bytes, "\xef\xbb\xbf", 3) == 0)
        walk->at = 3; /* a mark that some editors put before UTF-8 */
    while (want != WANT_NOTHING) {
        skip_space(walk);
        if (!take_next(walk, &want))
            return;
    }
    skip_space(walk);
    if (walk->at < walk->size)
        (void)broken(walk, "The file goes on after its end; remove what is here");
    else if (walk->frames[0].key_count == 0)
        problem_add(walk->problems, walk->list, "This list is missing");
}

enum err
json_text_split(struct arena *arena, const char *bytes, size_t size, const char *list,
                struct problems *problems, struct json_pieces *pieces)
{
    struct json_pieces found = {.rows = arena_array(arena, struct json_piece, LIMIT_FILE_PRODUCTS)};
    struct walk *walk = arena_new(arena, struct walk);
    size_t before = problems->count + problems->dropped;

    assert(bytes != NULL || size == 0);
    *walk = (struct walk){.arena = arena,
                          .problems = problems,
                          .bytes = bytes,
                          .size = size,
                          .list = list,
                          .pieces = &found};
    if (size > LIMIT_CATALOGUE_BYTES)
        problem_add(problems, "", "The file is larger than %d MiB",
                    LIMIT_CATALOGUE_BYTES / (1024 * 1024));
    else if (!text_is_utf8(bytes, size) || memchr(bytes, '\0', size) != NULL)
        problem_add(problems, "", "The file must be text in UTF-8");
    else
        walk_all(walk);
    if (problems->count + problems->dropped > before)
        return ERR_INVALID;
    *pieces = found;
    return OK;
}

void
json_put_text(struct buffer *buffer, const char *text)
{
    buffer_text(buffer, "\"");
    while (*text != '\0') {
        size_t plain = strcspn(text, "\"\\\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e"
                                     "\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d"
                                     "\x1e\x1f");

        buffer_put(buffer, text, plain);
        text += plain;
        if (*text == '\0')
            break;
        if (*text == '\n')
            buffer_text(buffer, "\\n");
        else if ((unsigned char)*text < 0x20)
            buffer_format(buffer, "\\u%04x", (unsigned)(unsigned char)*text);
        else
            buffer_format(buffer, "\\%c", *text);
        text++;
    }
    buffer_text(buffer, "\"");
}

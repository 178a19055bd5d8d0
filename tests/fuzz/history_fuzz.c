/*
 * history_fuzz.c: any bytes as a history that somebody exported (actions/history_file). What is
 * taken is whole; altered in its middle it is refused, or says the same.
 */
#include <string.h>

#include "actions/history_file.h"
#include "base/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_file(const struct history_file *file)
{
    assert(text_is_utf8(file->subject, strlen(file->subject)));
    assert(text_is_utf8(file->chain, strlen(file->chain)));
    for (size_t i = 0; i < file->count; i++) {
        assert(strlen(file->links[i]) == 64);
        assert(strspn(file->links[i], "0123456789abcdef") == 64);
    }
}

static bool
same(const struct history_file *a, const struct history_file *b)
{
    if (a->count != b->count || !text_equal(a->before, b->before))
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (!text_equal(a->links[i], b->links[i]))
            return false;
    }
    return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open(LIMIT_ARENA_BYTES);
    struct problems *problems = problems_new(arena);
    struct history_file file;
    struct history_file altered;
    char *bytes = arena_copy(arena, (const char *)data, size);

    if (history_file_check(arena, bytes, size, problems, &file) == OK) {
        assert(problems->count == 0);
        check_file(&file);
        bytes[size / 2] ^= 1;
        if (history_file_check(arena, bytes, size, problems, &altered) == OK && file.count > 0)
            assert(same(&file, &altered) || !text_equal(file.links[file.count - 1],
                                                        altered.links[altered.count - 1]));
    } else {
        assert(problems->count > 0);
        for (size_t i = 0; i < problems->count; i++)
            assert(text_is_utf8(problems->list[i].at, strlen(problems->list[i].at)));
    }
    arena_close(arena);
    return 0;
}

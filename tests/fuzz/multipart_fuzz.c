/*
 * multipart_fuzz.c: any bytes as the body of a form with a file (web/multipart); the first says in
 * what pieces it comes, and whether the file is kept. Whatever is taken keeps the rules of a form.
 */
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "web/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
    const uint8_t *body;
    size_t left;
    size_t piece;
};

static const char *
input_param(void *context, const char *name)
{
    (void)context;
    (void)name;
    return NULL;
}

static long
input_read(void *context, char *bytes, size_t size)
{
    struct input *input = context;
    size_t count = input->piece < input->left ? input->piece : input->left;

    if (count > size)
        count = size;
    memcpy(bytes, input->body, count);
    input->body += count;
    input->left -= count;
    return (long)count;
}

static void
check_form(const struct form *form)
{
    size_t weight = 0;

    assert(form->count <= LIMIT_FORM_FIELDS);
    for (size_t i = 0; i < form->count; i++) {
        const struct form_pair *pair = &form->pairs[i];

        assert(strlen(pair->value) <= LIMIT_FIELD_BYTES);
        assert(text_is_utf8(pair->name, strlen(pair->name)));
        assert(text_is_utf8(pair->value, strlen(pair->value)));
        assert(!text_has_control(pair->name, false) && !text_has_control(pair->value, true));
        assert(strchr(pair->value, '\r') == NULL);
        weight += strlen(pair->name) + strlen(pair->value);
    }
    assert(weight <= LIMIT_BODY_BYTES);
}

static void
check_upload(const struct request *request, bool kept)
{
    const struct upload *upload = &request->upload;

    assert(kept || upload->fd < 0);
    if (upload->fd < 0)
        return;
    assert((upload->bytes == NULL) == (upload->size == 0));
    assert(strpbrk(upload->file_name, "/\\") == NULL);
    assert(form_value(&request->body, upload->field) != NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open(LIMIT_ARENA_BYTES);
    uint8_t manner = size > 0 ? data[0] : 0;
    struct input input = {.body = data + (size > 0 ? 1 : 0),
                          .left = size > 0 ? size - 1 : 0,
                          .piece = (size_t)(manner >> 1) + 1};
    const struct source source = {.context = &input, .param = input_param, .read = input_read};
    struct request request = {.boundary = "x", .body_length = input.left, .upload = {.fd = -1}};
    bool keep = (manner & 1) != 0;
    int status = multipart_read(&source, arena, keep, &request);

    assert(status == 0 || status == 400 || status == 413);
    assert(status == 0 || request.body.count == 0);
    check_form(&request.body);
    if (status == 0)
        check_upload(&request, keep);
    request_close(&request);
    arena_close(arena);
    return 0;
}

/*
 * catalogue_fuzz.c: any bytes as a catalogue's file (actions/json_text, catalogue_read). What is
 * accepted keeps the promises of catalogue_parts.h, and is written the same again.
 */
#include <string.h>

#include "actions/catalogue_parts.h"
#include "actions/catalogue_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_plan(const struct product *product, const struct plan *plan)
{
    assert(strcmp(plan->product, product->id) == 0 && plan->type == product->type);
    assert(plan->point_count <= PLAN_POINTS_MAX);
    assert(text_is_utf8(plan->name, strlen(plan->name)) && !text_has_control(plan->name, false));
    assert(!text_has_control(plan->description, true));
    for (size_t k = 0; k < plan->point_count; k++) {
        const struct price_point *point = &plan->points[k];

        assert(amount_integer(point->list) >= 0);
        for (size_t i = 0; i < k; i++)
            assert(strcmp(plan->points[i].id, point->id) != 0);
    }
    for (size_t k = 0; k < plan->included_count; k++)
        assert(plan->included[k].quantity >= 0);
}

static void
write_all(const struct catalogue_file *file, struct arena *arena, struct buffer *out)
{
    struct file_writer writer;

    write_file(&writer, out);
    for (size_t i = 0; i < file->product_count; i++) {
        const struct file_product *product = &file->products[i];

        write_product(&writer, &product->product);
        for (size_t k = 0; k < product->plan_count; k++) {
            check_plan(&product->product, &product->plans[k].plan);
            write_plan(&writer, arena, &product->plans[k].plan);
        }
        write_product_end(&writer);
    }
    write_file_end(&writer);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open((size_t)256 * 1024 * 1024);
    struct problems *problems = problems_new(arena);
    const struct catalogue_file *file = NULL;
    struct buffer once;
    struct buffer again;

    buffer_open(&once, LIMIT_DOWNLOAD_BYTES);
    buffer_open(&again, LIMIT_DOWNLOAD_BYTES);
    if (catalogue_file_read(arena, (const char *)data, size, problems, &file) == OK) {
        assert(problems->count == 0);
        write_all(file, arena, &once);
        if (once.length <= LIMIT_CATALOGUE_BYTES) {
            assert(catalogue_file_read(arena, once.data, once.length, problems, &file) == OK);
            write_all(file, arena, &again);
            assert(strcmp(once.data, again.data) == 0);
        }
    } else {
        assert(problems->count > 0);
        for (size_t i = 0; i < problems->count; i++)
            assert(text_is_utf8(problems->list[i].at, strlen(problems->list[i].at)));
    }
    buffer_close(&once);
    buffer_close(&again);
    arena_close(arena);
    return 0;
}

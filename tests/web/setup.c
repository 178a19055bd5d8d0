/*
 * setup.c: before the web suites: the templates, loaded once. During them: every page that serve()
 * makes is walked against its template. After them: what no test has shown.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "contract.h"
#include "runner.h"
#include "support/web_market.h"
#include "web/render.h"

#define TEMPLATES "templates"
#define FAULT_BYTES ((size_t)64 * 1024)

/* The linker sends calls of render() here (--wrap=render), and __real_render to render(). */
enum err __wrap_render(enum page page, const struct view *view,
                       const struct render_globals *globals, struct buffer *out);
enum err __real_render(enum page page, const struct view *view,
                       const struct render_globals *globals, struct buffer *out);

enum err
__wrap_render(enum page page, const struct view *view, const struct render_globals *globals,
              struct buffer *out)
{
    if (web_render_fails())
        return ERR_BROKEN;
    /* mails are rendered where no page is served; what else is not is a test's own */
    if (web_serving() || text_starts(page_file(page), "mail/")) {
        struct buffer faults;

        buffer_open(&faults, FAULT_BYTES);
        if (contract_check(page, view, TEMPLATES, &faults) != 0)
            ck_abort_msg("A page breaks its template's contract:\n%s", faults.data);
        buffer_close(&faults);
    }
    return __real_render(page, view, globals, out);
}

void
suite_setup(void)
{
    if (render_start(TEMPLATES) != OK) {
        fprintf(stderr, "The templates do not load.\n");
        exit(EXIT_FAILURE);
    }
}

int
suite_teardown(void)
{
    struct buffer faults;
    size_t count;

    buffer_open(&faults, FAULT_BYTES);
    count = contract_unseen(TEMPLATES, &faults);
    if (count > 0)
        fprintf(stderr, "%zu things of the templates no test has shown:\n%s", count, faults.data);
    buffer_close(&faults);
    return count == 0 ? 0 : 1;
}

/*
 * help_pages.c: one page of answers for each party, and one for everybody.
 *
 * Not here: the answers (templates/help*.html). Pages link to a question by its anchor.
 */
#include "pages/help_pages.h"

#include "base/text.h"
#include "pages/parts.h"

static const struct {
    const char *path;
    enum page page;
    const char *title;
    const char *lead;
} helps[] = {
    {"/help", PAGE_HELP, "Help", "What everybody asks"},
    {"/help/isv", PAGE_HELP_ISV, "Help for publishers", "Making private offers"},
    {"/help/partner", PAGE_HELP_PARTNER, "Help for selling partners", "Extending private offers"},
    {"/help/customer", PAGE_HELP_CUSTOMER, "Help for customers", "Accepting and purchasing"},
    {"/help/operator", PAGE_HELP_OPERATOR, "Help for operators", "Running the marketplace"},
};

enum err
help_get(struct exchange *x)
{
    for (size_t i = 0; i < COUNT(helps); i++) {
        if (!text_equal(helps[i].path, x->route->path))
            continue;
        head_lead(part_head(x, show(x, helps[i].page, helps[i].title), helps[i].title),
                  helps[i].lead);
        return OK;
    }
    return ERR_BROKEN;
}

/*
 * contract.h: does a view say exactly what its template asks?
 *
 * A name that nothing sets prints nothing, silently, and so does a name that nothing asks for. Both
 * are mistakes, so every page a test serves is walked here beside its template.
 */
#ifndef TESTS_WEB_CONTRACT_H
#define TESTS_WEB_CONTRACT_H

#include "base/text.h"
#include "web/view.h"

/* Walks the view and its parts against the templates in folder. Appends one line per fault and
 * answers their number: a text asked for where it is shown and set neither in its view, nor in an
 * enclosing one, nor as a global; a text, section or part set where nothing asks; a text set twice.
 * Remembers what was shown. */
size_t contract_check(enum page page, const struct view *view, const char *folder,
                      struct buffer *faults);

/* Appends one line for each template that was never checked and each section never shown, over all
 * tests of this runner, forked or not; answers their number. */
size_t contract_unseen(const char *folder, struct buffer *faults);

#endif

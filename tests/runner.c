/*
 * runner.c: main() of every test runner: runs all suites of one folder, each test in its own fork.
 *
 * Not here: which suites there are (generated). CK_RUN_SUITE and CK_RUN_CASE choose some of them,
 * CK_FORK=no helps a debugger. Invariant: a runner without a suite fails.
 */
#include "runner.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "support/temp_store.h"

#pragma weak suite_setup
#pragma weak suite_teardown

#define PLACES 4096

/* The linker sends calls of _mark_point() here (--wrap), and __real__mark_point() to itself. */
void __wrap__mark_point(const char *file, int line);
void __real__mark_point(const char *file, int line);

/* Every check that holds tells the parent its place, which costs more than the check: some tests
 * have millions. A place is told when a test comes there first; a crash is reported after it. */
void
__wrap__mark_point(const char *file, int line)
{
    static struct {
        const char *file;
        int line;
    } told[PLACES];
    size_t at = ((uintptr_t)file + (uintptr_t)line) % PLACES;

    if (told[at].file == file && told[at].line == line)
        return;
    told[at].file = file;
    told[at].line = line;
    __real__mark_point(file, line);
}

/* Only a run of everything can say what everything has left out. */
static bool
ran_everything(void)
{
    return getenv("CK_RUN_SUITE") == NULL && getenv("CK_RUN_CASE") == NULL;
}

int
main(void)
{
    SRunner *runner = NULL;

    /* A busy two-core machine and the sanitizers need more than libcheck's four seconds. */
    setenv("CK_DEFAULT_TIMEOUT", "60", 0);
    /* Tests make hundreds of stores that wait for the disk at each commit; memory keeps as well for
     * as long as a test lasts. */
    if (access("/dev/shm", W_OK) == 0)
        setenv("TMPDIR", "/dev/shm", 0);
    if (!temp_store_prepare()) {
        fprintf(stderr, "No store can be made in TMPDIR.\n");
        return EXIT_FAILURE;
    }
    if (suite_setup != NULL)
        suite_setup();

    for (size_t i = 0; suites[i] != NULL; i++) {
        if (runner == NULL)
            runner = srunner_create(suites[i]());
        else
            srunner_add_suite(runner, suites[i]());
    }
    if (runner == NULL) {
        fprintf(stderr, "This folder has no suite.\n");
        return EXIT_FAILURE;
    }

    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    int run = srunner_ntests_run(runner);
    srunner_free(runner);
    if (suite_teardown != NULL && ran_everything())
        failed += suite_teardown();
    return failed == 0 && run > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/*
 * runner.h: what a generated list of suites and the runner agree on.
 */
#ifndef TESTS_RUNNER_H
#define TESTS_RUNNER_H

#include <check.h>

/* The suites of one folder, ended by NULL; defined in build/<variant>/tests/<folder>_main.c. */
extern Suite *(*const suites[])(void);

/* Optional, in the folder's setup.c: runs once, before libcheck forks. What may be done only once
 * in a process (loading templates) belongs there. */
void suite_setup(void);

/* Optional, beside it: runs once, after all suites when none was left out. Answers how many things
 * failed, having said which on standard error. */
int suite_teardown(void);

#endif

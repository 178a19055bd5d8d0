/*
 * culprit.c: what the sanitizers are there for, done on purpose: `culprit race` has two threads write
 * one number, `culprit overrun` reads past what it has. Built with the flags of the program, so that
 * a load under which no report is made says something.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static long shared;

static void *
add(void *nothing)
{
    for (int i = 0; i < 1000; i++)
        shared++;
    return nothing;
}

static int
race(void)
{
    pthread_t other;

    if (pthread_create(&other, NULL, add, NULL) != 0)
        return EXIT_FAILURE;
    (void)add(NULL);
    (void)pthread_join(other, NULL);
    return shared > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* The length comes from outside, so that no compiler can know. */
static int
overrun(int length)
{
    char *bytes = calloc((size_t)length, 1);
    int sum = 0;

    if (bytes == NULL)
        return EXIT_FAILURE;
    for (int i = 0; i <= length; i++)
        sum += bytes[i];
    free(bytes);
    return sum == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "race") == 0)
        return race();
    if (argc == 2 && strcmp(argv[1], "overrun") == 0)
        return overrun(argc * 4);
    fprintf(stderr, "use: culprit race|overrun\n");
    return 2;
}

/*
 * banned.h: calls this house does not make. Force-included before every C file
 * (-include base/banned.h), so that using one is a compile error, under gcc and clang alike.
 *
 * Invariant: the headers that declare a banned name come before the pragma; once a name is
 * poisoned even its declaration is refused. Not for C++: libstdc++ mentions most of these names.
 */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#ifndef __cplusplus

#include <alloca.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

/* Some of them are macros: clang's fortified sprintf, glibc's alloca. */
#undef sprintf
#undef alloca

/* Write without a bound, or leave a text without its end: arena_*, buffer_*, snprintf, memcpy. */
#pragma GCC poison strcpy strcat sprintf vsprintf gets stpcpy strncpy stpncpy strncat bcopy
#pragma GCC poison wcscpy wcscat wcsncpy wcsncat

/* Hidden state between calls, or between threads. */
#pragma GCC poison strtok gmtime localtime ctime asctime rand srand tmpnam tempnam mktemp

/* Depend on the machine's time zone: base/when. */
#pragma GCC poison localtime_r mktime ctime_r asctime_r

/* Cannot tell a number from a mistake, or use binary fractions: text_to_integer, base/money. */
#pragma GCC poison atoi atol atoll atof strtod strtof strtold sscanf scanf fscanf vsscanf

/* Guessable numbers: base/world. */
#pragma GCC poison rand_r drand48 lrand48 mrand48 srand48

/* A shell, a stack without a bound. */
#pragma GCC poison system popen alloca

#endif

#endif

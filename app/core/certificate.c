/*
 * certificate.c: states and dates of a resale certificate, as people type them.
 */
#include "core/certificate.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

#define STATE_LETTERS 2
#define SEPARATORS ", \t\n;"
#define REPEATED_BYTES 20 /* of what is no state */

/* The fifty states and the District of Columbia, in the order of their codes. */
static const char *const states[] = {
    "AK", "AL", "AR", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "HI", "IA",
    "ID", "IL", "IN", "KS", "KY", "LA", "MA", "MD", "ME", "MI", "MN", "MO", "MS",
    "MT", "NC", "ND", "NE", "NH", "NJ", "NM", "NV", "NY", "OH", "OK", "OR", "PA",
    "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VT", "WA", "WI", "WV", "WY",
};
_Static_assert(COUNT(states) == 51, "fifty states and the District of Columbia");

/* Where the code stands among the states; -1 when it is none. */
static int
state_place(const char *typed, size_t length)
{
    for (size_t i = 0; length == STATE_LETTERS && i < COUNT(states); i++) {
        if (toupper((unsigned char)typed[0]) == states[i][0] &&
            toupper((unsigned char)typed[1]) == states[i][1])
            return (int)i;
    }
    return -1;
}

/* "OR,WA" of "wa, OR wa". */
static const char *
read_states(const char *typed, struct problems *problems)
{
    struct arena *arena = problems->arena;
    bool covered[COUNT(states)] = {false};
    const char *list = "";

    for (typed += strspn(typed, SEPARATORS); *typed != '\0'; typed += strspn(typed, SEPARATORS)) {
        size_t length = strcspn(typed, SEPARATORS);
        int place = state_place(typed, length);

        if (place < 0) {
            if (length > REPEATED_BYTES || !text_is_utf8(typed, length))
                problem_add(problems, ANSWER_STATES,
                            "Enter states as two-letter codes between commas, for example OR, WA");
            else
                problem_add(problems, ANSWER_STATES,
                            "“%.*s” is no state. Enter two-letter codes between commas, for "
                            "example OR, WA",
                            (int)length, typed);
            return "";
        }
        covered[place] = true;
        typed += length;
    }
    for (size_t i = 0; i < COUNT(states); i++) {
        if (covered[i])
            list = arena_format(arena, "%s%s%s", list, *list == '\0' ? "" : ",", states[i]);
    }
    if (*list == '\0')
        problem_add(problems, ANSWER_STATES, "Enter the states that the certificate covers");
    return list;
}

static struct day
read_expiry(const char *typed, struct day today, struct problems *problems)
{
    struct day day = DAY_NONE;

    if (*typed == '\0')
        problem_add(problems, ANSWER_EXPIRES, "Enter the last day on which the certificate holds");
    else if (day_parse(typed, &day) != OK)
        problem_add(problems, ANSWER_EXPIRES,
                    "Enter a date as year, month and day, for example 2027-01-15");
    else if (day.number <= today.number)
        problem_add(problems, ANSWER_EXPIRES, "The expiry date must be after today, %s",
                    day_show(problems->arena, today));
    return day;
}

/* What was sent under that name without the space around it, "" when nothing was. */
static const char *
sent(const struct answers *answers, struct arena *arena, const char *name)
{
    const char *raw = answers->get(answers->context, name);

    return raw == NULL ? "" : text_trim(arena, raw);
}

void
certificate_read(const struct answers *answers, struct day today, struct problems *problems,
                 struct certificate *certificate)
{
    struct arena *arena = problems->arena;

    certificate->states = read_states(sent(answers, arena, ANSWER_STATES), problems);
    certificate->filed_on = today;
    certificate->expires_on = read_expiry(sent(answers, arena, ANSWER_EXPIRES), today, problems);
}

bool
certificate_state_known(const char *code)
{
    return text_find(states, (int)COUNT(states), code) >= 0;
}

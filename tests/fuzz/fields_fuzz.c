/*
 * fields_fuzz.c: any form as what a party typed into an offer, or as a resale certificate, a reason,
 * a document's name (core/fields, core/certificate). What is taken keeps the limits of LAW 4 and is
 * taken again as it is shown; whatever is not is a problem at its field and changes nothing.
 */
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "core/certificate.h"
#include "web/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *
form_get(void *context, const char *name)
{
    return form_value(context, name);
}

static struct offer
empty_offer(void)
{
    struct offer offer = {.id = ""};

    for (int i = 0; i < FIELD_PRODUCT; i++)
        field_assign(&offer, (enum field)i, NULL);
    return offer;
}

/* The value as it is shown, taken once more into another offer. */
static void
check_again(struct arena *arena, enum party party, const struct offer *offer, enum field field)
{
    const char *value = field_value(offer, field, arena);
    struct form_pair pairs[] = {{fields[field].name, value},
                                {fields[FIELD_START_MODE].name,
                                 field_value(offer, FIELD_START_MODE, arena)}};
    struct form form = {pairs, field == FIELD_START_MODE ? 1 : 2};
    const struct answers answers = {&form, form_get};
    struct problems *problems = problems_new(arena);
    struct offer again = empty_offer();

    fields_read(&again, party, &answers, arena, problems);
    assert(problems->count == 0 && text_equal(field_value(&again, field, arena), value));
}

static void
try_offer(struct arena *arena, enum party party, struct form *form)
{
    const struct answers answers = {form, form_get};
    const struct offer empty = empty_offer();
    struct offer offer = empty_offer();
    struct problems *problems = problems_new(arena);

    fields_read(&offer, party, &answers, arena, problems);
    for (int i = 0; i < FIELD_PRODUCT; i++) {
        const struct field_rule *rule = &fields[i];
        const char *value = field_value(&offer, (enum field)i, arena);
        bool sent = form_value(form, rule->name) != NULL;

        assert(text_is_utf8(value, strlen(value)));
        assert(!text_has_control(value, rule->kind == KIND_LINES || rule->kind == KIND_EMAILS));
        assert(rule->limit == 0 || text_count(value) <= rule->limit);
        assert(rule->kind != KIND_NAME || strpbrk(value, "!<>^[]@#%/") == NULL);
        if ((rule->edited_by & PARTY_BIT(party)) == 0 || !sent ||
            problem_at(problems, rule->name) != NULL)
            assert(text_equal(value, field_value(&empty, (enum field)i, arena)));
        else
            check_again(arena, party, &offer, (enum field)i);
    }
}

static void
try_certificate(struct arena *arena, struct form *form)
{
    const struct answers answers = {form, form_get};
    const struct day today = day_make(2023, 10, 16);
    struct problems *problems = problems_new(arena);
    struct certificate certificate = {.id = ""};

    certificate_read(&answers, today, problems, &certificate);
    if (problems->count > 0)
        return;
    assert(certificate.expires_on.number > today.number && strlen(certificate.states) % 3 == 2);
    for (const char *at = certificate.states; *at != '\0'; at += at[2] == ',' ? 3 : 2) {
        assert(certificate_state_known(arena_copy(arena, at, 2)));
        assert(strstr(at + 2, arena_copy(arena, at, 2)) == NULL); /* once each */
    }
}

static void
try_texts(struct arena *arena, const char *typed)
{
    struct problems *problems = problems_new(arena);
    const char *reason = NULL;
    const char *name = NULL;

    reason_read("reason", typed, problems, &reason);
    document_name_read("name", typed, problems, &name);
    assert((reason == NULL) == (problem_at(problems, "reason") != NULL));
    assert((name == NULL) == (problem_at(problems, "name") != NULL));
    assert(reason == NULL || (*reason != '\0' && text_count(reason) <= LIMIT_REASON));
    assert(name == NULL || text_count(name) <= LIMIT_DOCUMENT_NAME);
    assert(name == NULL || strpbrk(name, "!<>^[]@#%/") == NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open(LIMIT_ARENA_BYTES);
    struct form form = {.pairs = NULL, .count = 0};

    if (form_parse(arena, (const char *)data, size, &form) == OK) {
        try_offer(arena, PARTY_ISV, &form);
        try_offer(arena, PARTY_PARTNER, &form);
        try_certificate(arena, &form);
        for (size_t i = 0; i < form.count; i++)
            try_texts(arena, form.pairs[i].value);
    }
    arena_close(arena);
    return 0;
}

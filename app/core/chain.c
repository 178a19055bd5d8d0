/*
 * chain.c: the hashes of histories.
 *
 * Not here: who sees which value (core/event, core/fields), where links are kept (store/chains).
 */
#include "core/chain.h"

const char *
chain_genesis(struct arena *arena, const char *subject, const char *chain)
{
    struct digest digest;

    digest_begin(&digest);
    digest_text(&digest, "tripact history 1");
    digest_text(&digest, subject);
    digest_text(&digest, chain);
    return digest_end(&digest, arena);
}

const char *
chain_column_salt(struct arena *arena, const char *event_salt, const char *name)
{
    struct digest digest;

    digest_begin(&digest);
    digest_text(&digest, event_salt);
    digest_text(&digest, name);
    return digest_end(&digest, arena);
}

const char *
chain_field_salt(struct arena *arena, const char *event_salt, int64_t position)
{
    struct digest digest;

    digest_begin(&digest);
    digest_text(&digest, event_salt);
    digest_integer(&digest, position);
    return digest_end(&digest, arena);
}

const char *
chain_column_hash(struct arena *arena, const char *salt, const char *name, const char *value)
{
    struct digest digest;

    digest_begin(&digest);
    digest_text(&digest, salt);
    digest_text(&digest, name);
    digest_text(&digest, value);
    return digest_end(&digest, arena);
}

const char *
chain_field_hash(struct arena *arena, const char *salt, const struct chain_field *field)
{
    struct digest digest;

    digest_begin(&digest);
    digest_text(&digest, salt);
    digest_text(&digest, field->field);
    digest_integer(&digest, field->row);
    digest_text(&digest, field->point);
    digest_text(&digest, field->before);
    digest_text(&digest, field->after);
    return digest_end(&digest, arena);
}

void
chain_link_begin(struct digest *link, const char *previous)
{
    digest_begin(link);
    digest_text(link, previous);
}

/*
 * outbox.c: the table outbox.
 */
#include "store/outbox.h"

#include "base/text.h"
#include "store/families.h"

enum {
    OUTBOX_PUT,
    OUTBOX_DUE,
    OUTBOX_CLAIM,
    OUTBOX_LOAD,
    OUTBOX_SENT,
    OUTBOX_LATER,
    OUTBOX_GIVE_UP,
    OUTBOX_RETRY,
    OUTBOX_PAGE,
    OUTBOX_COUNT
};

static const struct statement statements[] = {
    [OUTBOX_PUT] = {"INSERT INTO outbox (id, key, notice, party, recipient, subject, lead, next,"
                    " facts, path, created_at, state, tries, next_at, sent_at, error) VALUES"
                    " ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'waiting', 0, 0, NULL, '')"
                    " ON CONFLICT (key) DO NOTHING",
                    "tttttttttti", "", true},
    [OUTBOX_DUE] = {"SELECT id, next_at, created_at FROM outbox"
                    " WHERE next_at IS NOT NULL AND next_at <= $1"
                    " UNION ALL SELECT id, next_at, created_at FROM outbox"
                    " WHERE next_at IS NOT NULL AND next_at > $2"
                    " ORDER BY next_at, created_at, id LIMIT $3",
                    "iii", "tii", false},
    [OUTBOX_CLAIM] = {"UPDATE outbox SET next_at = $3, tries = tries + 1"
                      " WHERE id = $1 AND next_at = $2",
                      "tii", "", true},
    [OUTBOX_LOAD] = {"SELECT id, notice, party, recipient, subject, lead, next, facts, path,"
                     " created_at, state, tries, error FROM outbox WHERE id = $1",
                     "t", "tttttttttitit", false},
    [OUTBOX_SENT] = {"UPDATE outbox SET state = 'sent', next_at = NULL, sent_at = $2, error = '',"
                     " subject = '', lead = '', next = '', facts = ''"
                     " WHERE id = $1 AND state = 'waiting'",
                     "ti", "", true},
    [OUTBOX_LATER] = {"UPDATE outbox SET next_at = $2, error = $3"
                      " WHERE id = $1 AND state = 'waiting'",
                      "tit", "", true},
    [OUTBOX_GIVE_UP] = {"UPDATE outbox SET state = 'failed', next_at = NULL, error = $2"
                        " WHERE id = $1 AND state = 'waiting'",
                        "tt", "", true},
    [OUTBOX_RETRY] = {"UPDATE outbox SET state = 'waiting', tries = 0, next_at = $2"
                      " WHERE id = $1 AND (state = 'failed'"
                      " OR (state = 'waiting' AND error <> ''))",
                      "ti", "", true},
    [OUTBOX_PAGE] = {"SELECT id, notice, party, recipient, created_at, state, tries, error,"
                     " COALESCE(next_at, 0) FROM outbox WHERE state = $1"
                     " AND (created_at, id) < ($2, $3) ORDER BY created_at DESC, id DESC LIMIT $4",
                     "titi",
                     "tttti"
                     "titi",
                     false},
    [OUTBOX_COUNT] = {"SELECT COUNT(*) FROM (SELECT 1 FROM outbox WHERE state = $1 LIMIT $2) x",
                      "ti", "i", false},
};

const struct family store_outbox_family = {"outbox", statements, COUNT(statements), FAMILY_OUTBOX};

static const char *const state_texts[MAIL_STATE_COUNT] = {
    [MAIL_WAITING] = "waiting",
    [MAIL_SENT] = "sent",
    [MAIL_FAILED] = "failed",
};

static enum err
state_of(const char *text, enum mail_state *state)
{
    int place = text_find(state_texts, MAIL_STATE_COUNT, text);

    if (place < 0)
        return ERR_BROKEN;
    *state = (enum mail_state)place;
    return OK;
}

enum err
outbox_put(struct db *db, const struct mail *mail)
{
    return db_run(db, &store_outbox_family, OUTBOX_PUT,
                  VALUES(text(mail->id), text(mail->key), text(notice_text(mail->notice)),
                         text(party_text(mail->party)), text(mail->recipient), text(mail->subject),
                         text(mail->lead), text(mail->next), text(mail->facts), text(mail->path),
                         integer(mail->created_at)),
                  NULL, NULL);
}

struct due_reading {
    struct arena *arena;
    struct mails_due *due;
};

static enum err
due_take(void *context, const struct column *columns)
{
    struct due_reading *reading = context;

    assert(reading->due->count < LIMIT_MAILS);
    reading->due->rows[reading->due->count++] =
        (struct mail_due){arena_text(reading->arena, columns[0].text), columns[1].integer};
    return OK;
}

enum err
outbox_due(struct db *db, struct arena *arena, int64_t now, int64_t latest, struct mails_due *due)
{
    struct mails_due found = {arena_array(arena, struct mail_due, LIMIT_MAILS), 0};
    struct due_reading reading = {arena, &found};
    struct row_reader reader = {&reading, due_take};

    TRY(db_run(db, &store_outbox_family, OUTBOX_DUE,
               VALUES(integer(now), integer(latest), integer(LIMIT_MAILS)), &reader, NULL));
    *due = found;
    return OK;
}

struct loading {
    struct arena *arena;
    struct mail *mail;
    bool found;
};

static enum err
mail_take(void *context, const struct column *columns)
{
    struct loading *loading = context;
    struct arena *arena = loading->arena;
    struct mail mail = {.key = ""};

    TRY(notice_read(columns[1].text, &mail.notice));
    TRY(party_read(columns[2].text, &mail.party));
    TRY(state_of(columns[10].text, &mail.state));
    mail.id = arena_text(arena, columns[0].text);
    mail.recipient = arena_text(arena, columns[3].text);
    mail.subject = arena_text(arena, columns[4].text);
    mail.lead = arena_text(arena, columns[5].text);
    mail.next = arena_text(arena, columns[6].text);
    mail.facts = arena_text(arena, columns[7].text);
    mail.path = arena_text(arena, columns[8].text);
    mail.created_at = columns[9].integer;
    mail.tries = columns[11].integer;
    mail.error = arena_text(arena, columns[12].text);
    *loading->mail = mail;
    loading->found = true;
    return OK;
}

static enum err
mail_load(struct db *db, struct arena *arena, const char *id, struct mail *mail)
{
    struct loading loading = {arena, mail, false};
    struct row_reader reader = {&loading, mail_take};

    TRY(db_run(db, &store_outbox_family, OUTBOX_LOAD, VALUES(text(id)), &reader, NULL));
    return loading.found ? OK : ERR_ABSENT;
}

/* Runs a statement that changes the one mail that still is as the condition says. */
static enum err
mail_change(struct db *db, unsigned statement, const struct value *values, size_t count)
{
    int64_t changed = 0;

    TRY(db_run(db, &store_outbox_family, statement, values, count, NULL, &changed));
    return changed == 1 ? OK : ERR_CLOSED;
}

enum err
outbox_claim(struct db *db, struct arena *arena, const struct mail_due *due, int64_t until,
             struct mail *mail)
{
    TRY(mail_change(db, OUTBOX_CLAIM,
                    VALUES(text(due->id), integer(due->next_at), integer(until))));
    return mail_load(db, arena, due->id, mail);
}

enum err
outbox_sent(struct db *db, const char *id, int64_t now)
{
    return mail_change(db, OUTBOX_SENT, VALUES(text(id), integer(now)));
}

enum err
outbox_later(struct db *db, const char *id, int64_t next_at, const char *error)
{
    return mail_change(db, OUTBOX_LATER, VALUES(text(id), integer(next_at), text(error)));
}

enum err
outbox_give_up(struct db *db, const char *id, const char *error)
{
    return mail_change(db, OUTBOX_GIVE_UP, VALUES(text(id), text(error)));
}

enum err
outbox_retry(struct db *db, struct arena *arena, const char *id, int64_t now, struct mail *mail)
{
    TRY(mail_load(db, arena, id, mail));
    return mail_change(db, OUTBOX_RETRY, VALUES(text(id), integer(now)));
}

struct page_reading {
    struct arena *arena;
    struct mail_page *page;
};

static enum err
line_take(void *context, const struct column *columns)
{
    struct page_reading *reading = context;
    struct arena *arena = reading->arena;
    struct mail mail = {.key = "", .subject = "", .lead = "", .next = "", .facts = "", .path = ""};

    if (reading->page->count == LIMIT_LIST_ROWS) {
        reading->page->more = true;
        return OK;
    }
    TRY(notice_read(columns[1].text, &mail.notice));
    TRY(party_read(columns[2].text, &mail.party));
    TRY(state_of(columns[5].text, &mail.state));
    mail.id = arena_text(arena, columns[0].text);
    mail.recipient = arena_text(arena, columns[3].text);
    mail.created_at = columns[4].integer;
    mail.tries = columns[6].integer;
    mail.error = arena_text(arena, columns[7].text);
    mail.next_at = columns[8].integer;
    reading->page->rows[reading->page->count++] = mail;
    return OK;
}

enum err
outbox_page(struct db *db, struct arena *arena, enum mail_state state, int64_t before_at,
            const char *before_id, struct mail_page *page)
{
    struct mail_page found = {arena_array(arena, struct mail, LIMIT_LIST_ROWS), 0, false};
    struct page_reading reading = {arena, &found};
    struct row_reader reader = {&reading, line_take};

    TRY(db_run(db, &store_outbox_family, OUTBOX_PAGE,
               VALUES(text(state_texts[state]), integer(before_at == 0 ? INT64_MAX : before_at),
                      text(before_id), integer(LIMIT_LIST_ROWS + 1)),
               &reader, NULL));
    *page = found;
    return OK;
}

static enum err
count_take(void *context, const struct column *columns)
{
    *(int64_t *)context = columns[0].integer;
    return OK;
}

enum err
outbox_count(struct db *db, enum mail_state state, int64_t *count)
{
    struct row_reader reader = {count, count_take};

    return db_run(db, &store_outbox_family, OUTBOX_COUNT,
                  VALUES(text(state_texts[state]), integer(LIMIT_COUNTED + 1)), &reader, NULL);
}

/*
 * post.c: takes mails one by one, tries each once, and marks what became of it.
 *
 * Invariant: nothing is written while a server is spoken to; a mail is taken by one conditional
 * write that keeps others from it for longer than a try can last. Invariant: one that fails keeps
 * no other from being tried, except that a server nobody reaches is left alone until the next turn.
 */
#include "jobs/post.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mime.h"
#include "base/text.h"
#include "jobs/loop.h"
#include "jobs/maildir.h"

#define TAKEN_S 150 /* longer than a try */
#define WAIT_S_MAX (6 * 60 * 60)

_Static_assert(TAKEN_S > 2 * SMTP_SECONDS, "nobody else tries a mail that is being tried");

struct post {
    struct loop *loop;
    const struct postman *postman;
    struct smtp *smtp;
};

/* One turn. */
struct delivery {
    struct store *store;
    struct arena *arena;
    const struct world *world;
    const struct postman *postman;
    struct smtp *smtp;
};

int64_t
post_wait_s(int64_t retry_s, int64_t tries)
{
    int64_t wait_s = retry_s;

    while (--tries > 0 && wait_s < WAIT_S_MAX)
        wait_s *= 2;
    return wait_s < WAIT_S_MAX ? wait_s : WAIT_S_MAX;
}

static enum err
mail_take(const struct delivery *delivery, const struct mail_due *due, struct mail *mail)
{
    struct db *db = NULL;
    int64_t until = world_now(delivery->world) + TAKEN_S;

    TRY(write_begin(delivery->store, &db));
    return write_finish(delivery->store, db, outbox_claim(db, delivery->arena, due, until, mail));
}

static enum err
mail_mark(const struct delivery *delivery, const struct mail *mail, enum err tried,
          const char *error)
{
    int64_t now = world_now(delivery->world);
    struct db *db = NULL;
    enum err outcome;

    TRY(write_begin(delivery->store, &db));
    if (tried == OK)
        outcome = outbox_sent(db, mail->id, now);
    else if (mail->tries >= LIMIT_MAIL_TRIES)
        outcome = outbox_give_up(db, mail->id, error);
    else
        outcome = outbox_later(db, mail->id,
                               now + post_wait_s(delivery->postman->retry_s, mail->tries), error);
    return write_finish(delivery->store, db, outcome);
}

static enum err
mail_write(const struct delivery *delivery, const struct mail *mail, struct buffer *out)
{
    const struct postman *postman = delivery->postman;
    struct mime_mail mime = {
        .from_name = postman->from_name,
        .from = postman->from,
        .to = mail->recipient,
        .subject = mail->subject,
        .id = mail->id,
        .written_at = mail->created_at,
    };

    TRY(postman->compose(postman->context, delivery->arena, mail, &mime.text, &mime.html));
    mime_write(&mime, out);
    return out->full ? ERR_BROKEN : OK;
}

/* The mail as a file of the folder: named after itself, so that the same mail is the same file. */
static enum err
mail_file(const struct delivery *delivery, const struct mail *mail, const struct buffer *bytes,
          struct smtp_answer *answer)
{
    const char *name =
        arena_format(delivery->arena, "%" PRId64 ".%s.tripact", mail->created_at, mail->id);
    enum err outcome = maildir_put(delivery->postman->folder, name, bytes->data, bytes->length);

    if (outcome != OK)
        memcpy(answer->text, "the folder can't be written", sizeof "the folder can't be written");
    return outcome;
}

/* Nothing that would end the address in a command of the protocol. */
static bool
is_address(const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (*at <= ' ' || *at > '~' || *at == '<' || *at == '>')
            return false;
    }
    return strchr(text, '@') != NULL;
}

static enum err
mail_try(const struct delivery *delivery, const struct mail *mail, struct smtp_answer *answer)
{
    struct buffer bytes;
    enum err outcome;

    buffer_open(&bytes, LIMIT_MAIL_BYTES);
    outcome = is_address(mail->recipient) ? mail_write(delivery, mail, &bytes) : ERR_BROKEN;
    if (outcome != OK)
        memcpy(answer->text, "it can't be composed", sizeof "it can't be composed");
    else if (delivery->smtp == NULL)
        outcome = mail_file(delivery, mail, &bytes, answer);
    else
        outcome = smtp_send(delivery->smtp, delivery->postman->from, mail->recipient, bytes.data,
                            bytes.length, answer);
    buffer_close(&bytes);
    return outcome;
}

/* Answers ERR_BUSY when the store is, or when the server cannot be reached. */
static enum err
deliver_one(const struct delivery *delivery, const struct mail_due *due, int *sent)
{
    struct smtp_answer answer = {.text = ""};
    struct mail mail;
    enum err tried;
    enum err outcome = mail_take(delivery, due, &mail);

    if (outcome == ERR_CLOSED || outcome == ERR_ABSENT)
        return OK; /* somebody else was faster */
    TRY(outcome);
    tried = mail_try(delivery, &mail, &answer);
    outcome = mail_mark(delivery, &mail, tried, answer.text);
    if (tried == OK)
        (*sent)++;
    else
        log_line("mail_failed", "mail=%s tries=%" PRId64, mail.id, mail.tries);
    if (outcome == ERR_CLOSED)
        outcome = OK;
    return outcome == OK && answer.unreachable ? ERR_BUSY : outcome;
}

enum err
post_deliver(struct store *store, struct db *reader, struct arena *arena, const struct world *world,
             const struct postman *postman, struct smtp *smtp, int *sent)
{
    const struct delivery delivery = {store, arena, world, postman, smtp};
    int64_t now = world_now(world);
    struct mails_due due = {0};
    enum err outcome;
    int count = 0;

    TRY(read_begin(reader));
    outcome = outbox_due(reader, arena, now, now + WAIT_S_MAX, &due);
    read_end(reader);
    for (size_t i = 0; i < due.count && outcome == OK; i++)
        outcome = deliver_one(&delivery, &due.rows[i], &count);
    if (sent != NULL)
        *sent = count;
    return outcome;
}

static enum err
work(struct turn *turn)
{
    struct post *post = turn->context;

    return post_deliver(turn->store, turn->reader, turn->arena, turn->world, post->postman,
                        post->smtp, NULL);
}

static void
post_free(struct post *post)
{
    if (post->smtp != NULL)
        smtp_close(post->smtp);
    free(post);
}

enum err
post_start(struct store *store, const struct world *world, const struct postman *postman,
           struct post **result)
{
    struct post *post = calloc(1, sizeof *post);
    enum err outcome = OK;

    if (post == NULL)
        return ERR_BROKEN;
    post->postman = postman;
    if (*postman->server.host != '\0')
        outcome = smtp_open(&postman->server, &post->smtp);
    if (outcome == OK)
        outcome = loop_start(store, world, "post_failed", work, post, &post->loop);
    if (outcome == OK)
        *result = post;
    else
        post_free(post);
    return outcome;
}

void
post_ask_to_stop(struct post *post)
{
    loop_ask_to_stop(post->loop);
}

void
post_stop(struct post *post)
{
    loop_stop(post->loop);
    post_free(post);
}

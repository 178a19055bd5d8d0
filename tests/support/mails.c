/*
 * mails.c: see the header.
 */
#include "support/mails.h"

#include <check.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "jobs/clock.h"
#include "store/notices.h"

struct collecting {
    struct deal_market *market;
    struct mails *mails;
};

static enum err
collect(void *context, struct arena *arena, const struct mail *mail, const char **text,
        const char **html)
{
    struct collecting *collecting = context;
    struct mails *mails = collecting->mails;

    if (mails != NULL) {
        ck_assert_uint_lt(mails->count, MAILS_MAX);
        mails->rows[mails->count++] = *mail;
    }
    *text = arena_format(arena, "%s\n%s\n%s%s\n", mail->lead, mail->next, mail->facts, mail->path);
    *html = *text;
    return OK;
}

struct postman
mails_postman(struct deal_market *market, struct mails *mails)
{
    struct collecting *collecting = arena_new(market->temp.arena, struct collecting);

    *collecting = (struct collecting){market, mails};
    return (struct postman){
        .server = {.host = ""},
        .folder = arena_format(market->temp.arena, "%s/mail", market->temp.folder),
        .from = "tripact@market.example",
        .from_name = "Tripact",
        .retry_s = 60,
        .compose = collect,
        .context = collecting,
    };
}

struct mails *
mails_leave(struct deal_market *market)
{
    struct mails *mails = arena_new(market->temp.arena, struct mails);
    struct postman postman = mails_postman(market, mails);
    int sent = 0;

    do {
        ck_assert_int_eq(post_deliver(market->temp.store, market->temp.reader, market->temp.arena,
                                      &market->fake.world, &postman, NULL, &sent),
                         OK);
    } while (sent > 0);
    return mails;
}

size_t
mails_filed(struct deal_market *market)
{
    DIR *folder = opendir(arena_format(market->temp.arena, "%s/mail/new", market->temp.folder));
    size_t count = 0;

    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;)
        count += entry->d_name[0] != '.';
    if (folder != NULL)
        closedir(folder);
    return count;
}

static int
by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *
mails_left(struct deal_market *market)
{
    struct arena *arena = market->temp.arena;
    struct mails *mails = mails_leave(market);
    const char *lines[MAILS_MAX];
    const char *all = "";

    for (size_t i = 0; i < mails->count; i++)
        lines[i] = arena_format(arena, "%s %s %s\n", notice_text(mails->rows[i].notice),
                                party_text(mails->rows[i].party), mails->rows[i].recipient);
    qsort(lines, mails->count, sizeof lines[0], by_text);
    for (size_t i = 0; i < mails->count; i++)
        all = arena_format(arena, "%s%s", all, lines[i]);
    return all;
}

void
mails_tell(struct deal_market *market)
{
    int told = 0;
    int turns = 0;

    do {
        ck_assert_int_eq(jobs_notify_due(market->temp.store, market->temp.reader,
                                         market->temp.arena, &market->fake.world, &told),
                         OK);
        ck_assert_int_lt(turns++, 20); /* what was told is not due again */
    } while (told > 0);
}

void
mails_switch(struct deal_market *market, const char *kind, const char *account,
             enum notice_switch which, bool on)
{
    struct db *db = temp_write(&market->temp);
    bool publisher = text_equal(kind, NOTICES_OF_PUBLISHER);

    ck_assert_int_eq(notice_switch_set(db, kind, account, which, on ? market->fake.now : 0,
                                       publisher ? "isv" : "owner"),
                     OK);
    temp_keep(&market->temp, db);
}

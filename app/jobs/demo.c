/*
 * demo.c: filling a store, in one write: settings, accounts, markets, catalogue, offers.
 *
 * Not here: what is in it (jobs/demo_accounts, demo_markets, demo_catalogue, demo_offers), how
 * offers come about (jobs/demo_play). Invariant: a store is filled whole or stays empty.
 */
#include "jobs/demo.h"

#include <inttypes.h>

#include "base/limits.h"
#include "jobs/demo_parts.h"
#include "store/accounts.h"
#include "store/people.h"

/* Random bytes that are the same for the same day: for ids and references that people may see
 * again in another store, never for anything that must not be guessed. */
struct dice {
    uint64_t drawn;
};

/* One step of SplitMix64. */
static uint64_t
dice_throw(struct dice *dice)
{
    uint64_t mixed = dice->drawn += UINT64_C(0x9e3779b97f4a7c15);

    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ (mixed >> 31);
}

static void
dice_random(void *context, void *bytes, size_t size)
{
    unsigned char *at = bytes;

    for (size_t i = 0; i < size; i++)
        at[i] = (unsigned char)(dice_throw(context) >> 56);
}

/* Whoever plays a history is told the time of each step; nobody may ask the dice for it. */
static int64_t
dice_now(void *context)
{
    (void)context;
    assert(false);
    return 0;
}

enum err
market_is_empty(struct db *db, struct arena *arena, bool *empty)
{
    struct publisher_page publishers = {0};
    struct organisation_page organisations = {0};
    bool people = false;

    TRY(publishers_page(db, arena, "", &publishers));
    TRY(organisations_page(db, arena, "", &organisations));
    TRY(people_exist(db, &people));
    *empty = publishers.count == 0 && organisations.count == 0 && !people;
    return OK;
}

enum err
market_settings_store(struct db *db, struct arena *arena, const struct settings *settings)
{
    const struct {
        const char *name;
        int64_t value;
    } values[] = {
        {SETTING_CLOCK_OFFSET, settings->clock_offset_s},
        {SETTING_DEMO, settings->demo},
        {SETTING_PUBLISH_DELAY, settings->publish_delay_s},
        {SETTING_FEE, settings->fee.e8},
        {SETTING_CERTIFICATE_BLOCKING, settings->certificate_blocking},
    };

    for (size_t i = 0; i < COUNT(values); i++)
        TRY(settings_set(db, values[i].name, arena_format(arena, "%" PRId64, values[i].value)));
    return OK;
}

static enum err
fill(struct db *db, struct arena *arena, const struct world *world, const struct settings *settings,
     const char *const *hashes)
{
    int64_t now = settings_now(settings, world);
    struct day today = day_of(now);
    struct dice dice = {.drawn = (uint64_t)today.number};
    const struct world repeated = {&dice, dice_now, dice_random};
    bool empty = false;

    TRY(market_is_empty(db, arena, &empty));
    if (!empty)
        return ERR_CLOSED;
    TRY(market_settings_store(db, arena, settings));
    TRY(demo_accounts_insert(db, arena, today, hashes));
    TRY(demo_markets_insert(db, arena, today));
    TRY(demo_catalogue_insert(db, arena));
    return demo_offers_play(db, now, settings, &repeated, world);
}

static enum err
fill_in_one_write(struct store *store, struct arena *arena, const struct world *world,
                  const struct settings *settings, const char *const *hashes)
{
    struct db *db = NULL;

    TRY(write_begin(store, &db));
    return write_finish(store, db, fill(db, arena, world, settings, hashes));
}

/* Everybody has the same password, but nobody the same salt. */
static enum err
hash_all(struct hasher *hasher, struct arena *arena, const char **hashes)
{
    for (size_t i = 0; i < demo_person_count; i++)
        TRY(password_hash(hasher, arena, DEMO_PASSWORD, &hashes[i]));
    return OK;
}

enum err
demo_fill(struct store *store, struct hasher *hasher, const struct world *world,
          const struct settings *settings)
{
    struct arena *arena = arena_open(LIMIT_ARENA_BYTES);
    const char **hashes = arena_array(arena, const char *, demo_person_count);
    enum err outcome;

    assert(settings->demo);
    outcome = hash_all(hasher, arena, hashes);
    if (outcome == OK)
        outcome = fill_in_one_write(store, arena, world, settings, hashes);
    arena_close(arena);
    return outcome;
}

/*
 * fake_world.c: SplitMix64 stands for randomness: well spread, the same in every run.
 */
#include "support/fake_world.h"

static int64_t
fake_now(void *context)
{
    const struct fake_world *fake = context;

    return fake->now;
}

static void
fake_random(void *context, void *bytes, size_t size)
{
    struct fake_world *fake = context;
    unsigned char *at = bytes;

    for (size_t i = 0; i < size; i++) {
        uint64_t mixed = ++fake->drawn * UINT64_C(0x9e3779b97f4a7c15);

        mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
        at[i] = (unsigned char)(mixed >> 56);
    }
}

void
fake_world_start(struct fake_world *fake, int64_t now)
{
    *fake = (struct fake_world){.now = now};
    fake->world = (struct world){fake, fake_now, fake_random};
}

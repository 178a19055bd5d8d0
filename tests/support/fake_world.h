/*
 * fake_world.h: a world whose time the test sets and whose random bytes repeat from run to run.
 */
#ifndef SUPPORT_FAKE_WORLD_H
#define SUPPORT_FAKE_WORLD_H

#include "base/world.h"

struct fake_world {
    int64_t now;
    uint64_t drawn; /* how many random bytes have been given */
    struct world world;
};

/* fake must stay where it is while its world is in use. */
void fake_world_start(struct fake_world *fake, int64_t now);

#endif

/*
 * fault_driver.h: SQLite, but the Nth call of the engine fails, as a full disk would make it.
 */
#ifndef SUPPORT_FAULT_DRIVER_H
#define SUPPORT_FAULT_DRIVER_H

#include "store/driver.h"

extern const struct driver fault_driver;

/* From now on the nth call that can fail (open, run, begin, commit, rollback, mark, release, undo,
 * script) answers ERR_BUSY, once, without reaching the engine; 0: none does. A statement that cannot
 * be prepared is one that cannot be run. */
void fault_arm(unsigned nth);

/* Has the armed call come? When it has not, the run needed fewer calls than that. */
bool fault_happened(void);

#endif

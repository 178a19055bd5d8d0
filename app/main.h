/*
 * main.h: the commands of `tripact`, as main.c calls them.
 *
 * Each gets the loaded configuration (kept until it returns) and what the command line holds beside
 * it: its own options and words, without the program's and the command's name. Each answers the
 * exit status: 0 done, 1 failed or refused (a line on standard error says why), 2 wrong use.
 */
#ifndef MAIN_H
#define MAIN_H

#include "base/config.h"

#define EXIT_WRONG_USE 2

/* Checks the schema, listens, works until SIGTERM. */
int command_serve(const struct config *config, int argc, char **argv);

/* Brings the store to the newest schema; makes an absent one. */
int command_migrate(const struct config *config, int argc, char **argv);

/* Writes a consistent copy of the store into a new file, also while it is served. Knows one word.
 */
int command_backup(const struct config *config, int argc, char **argv);

/* Puts a backup in the place of the store, which nobody may be serving; keeps what was there. Knows
 * one word. */
int command_restore(const struct config *config, int argc, char **argv);

/* Looks at the whole store, or at the file of the one word it knows: 1 when anything is wrong. */
int command_check(const struct config *config, int argc, char **argv);

/* Fills an empty store with the demo market, or moves a demo store's clock forward. Knows --now. */
int command_demo(const struct config *config, int argc, char **argv);

/* Sees to one person's sign-in. Knows words, not options. */
int command_user(const struct config *config, int argc, char **argv);

/* Imports or exports a catalogue. Knows words and --seller_id. */
int command_catalogue(const struct config *config, int argc, char **argv);

/* Adds a market or gives it other facts. Knows words, not options. */
int command_market(const struct config *config, int argc, char **argv);

/* Prints all markets. */
int command_markets(const struct config *config, int argc, char **argv);

/* Checks the histories of the store, or a file of one. Knows words and --against. */
int command_verify(const struct config *config, int argc, char **argv);

#endif

/* app/cube_keeper.h - keeps snapshots of large cubes, so that a server that starts need not read every answer (feedback/cube_shelf.h).
 *
 * A thread of its own: once a minute, right after the start too, it removes the files that do not count and writes those that
 * are missing or old.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_CUBE_KEEPER_H
#define APP_CUBE_KEEPER_H

#include "feedback/cube_shelf.h"

struct cube_keeper;
struct cubes;

/* All three outlive it. */
struct cube_keeper *cube_keeper_start(struct store *store, struct cubes *cubes,
                                      const struct cube_shelf *shelf);
/* Waits for the file that it writes just now. */
void cube_keeper_stop(struct cube_keeper *keeper);

#endif

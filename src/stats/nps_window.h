/* stats/nps_window.h - the sums of answers in a window that slides over time.
 *
 * Answers come in at one end and go out at the other; at any moment the sums are those that counting the answers inside
 * would give, to the last bit. 16 bytes for each number of a cluster up to the largest, 4 for each of a person: numbers are
 * to begin at 1 and to leave few out. Owns its memory: nps_window_free.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_NPS_WINDOW_H
#define STATS_NPS_WINDOW_H

#include "stats/nps.h"

#include <stddef.h>

/* Zero-initialised is an empty one. Read `sums` at any time. */
struct nps_window {
	struct nps_sums sums;
	struct nps_cluster *clusters; /* [cluster_room] by number */
	uint32_t *persons;            /* [person_room] answers by number */
	size_t cluster_room, person_room;
};

/* cluster: equal for answers that resemble each other; person: for those of one. 0: no other is of the same. */
void nps_window_add(struct nps_window *w, uint32_t cluster, uint32_t person, int score);
/* One that was added. */
void nps_window_take(struct nps_window *w, uint32_t cluster, uint32_t person, int score);
/* It is added or taken soon: of very many people memory is slow, and may begin now. Changes nothing. */
void nps_window_expect(const struct nps_window *w, uint32_t cluster, uint32_t person);
void nps_window_free(struct nps_window *w);

#endif

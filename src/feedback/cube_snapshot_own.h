/* feedback/cube_snapshot_own.h - what cube_snapshot.c writes and cube_snapshot_read.c reads.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_SNAPSHOT_OWN_H
#define FEEDBACK_CUBE_SNAPSHOT_OWN_H

#include "feedback/cube_snapshot.h"

/* To be raised when what is written, or what a column means, changes. */
#define SNAPSHOT_FORMAT 1

/* Length of a text that is left out. */
#define SNAPSHOT_NO_TEXT UINT32_MAX

/* What a file begins with. Its layout tells from each other what differs by format, program and how numbers stand in memory. */
struct snapshot_start {
	uint64_t layout;
	struct cube_snapshot_head head;
};
uint64_t snapshot_layout(Str program);

/* Of a block, its slots and its ids. */
struct snapshot_block {
	int64_t min_id, max_id;
	int32_t min_time, max_time;
	uint32_t rows, slots;
	uint32_t ids_sorted, ids_are_whole;
};
struct snapshot_slot {
	uint32_t width, base; /* width 0: it has no column */
};
struct snapshot_ids { /* packed */
	uint32_t ms_width, low_width, low_base;
};

#endif

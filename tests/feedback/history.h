/* tests/feedback/history.h - random histories of a workspace, by the units that doors use.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTS_FEEDBACK_HISTORY_H
#define TESTS_FEEDBACK_HISTORY_H

#include "ground.h"

#define HISTORY_TAGS 6

enum history_kind {
	HISTORY_ANSWER,
	HISTORY_READ,
	HISTORY_EDIT,
	HISTORY_ACT,
	HISTORY_TAG,
	HISTORY_LEARN,
	HISTORY_MERGE,
	HISTORY_UNMERGE,
	HISTORY_ERASE,
	HISTORY_IMPORT,
	HISTORY_UNDO,
	HISTORY_PURGE,
	HISTORY_TESTS,
	HISTORY_BIN,
	HISTORY_KINDS
};

struct history {
	struct ground *g;
	uint64_t seed;
	struct arena arena; /* emptied by each step */
	int64_t *answers, *persons, *imports, *merged;
	size_t answer_count, person_count, import_count, merged_count;
	int steps;
	int done[HISTORY_KINDS]; /* how many of each kind were not refused */
};

/* One history, and another with HEED_SEED. */
void history_begin(struct history *h, struct ground *g);
void history_end(struct history *h);
/* One thing that happens. What is refused happens too. */
void history_step(struct history *h);
uint64_t history_draw(struct history *h, uint64_t below);
/* Folded name of a tag that may be there. */
Str history_tag(size_t number);
/* The nightly round, twice: what the change log had is gone. */
void history_prune(struct history *h);

#endif

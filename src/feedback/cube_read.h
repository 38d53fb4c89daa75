/* feedback/cube_read.h - reads answers, merges, tags and persons from the database into a cube's numbers.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_READ_H
#define FEEDBACK_CUBE_READ_H

#include "db/db.h"
#include "feedback/cube_rows.h"
#include "feedback/cube_values.h"

/* What a load or a catch-up reads with. Zero-initialise but for the first two. */
struct cube_reader {
	struct cube *cube;
	struct db *db;
	struct cube_values properties, traits;
	struct arena scratch;
	int64_t answers; /* rows that were read */
};
void cube_reader_end(struct cube_reader *reader);

/* Behind the id, at most `max`; *last is the last one's id, *count how many there were. They are new to the cube. */
MUST_USE bool cube_read_page(struct cube_reader *reader, int64_t after, int64_t max, int64_t *last,
                             int64_t *count, struct err *err);
/* Answers, at most CUBE_SOME, with their tags: those that are not there any more are removed. */
#define CUBE_SOME 50
MUST_USE bool cube_read_some(struct cube_reader *reader, const int64_t *ids, size_t count,
                             struct err *err);
/* Answers of a person as the database has it, without their tags. */
MUST_USE bool cube_read_of_person(struct cube_reader *reader, int64_t person, struct err *err);

MUST_USE bool cube_read_merged(struct cube_reader *reader, struct err *err);
MUST_USE bool cube_read_tag_names(struct cube_reader *reader, struct err *err);
MUST_USE bool cube_read_taggings(struct cube_reader *reader, struct err *err);

/* Seconds since CUBE_EPOCH, cut to what fits. */
int32_t cube_time_of(int64_t microseconds);

/* Arguments of a statement about some answers: the workspace, and their ids. */
void cube_some_args(DbArg args[static CUBE_SOME + 1], int64_t workspace, const int64_t *ids,
                    size_t count);

#endif

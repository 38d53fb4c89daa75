/* feedback/cells_people.h - persons as cells of the tables need them: who was merged into whom, what they are today, since
 * when they are known.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_PEOPLE_H
#define FEEDBACK_CELLS_PEOPLE_H

#include "feedback/cells_plan.h"

struct cell_person {
	int64_t id;
	int64_t first_seen; /* made, or its first answer of whatever state */
	Str traits[2];      /* of each dimension; at NULL: none */
};

struct cell_merged {
	int64_t id, canonical;
};

struct cell_people {
	struct cell_merged *merged; /* by id */
	size_t merged_count;
	struct cell_person *all; /* by id; none when no dimension asks */
	size_t count;
};

/* In the arena of the plan, read in short pages. */
MUST_USE bool cell_people_load(const struct facts *facts, const struct cell_plan *plan,
                               struct cell_people *out, struct err *err);
/* The one it was merged into, or itself. */
int64_t cell_people_canonical(const struct cell_people *people, int64_t person);
/* Of a canonical person; NULL: gone, or nobody asks. */
const struct cell_person *cell_people_find(const struct cell_people *people, int64_t person);

#endif

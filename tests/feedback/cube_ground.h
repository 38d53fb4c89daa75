/* tests/feedback/cube_ground.h - a ground with a server's cubes over it, and what their tests look at.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTS_FEEDBACK_CUBE_GROUND_H
#define TESTS_FEEDBACK_CUBE_GROUND_H

#include "feedback/cube.h"
#include "ground.h"

extern enum db_engine engine; /* that the tests run on */
extern struct ground g;
extern struct cubes *cubes;

/* Others beside them; cubes_close. */
struct cubes *open_cubes(size_t budget);

/* For cmocka_unit_test_setup_teardown. */
int cube_ground_make(void **state);
int cube_ground_drop(void **state);
#define CUBE_TEST(name) cmocka_unit_test_setup_teardown(name, cube_ground_make, cube_ground_drop)

const struct cube_view *take(struct cubes *from, struct db *db, int64_t workspace);
struct cubes_stats stats_of(struct cubes *from);
/* An answer; its id. */
int64_t give(int score);
/* Rows that are there, and how many of them have the id. */
size_t rows_of(const struct cube_view *v, int64_t id, size_t *with_id);
/* A workspace of its own whose cube is asked for. */
int64_t another(const char *name);

#endif

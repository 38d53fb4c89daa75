/* tests/feedback/cube_lines.h - what a cube shows and what the tables hold, as lines of text: one an answer, by id.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTS_FEEDBACK_CUBE_LINES_H
#define TESTS_FEEDBACK_CUBE_LINES_H

#include "db/db.h"
#include "feedback/cube.h"

/* With `people`, what is known today of the person stands behind each answer. */
Str cube_lines_of_view(struct arena *a, const struct cube_view *view, bool people);
/* From the tables by plain statements that know nothing of cubes. */
Str cube_lines_of_tables(struct arena *a, struct db *db, int64_t workspace, bool people);
/* Whose comments were read, as what; and whose speak so of the theme. */
Str cube_lines_of_understood(struct arena *a, const struct cube_view *view);
Str cube_lines_of_understood_table(struct arena *a, struct db *db, int64_t workspace);
Str cube_lines_of_theme(struct arena *a, const struct cube_view *view, Str code,
                        enum theme_saying saying);
Str cube_lines_of_theme_table(struct arena *a, struct db *db, int64_t workspace, Str code,
                              enum theme_saying saying);
/* Who has the tag. */
Str cube_lines_of_tag(struct arena *a, const struct cube_view *view, Str folded);
Str cube_lines_of_tag_table(struct arena *a, struct db *db, int64_t workspace, Str folded);

/* Fails the test, with the first line that differs. */
void cube_lines_same(Str got, Str wanted, const char *what);
/* Do the clusters and the marks of repeaters say what the persons and accounts of the rows do? Fails the test. */
void cube_check_clusters(const struct cube_view *view);

#endif

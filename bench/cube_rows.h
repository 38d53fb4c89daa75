/* bench/cube_rows.h - synthetic answers for bench_cube: the same rows for Heed and for its rivals.
 *
 * Three years of answers in order of arrival. Of ten answers, four and a half are of people who answer again and again (3.6
 * times on average), the others of people who answered once. Three attributes are the person's (3, 5 and 20 values), three
 * the answer's (8, 200 and 5000), some values being far more common than others. Seven of a hundred do not count.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BENCH_CUBE_ROWS_H
#define BENCH_CUBE_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#define CUBE_ATTRIBUTES 6
extern const int cube_attribute_sizes[CUBE_ATTRIBUTES];

struct cube_row {
	int64_t at; /* microseconds since 1970 */
	int64_t person;
	int score; /* -1: none */
	int state; /* enum response_state */
	bool imported;
	int attribute[CUBE_ATTRIBUTES]; /* in the order of cube_attribute_sizes */
};

struct cube_row cube_row_of(int64_t number, int64_t rows);
/* Persons are 1 up to this. */
int64_t cube_persons(int64_t rows);

#endif

/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "bench/cube_rows.h"

#define BEGIN INT64_C(1672531200000000) /* 2023-01-01 */
#define SPAN  (INT64_C(3) * 365 * 86400 * 1000000)

const int cube_attribute_sizes[CUBE_ATTRIBUTES] = { 3, 5, 8, 20, 200, 5000 };

/* SplitMix64's mixing. */
static uint64_t mixed(uint64_t z)
{
	z += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* The first values are the most common. */
static int skewed(uint64_t draw, int size)
{
	double u = (double)(draw >> 11) / 9007199254740992.0;
	return (int)(u * u * size);
}

static int64_t returning(int64_t rows)
{
	return rows / 8 + 1;
}

int64_t cube_persons(int64_t rows)
{
	return returning(rows) + rows;
}

struct cube_row cube_row_of(int64_t number, int64_t rows)
{
	static const int scores[] = { 10, 10, 10, 9, 9, 9, 8, 8, 7, 7, 6, 5, 4, 3, 2, 0 };
	uint64_t draw = mixed((uint64_t)number * 4);
	struct cube_row row = { .imported = number < rows / 3, .state = 2 };
	bool returns = draw % 100 < 45;
	uint64_t other = mixed((uint64_t)number * 4 + 1), third = mixed((uint64_t)number * 4 + 2);
	row.person = returns ? 1 + (int64_t)(other % (uint64_t)returning(rows))
	                     : returning(rows) + 1 + number;
	row.at = BEGIN + (int64_t)((double)SPAN / (double)rows * (double)number) +
	         (int64_t)(third % 3600) * 1000000;
	row.score = scores[draw >> 40 & 15];
	switch (draw >> 20 & 127) {
	case 0:
	case 1:
		row.state = 5; /* excluded */
		break;
	case 2:
		row.state = 4; /* unconfirmed */
		break;
	case 3:
		row.state = 6; /* test */
		break;
	case 4:
	case 5:
	case 6:
	case 7:
	case 8:
		row.state = 1;
		row.score = -1;
		break;
	default:
		break;
	}
	for (int i = 0; i < CUBE_ATTRIBUTES; i++) {
		bool of_person = i == 0 || i == 1 || i == 3;
		uint64_t of = of_person ? (uint64_t)row.person * 8 + 3 : (uint64_t)number * 8 + 5;
		row.attribute[i] = skewed(mixed(of + ((uint64_t)i << 56)), cube_attribute_sizes[i]);
	}
	return row;
}

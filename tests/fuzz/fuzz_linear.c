/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Whatever is read as a model can be asked, and written again gives the same bytes. */
#include "text/linear.h"

#include <math.h>

#include "base/die.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct linear m;
	struct err err;
	Str bytes = { (const char *)data, size };
	if (linear_read(&a, bytes, &m, &err)) {
		uint32_t place[1] = { 5 };
		float value[1] = { 1 }, numbers[LINEAR_NAMED_MAX] = { 0 },
		      scores[LINEAR_CLASSES_MAX];
		struct features f = { place, value, 1 };
		linear_scores(&m, &f, numbers, scores);
		struct buf out;
		buf_init(&out, size + 1);
		linear_write(&m, &out);
		MUST(str_eq(buf_str(&out), bytes));
		buf_free(&out);
	}
	arena_free(&a);
	return 0;
}

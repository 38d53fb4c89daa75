/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Whatever the file, an import reads it to its end, twice the same, and takes only rows that may be stored. */
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/die.h"
#include "base/utf8.h"
#include "base/zone.h"
#include "feedback/import_key.h"
#include "feedback/import_own.h"
#include "feedback/import_row.h"
#include "feedback/import_source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(Str text)
{
	MUST(utf8_is_valid(text) && str_find_char(text, '\0', 0) == SIZE_MAX);
}

static bool take(struct arena *a, const struct import_plan *plan, const struct csv_row *row)
{
	struct err err;
	struct own_row own;
	struct import_row read;
	if (plan->own) {
		if (!own_row_read(a, row, plan->columns.count, &own, &err))
			return false;
		MUST(own.response.score >= SCORE_NONE && own.response.score <= 10);
		check_text(own.response.comment);
		return true;
	}
	if (!import_row_read(plan, zone_utc(), a, row, &read, &err))
		return false;
	MUST(read.score >= SCORE_NONE && read.score <= 10);
	MUST(plan->scale == SCALE_0_10 || read.score == SCORE_NONE);
	check_text(read.comment);
	check_text(read.properties);
	check_text(read.who.name);
	return true;
}

/* Rows and taken rows of one pass, as one number. */
static size_t pass(struct import_source *source, const struct import_plan *plan)
{
	struct import_keys *keys = plan->own ? NULL : import_keys_new(plan, 0);
	struct arena a = { 0 };
	struct csv_row row;
	struct err err;
	unsigned char key[IMPORT_KEY_SIZE];
	size_t rows = 0, taken = 0;
	MUST(import_source_rewind(source, &err));
	for (;;) {
		enum import_next next = import_source_next(source, &row, &err);
		if (next == IMPORT_END || next == IMPORT_FAILED)
			break;
		rows++;
		if (next == IMPORT_ROW && take(&a, plan, &row)) {
			taken++;
			if (keys)
				import_key_of(keys, &row, key);
		}
		arena_free(&a);
	}
	import_keys_free(keys);
	return rows * 100000 + taken;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum score_scale scales[] = { SCALE_UNSAID, SCALE_0_10, SCALE_1_5 };
	struct import_source *source;
	struct import_plan plan;
	struct arena a = { 0 };
	struct err err;
	char path[64];
	if (size < 1)
		return 0;
	struct import_wishes wishes = { .scale = scales[data[0] % 3] };
	int fd = memfd_create("file", MFD_CLOEXEC);
	MUST(fd >= 0 && write(fd, data + 1, size - 1) == (ssize_t)size - 1);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (import_source_open(path, &source, &err)) {
		if (import_plan_make(source, &wishes, &a, &plan, &err))
			MUST(pass(source, &plan) == pass(source, &plan));
		import_source_close(source);
	}
	close(fd);
	arena_free(&a);
	return 0;
}

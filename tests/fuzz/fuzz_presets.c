/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Whatever the first rows of a file, a preset names only columns that are there, each for one thing. */
#include "base/die.h"
#include "base/utf8.h"
#include "feedback/import_presets.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CELLS_MAX 300

/* Rows apart by line feeds, cells by tabs; at most as many rows as a header may have. */
static void take_head(struct arena *a, Str text, struct import_head *head)
{
	Str line, cell;
	while (head->row_count < IMPORT_HEADER_ROWS_MAX && str_cut(&text, '\n', &line)) {
		Str *cells = ARENA_ARRAY(a, Str, CELLS_MAX);
		size_t count = 0;
		while (count < CELLS_MAX && str_cut(&line, '\t', &cell))
			cells[count++] = cell;
		head->rows[head->row_count] = cells;
		head->counts[head->row_count++] = count;
	}
}

static void check_choices(const struct import_recognised *r, size_t columns)
{
	for (size_t i = 0; i < r->choice_count; i++) {
		MUST(r->choices[i].column < columns);
		MUST(r->choices[i].field <= FIELD_IGNORED);
		MUST(r->choices[i].reason == REASON_PRESET);
	}
	MUST(r->key == IMPORT_NO_COLUMN || r->key < columns);
	MUST(r->status == IMPORT_NO_COLUMN || r->status < columns);
}

/* What is recognised can be made columns of, and no choice of it is refused. */
static void check_columns(struct arena *a, const struct import_recognised *r, size_t count)
{
	struct import_columns columns;
	struct err err;
	for (size_t i = 0; i < count; i++)
		MUST(utf8_is_valid(r->names[i]));
	if (!import_columns_init(a, r->names, count, r->header_rows, &columns, &err))
		return;
	MUST(import_columns_choose(&columns, r->choices, r->choice_count, &err));
	for (int f = 0; f < FIELD_COUNT; f++)
		MUST(columns.of[f] == IMPORT_NO_COLUMN || columns.of[f] < count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const Str wishes[] = { { "auto", 4 },          { "none", 4 },     { "delighted", 9 },
		                      { "surveymonkey", 12 }, { "typeform", 8 }, { "qualtrics", 9 },
		                      { "google_forms", 12 }, { "other", 5 } };
	struct arena a = { 0 };
	struct import_head head = { 0 };
	struct import_recognised r;
	struct err err;
	if (size < 1 || !utf8_is_valid((Str){ (const char *)data + 1, size - 1 }))
		return 0;
	take_head(&a, (Str){ (const char *)data + 1, size - 1 }, &head);
	Str wish = wishes[data[0] % (sizeof wishes / sizeof *wishes)];
	if (head.row_count > 0 && import_preset_recognise(&a, &head, wish, &r, &err) && r.preset) {
		MUST(r.header_rows >= 1 && r.header_rows <= head.row_count);
		check_choices(&r, head.counts[0]);
		check_columns(&a, &r, head.counts[0]);
	}
	arena_free(&a);
	return 0;
}

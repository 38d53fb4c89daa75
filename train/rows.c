/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/csv.h"

#define FILE_MAX   ((size_t)256 << 20)
#define ROWS_BEGIN 1024

static _Noreturn void stop(const char *what, const char *which)
{
	fprintf(stderr, "%s: %s\n", which, what);
	exit(1);
}

static Str read_file(struct arena *a, const char *path)
{
	struct buf *b = buf_in(a, FILE_MAX);
	gzFile file = gzopen(path, "rb");
	char piece[65536];
	int got;
	if (!file)
		stop("cannot be read; HEED_DEV_DATA names the folder of the labelled sets", path);
	while ((got = gzread(file, piece, sizeof piece)) > 0)
		if (!buf_add(b, (Str){ piece, (size_t)got }))
			stop("is too large", path);
	if (gzclose(file) != Z_OK || got < 0)
		stop("is damaged", path);
	return buf_str(b);
}

static Str *copy_cells(struct arena *a, const struct csv_row *row, size_t columns)
{
	Str *cells = ARENA_ARRAY(a, Str, columns);
	for (size_t i = 0; i < columns && i < row->count; i++)
		cells[i] = str_copy(a, row->cells[i]);
	return cells;
}

static void add_row(struct arena *a, struct rows *r, size_t *room, const struct csv_row *row)
{
	if (!r->names) {
		r->columns = row->count;
		r->names = copy_cells(a, row, row->count);
		return;
	}
	if (r->count == *room) {
		*room = *room ? *room * 2 : ROWS_BEGIN;
		Str **larger = arena_alloc(a, *room * sizeof(void *));
		for (size_t i = 0; i < r->count; i++)
			larger[i] = r->cells[i];
		r->cells = larger;
	}
	r->cells[r->count++] = copy_cells(a, row, r->columns);
}

void rows_read_at(struct arena *a, const char *path, struct rows *out)
{
	struct csv_dialect dialect = { .delimiter = ',', .encoding = CSV_UTF8 };
	struct csv_reader reader;
	struct csv_row row;
	struct err err;
	enum csv_result result;
	size_t room = 0;
	Str bytes = read_file(a, path);
	*out = (struct rows){ 0 };
	csv_read_start(&reader, &dialect);
	csv_read_feed(&reader, bytes);
	csv_read_end(&reader);
	while ((result = csv_read_next(&reader, &row, &err)) != CSV_END)
		if (result == CSV_ROW)
			add_row(a, out, &room, &row);
	csv_read_free(&reader);
	if (!out->names)
		stop("is empty", path);
}

void rows_read(struct arena *a, const char *name, struct rows *out)
{
	const char *folder = getenv("HEED_DEV_DATA");
	Str path = str_printf(a, "%s/%s", folder ? folder : "../shared/data/dev", name);
	rows_read_at(a, str_copy_c(a, path), out);
}

size_t rows_column(const struct rows *r, const char *name)
{
	for (size_t i = 0; i < r->columns; i++)
		if (str_eq(r->names[i], str_of(name)))
			return i;
	stop("there is no such column", name);
}

void rows_write_file(const char *path, Str bytes)
{
	FILE *f = fopen(path, "wb");
	bool ok = f && fwrite(bytes.at, 1, bytes.len, f) == bytes.len;
	if (f)
		ok = fclose(f) == 0 && ok;
	if (!ok)
		stop("cannot be written", path);
}

/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Rows do not depend on where the pieces end, and what the writer writes reads back. */
#include "base/csv.h"

#include "base/die.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool sniff(Str file, size_t piece, struct csv_dialect *out)
{
	struct csv_sniffer s;
	struct err err;
	csv_sniff_start(&s);
	for (size_t at = 0; at < file.len; at += piece)
		csv_sniff_feed(&s, str_slice(file, at, piece));
	return csv_sniff_end(&s, out, &err);
}

static void note_row(const struct csv_row *row, enum csv_result result, struct csv_writer *w)
{
	csv_put_i64(w, (int64_t)row->line);
	csv_put_i64(w, (int64_t)result);
	for (size_t i = 0; i < row->count; i++) {
		MUST(utf8_is_valid(row->cells[i]));
		if (w->cells < CSV_COLUMNS_MAX)
			csv_put_text(w, row->cells[i]);
	}
	csv_put_row_end(w);
}

/* Line, result and cells of each row, as CSV. */
static void read_all(Str file, size_t piece, bool mends, const struct csv_dialect *dialect,
                     struct buf *out)
{
	struct csv_reader r;
	struct csv_row row;
	struct err err;
	struct csv_writer w;
	size_t at = 0;
	enum csv_result result;
	csv_put_start(&w, out, ',', false);
	csv_read_start(&r, dialect);
	r.mends = mends;
	while ((result = csv_read_next(&r, &row, &err)) != CSV_END) {
		if (result != CSV_MORE) {
			note_row(&row, result, &w);
			continue;
		}
		if (at >= file.len)
			csv_read_end(&r);
		csv_read_feed(&r, str_slice(file, at, piece));
		at += piece;
	}
	csv_read_free(&r);
}

/* What was written is read, and written again. */
static void check_writer(Str written)
{
	struct csv_dialect dialect = { .delimiter = ',' };
	struct csv_reader r;
	struct csv_row row;
	struct csv_writer w;
	struct err err;
	struct buf again;
	buf_init(&again, 64 << 20);
	csv_put_start(&w, &again, ',', false);
	csv_read_start(&r, &dialect);
	csv_read_feed(&r, written);
	csv_read_end(&r);
	enum csv_result result;
	while ((result = csv_read_next(&r, &row, &err)) != CSV_END) {
		MUST(result == CSV_ROW);
		for (size_t i = 0; i < row.count; i++)
			csv_put_text(&w, csv_unquoted(row.cells[i]));
		csv_put_row_end(&w);
	}
	MUST(str_eq(written, buf_str(&again)));
	csv_read_free(&r);
	buf_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1)
		return 0;
	struct csv_dialect whole, pieces;
	size_t piece = 1 + data[0] % 32;
	bool mends = data[0] & 32;
	Str file = { (const char *)data + 1, size - 1 };
	if (!sniff(file, SIZE_MAX / 2, &whole))
		return 0;
	MUST(sniff(file, piece, &pieces));
	MUST(whole.delimiter == pieces.delimiter && whole.encoding == pieces.encoding &&
	     whole.skip == pieces.skip);
	struct buf one, many;
	buf_init(&one, 64 << 20);
	buf_init(&many, 64 << 20);
	read_all(file, SIZE_MAX / 2, mends, &whole, &one);
	read_all(file, piece, mends, &whole, &many);
	MUST(str_eq(buf_str(&one), buf_str(&many)));
	check_writer(buf_str(&one));
	buf_free(&one);
	buf_free(&many);
	return 0;
}

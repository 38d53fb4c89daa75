/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/utf8.h"

void csv_read_start(struct csv_reader *r, const struct csv_dialect *dialect)
{
	*r = (struct csv_reader){ .dialect = *dialect, .line = 1, .skip = dialect->skip };
	buf_init(&r->input, SIZE_MAX / 4);
	r->cells = mem_zeroed(CSV_COLUMNS_MAX, sizeof *r->cells);
	utf16_start(&r->utf16, dialect->encoding == CSV_UTF16_BE);
	/* What is skipped is a line only when it is Excel's. */
	if (dialect->skip > 3)
		r->line = 2;
}

void csv_read_free(struct csv_reader *r)
{
	buf_free(&r->input);
	arena_free(&r->row);
	free(r->cells);
	r->cells = NULL;
}

static bool is_utf16(const struct csv_reader *r)
{
	return r->dialect.encoding == CSV_UTF16_LE || r->dialect.encoding == CSV_UTF16_BE;
}

void csv_read_feed(struct csv_reader *r, Str bytes)
{
	if (r->at > 0) {
		memmove(r->input.at, r->input.at + r->at, r->input.len - r->at);
		r->input.len -= r->at;
		r->at = 0;
	}
	if (is_utf16(r))
		utf16_feed(&r->utf16, bytes, &r->input);
	else
		buf_add(&r->input, bytes);
	size_t stepped = r->skip < r->input.len ? r->skip : r->input.len;
	r->skip -= stepped;
	r->at = stepped;
}

void csv_read_end(struct csv_reader *r)
{
	if (is_utf16(r))
		utf16_end(&r->utf16, &r->input);
	r->ended = true;
}

enum scan { SCAN_CELL, SCAN_ROW, SCAN_MORE, SCAN_BAD };

/* One row on its way: positions are in `text`, which begins with the row. */
struct scanner {
	const struct csv_reader *reader;
	Str text;
	char delimiter;
	size_t at;    /* behind what is read */
	size_t lines; /* line ends inside quotes */
	size_t count;
	bool quoted;     /* any cell is */
	const char *why; /* it is none, or one to refuse */
};

/* What was wrong first is told. */
static void refuse(struct scanner *s, const char *why)
{
	s->why = s->why ? s->why : why;
}

static enum scan bad(struct scanner *s, const char *why)
{
	refuse(s, why);
	return SCAN_BAD;
}

static size_t count_lines(Str s)
{
	size_t lines = 0;
	for (size_t i = 0; i < s.len; i++)
		lines +=
		    s.at[i] == '\n' || (s.at[i] == '\r' && !(i + 1 < s.len && s.at[i + 1] == '\n'));
	return lines;
}

static Str undouble(struct arena *a, Str s)
{
	char *out = arena_alloc(a, s.len + 1);
	size_t len = 0;
	for (size_t i = 0; i < s.len; i++) {
		out[len++] = s.at[i];
		i += s.at[i] == '"';
	}
	return (Str){ out, len };
}

/* What ends a cell: the delimiter, a line end, or the file's end. */
static enum scan cell_end(struct scanner *s)
{
	if (s->at == s->text.len)
		return s->reader->ended ? SCAN_ROW : SCAN_MORE;
	char c = s->text.at[s->at];
	if (c == '\n' || c == '\r')
		return SCAN_ROW;
	if (c != s->delimiter)
		return bad(s, "there is text behind a closing quote");
	s->at++;
	return SCAN_CELL;
}

static enum scan scan_quoted(struct scanner *s, struct arena *a, Str *cell)
{
	size_t start = ++s->at;
	bool doubled = false;
	s->quoted = true;
	for (;;) {
		size_t quote = str_find_char(s->text, '"', s->at);
		size_t end = quote == SIZE_MAX ? s->text.len : quote;
		if (end - start > CSV_CELL_MAX)
			refuse(s, "a cell is longer than 256 KiB; is a closing quote missing?");
		if (quote == SIZE_MAX)
			return s->reader->ended ? bad(s, "a quote is never closed") : SCAN_MORE;
		s->at = quote + 1;
		if (s->at == s->text.len && !s->reader->ended)
			return SCAN_MORE;
		if (s->at == s->text.len || s->text.at[s->at] != '"')
			break;
		doubled = true;
		s->at++;
	}
	*cell = str_slice(s->text, start, s->at - 1 - start);
	s->lines += count_lines(*cell);
	if (doubled && !s->why)
		*cell = undouble(a, *cell);
	return cell_end(s);
}

static enum scan scan_plain(struct scanner *s, Str *cell)
{
	const char *text = s->text.at, delimiter = s->delimiter;
	size_t start = s->at, at = start;
	while (at < s->text.len && text[at] != delimiter && text[at] != '\n' && text[at] != '\r')
		at++;
	s->at = at;
	if (at - start > CSV_CELL_MAX)
		refuse(s, "a cell is longer than 256 KiB");
	*cell = str_slice(s->text, start, at - start);
	return cell_end(s);
}

static enum scan scan_row(struct scanner *s, struct arena *a, Str *cells)
{
	for (;;) {
		Str beyond;
		bool fits = s->count < CSV_COLUMNS_MAX;
		if (!fits)
			refuse(s, "there are more than 1000 columns");
		bool quoted = s->at < s->text.len && s->text.at[s->at] == '"';
		Str *cell = fits ? &cells[s->count] : &beyond;
		enum scan got = quoted ? scan_quoted(s, a, cell) : scan_plain(s, cell);
		if (got == SCAN_BAD || got == SCAN_MORE)
			return got;
		if (s->at > CSV_ROW_MAX)
			refuse(s, "the row is longer than 1 MiB");
		s->count += fits;
		if (got == SCAN_ROW)
			return got;
	}
}

/* Steps over the line end at r->at, if one is there. A CR's LF may come with the next piece. */
static void take_line_end(struct csv_reader *r)
{
	if (r->at == r->input.len)
		return;
	r->after_cr = r->input.at[r->at] == '\r';
	r->at++;
	r->line++;
}

/* Skips what is no row: the LF of a CR, empty lines, the rest of an overlong line. */
static void skip_to_row(struct csv_reader *r)
{
	while (r->at < r->input.len) {
		char c = r->input.at[r->at];
		if (c == '\n' && r->after_cr) {
			r->after_cr = false;
			r->at++;
			continue;
		}
		r->after_cr = false;
		if (c == '\n' || c == '\r') {
			r->overlong = false;
			take_line_end(r);
		} else if (r->overlong) {
			r->at++;
		} else {
			return;
		}
	}
}

/* Gives up the first line of what is no row. Without an end in sight its rest is skipped as it comes. */
static enum csv_result refuse_line(struct csv_reader *r, const char *why, struct csv_row *row,
                                   struct err *err)
{
	Str text = str_from(buf_str(&r->input), r->at);
	size_t len = 0;
	while (len < text.len && text.at[len] != '\n' && text.at[len] != '\r')
		len++;
	if (len == text.len && len <= CSV_ROW_MAX && !r->ended)
		return CSV_MORE;
	*row = (struct csv_row){ .line = r->line,
		                 .raw = str_slice(text, 0, len < CSV_ROW_MAX ? len : CSV_ROW_MAX) };
	err_set(err, ERR_INVALID, "line %zu: %s", r->line, why);
	r->at += len;
	r->overlong = len == text.len;
	take_line_end(r);
	return CSV_BAD_ROW;
}

static const char *not_text(const struct csv_reader *r)
{
	return is_utf16(r) ? "this is not valid UTF-16" : "this is not valid UTF-8";
}

/* To valid UTF-8 without NUL, or why not. */
static const char *decode_cells(struct csv_reader *r, size_t count, bool *mended)
{
	const char *why = NULL;
	for (size_t i = 0; i < count && (!why || r->mends); i++) {
		Str *cell = &r->cells[i];
		bool is_1252 = r->dialect.encoding == CSV_WINDOWS_1252, damaged = false;
		if (str_find_char(*cell, '\0', 0) != SIZE_MAX) {
			why = "there is a NUL character";
			damaged = true;
		}
		if (utf8_ascii_prefix(*cell) < cell->len && is_1252) {
			*cell = utf8_from_latin1(&r->row, *cell);
		} else if (utf8_ascii_prefix(*cell) < cell->len && !utf8_is_valid(*cell)) {
			why = not_text(r);
			damaged = true;
		}
		if (damaged && r->mends)
			*cell = utf8_mended(&r->row, *cell);
	}
	*mended = why && r->mends;
	return r->mends ? NULL : why;
}

static enum csv_result refuse_row(const char *why, struct csv_row *row, struct err *err)
{
	row->raw = str_slice(row->raw, 0, CSV_ROW_MAX);
	err_set(err, ERR_INVALID, "line %zu: %s", row->line, why);
	return CSV_BAD_ROW;
}

enum csv_result csv_read_next(struct csv_reader *r, struct csv_row *row, struct err *err)
{
	arena_free(&r->row);
	skip_to_row(r);
	if (r->at == r->input.len)
		return r->ended ? CSV_END : CSV_MORE;
	struct scanner s = { .reader = r, .text = str_from(buf_str(&r->input), r->at) };
	s.delimiter = r->dialect.delimiter ? r->dialect.delimiter : '\n';
	enum scan got = scan_row(&s, &r->row, r->cells);
	if (got == SCAN_MORE && s.text.len <= (s.quoted ? CSV_SKIP_MAX : CSV_ROW_MAX))
		return CSV_MORE;
	if (got != SCAN_ROW)
		return refuse_line(r, s.why ? s.why : "the row is longer than 1 MiB", row, err);
	*row = (struct csv_row){ .line = r->line, .raw = str_slice(s.text, 0, s.at) };
	const char *why = s.why ? s.why : decode_cells(r, s.count, &row->mended);
	r->at += s.at;
	r->line += s.lines;
	take_line_end(r);
	if (why)
		return refuse_row(why, row, err);
	row->cells = r->cells;
	row->count = s.count;
	return CSV_ROW;
}

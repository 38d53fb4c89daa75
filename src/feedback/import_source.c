/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "base/json.h"
#include "feedback/export_columns.h"

#define PIECE ((size_t)256 * 1024)

struct import_source {
	int fd;
	int64_t size, at;
	struct csv_dialect dialect;
	bool is_json, is_read, mends;
	size_t header, to_skip; /* rows */
	char *piece;
	Str *cells;
	size_t cell_room;
	/* CSV */
	struct csv_reader reader;
	/* JSON Lines */
	struct buf lines;
	size_t line_at, line;
	struct arena row;
};

const char *export_column_name(enum export_column column)
{
	static const char *const names[EXPORT_COLUMN_COUNT] = {
#define EXPORT_NAME_OF(column, name) [column] = name,
		EXPORT_COLUMNS(EXPORT_NAME_OF)
#undef EXPORT_NAME_OF
	};
	return names[column];
}

static bool read_piece(struct import_source *s, Str *out, struct err *err)
{
	ssize_t got;
	do
		got = read(s->fd, s->piece, PIECE);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return err_set(err, ERR_IO, "The file cannot be read: %s", strerror(errno));
	*out = (Str){ s->piece, (size_t)got };
	s->at += got;
	return true;
}

/* An object and its first name: no table begins like that. */
static bool begins_like_json(Str head)
{
	return str_starts(head, STR("{\""));
}

static bool sniff(struct import_source *s, struct err *err)
{
	struct csv_sniffer sniffer;
	Str piece;
	bool first = true, ok;
	csv_sniff_start(&sniffer);
	while ((ok = read_piece(s, &piece, err)) && piece.len > 0) {
		s->is_json = first ? begins_like_json(piece) : s->is_json;
		first = false;
		csv_sniff_feed(&sniffer, piece);
	}
	struct err ignored;
	bool known = csv_sniff_end(&sniffer, &s->dialect, ok ? err : &ignored);
	return ok && known;
}

bool import_source_open(const char *path, struct import_source **out, struct err *err)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_INVALID,
		               "The file %s cannot be opened: %s", path, strerror(errno));
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return err_set(err, ERR_INVALID,
		               "%s is no regular file; a file is read more than once", path);
	}
	struct import_source *s = mem_zeroed(1, sizeof(*s));
	s->fd = fd;
	s->size = st.st_size;
	s->piece = mem_alloc(PIECE);
	buf_init(&s->lines, CSV_ROW_MAX + PIECE);
	if (!sniff(s, err) || !import_source_rewind(s, err)) {
		import_source_close(s);
		return false;
	}
	*out = s;
	return true;
}

void import_source_close(struct import_source *s)
{
	if (!s)
		return;
	if (s->is_read)
		csv_read_free(&s->reader);
	buf_free(&s->lines);
	arena_free(&s->row);
	close(s->fd);
	free(s->piece);
	free(s->cells);
	free(s);
}

void import_source_set_header(struct import_source *s, size_t rows)
{
	s->header = rows;
}

void import_source_mend(struct import_source *s)
{
	s->mends = true;
}

bool import_source_rewind(struct import_source *s, struct err *err)
{
	if (lseek(s->fd, 0, SEEK_SET) != 0)
		return err_set(err, ERR_IO, "The file cannot be read again: %s", strerror(errno));
	if (s->is_read)
		csv_read_free(&s->reader);
	csv_read_start(&s->reader, &s->dialect);
	s->reader.mends = s->mends;
	s->is_read = true;
	buf_clear(&s->lines);
	s->at = 0;
	s->to_skip = s->header;
	s->line = 0;
	s->line_at = 0;
	return true;
}

static Str *cells_for(struct import_source *s, size_t count)
{
	if (count > s->cell_room) {
		s->cells = mem_resize(s->cells, count * sizeof(*s->cells));
		s->cell_room = count;
	}
	return s->cells;
}

static enum import_next next_table_row(struct import_source *s, struct csv_row *row,
                                       struct err *err)
{
	for (;;) {
		Str piece;
		switch (csv_read_next(&s->reader, row, err)) {
		case CSV_ROW: {
			Str *cells = cells_for(s, row->count);
			for (size_t i = 0; i < row->count; i++)
				cells[i] = csv_unquoted(row->cells[i]);
			row->cells = cells;
			return IMPORT_ROW;
		}
		case CSV_BAD_ROW:
			return IMPORT_BAD_ROW;
		case CSV_END:
			return IMPORT_END;
		case CSV_MORE:
			if (!read_piece(s, &piece, err))
				return IMPORT_FAILED;
			if (piece.len > 0)
				csv_read_feed(&s->reader, piece);
			else
				csv_read_end(&s->reader);
		}
	}
}

/* The next line without its end; at NULL after the last. */
static bool next_line(struct import_source *s, Str *out, struct err *err)
{
	for (;;) {
		Str rest = str_from(buf_str(&s->lines), s->line_at);
		size_t end = str_find_char(rest, '\n', 0);
		if (end != SIZE_MAX) {
			*out = str_slice(rest, 0, end);
			s->line_at += end + 1;
			return true;
		}
		if (rest.len > CSV_ROW_MAX)
			return err_set(err, ERR_TOO_LARGE, "line %zu is longer than 1 MiB",
			               s->line);
		if (rest.len > 0)
			memmove(s->lines.at, rest.at, rest.len);
		s->lines.len = rest.len;
		s->line_at = 0;
		Str piece;
		if (!read_piece(s, &piece, err))
			return false;
		if (piece.len == 0) {
			*out = s->lines.len ? buf_str(&s->lines) : (Str){ 0 };
			s->line_at = s->lines.len;
			return true;
		}
		buf_add(&s->lines, piece);
	}
}

static bool column_by_name(Str name, size_t *out)
{
	for (size_t i = 0; i < EXPORT_COLUMN_COUNT; i++) {
		if (str_eq(name, str_of(export_column_name((enum export_column)i)))) {
			*out = i;
			return true;
		}
	}
	return false;
}

static Str cell_of(struct arena *a, JsonRef value)
{
	if (!json_read_is_given(value))
		return (Str){ 0 };
	struct buf text;
	struct json_writer w;
	buf_init(&text, CSV_CELL_MAX);
	json_put_start(&w, &text);
	json_put_ref(&w, value);
	Str cell = str_copy(a, buf_str(&text));
	buf_free(&text);
	return cell;
}

static bool row_of_line(struct import_source *s, Str line, struct csv_row *row, struct err *err)
{
	JsonRef dict, value;
	size_t position = 0, column;
	Str name;
	Str *cells = cells_for(s, EXPORT_COLUMN_COUNT);
	memset(cells, 0, EXPORT_COLUMN_COUNT * sizeof(*cells));
	if (!json_read(&s->row, line, &dict, err) || !json_read_dict(dict, err))
		return false;
	while (json_read_next(dict, &position, &name, &value)) {
		if (!column_by_name(name, &column))
			return err_set(err, ERR_INVALID, "\"%.*s\" is no column of an export",
			               STR_FMT(name));
		if (json_read_kind(value) != JSON_TEXT)
			cells[column] = cell_of(&s->row, value);
		else if (!json_read_text(value, CSV_CELL_MAX, &cells[column], err))
			return false;
	}
	row->cells = cells;
	row->count = EXPORT_COLUMN_COUNT;
	return true;
}

static void names_row(struct import_source *s, struct csv_row *row)
{
	Str *cells = cells_for(s, EXPORT_COLUMN_COUNT);
	for (size_t i = 0; i < EXPORT_COLUMN_COUNT; i++)
		cells[i] = str_of(export_column_name((enum export_column)i));
	row->cells = cells;
	row->count = EXPORT_COLUMN_COUNT;
}

static enum import_next next_json_row(struct import_source *s, struct csv_row *row, struct err *err)
{
	Str line;
	arena_free(&s->row);
	*row = (struct csv_row){ 0 };
	if (s->line == 0) {
		s->line = 1;
		names_row(s, row);
		return IMPORT_ROW;
	}
	do {
		if (!next_line(s, &line, err))
			return IMPORT_FAILED;
		if (!line.at)
			return IMPORT_END;
		row->line = s->line++;
		row->raw = line;
	} while (str_trim(line).len == 0);
	return row_of_line(s, line, row, err) ? IMPORT_ROW : IMPORT_BAD_ROW;
}

enum import_next import_source_next(struct import_source *s, struct csv_row *row, struct err *err)
{
	for (;;) {
		enum import_next next =
		    s->is_json ? next_json_row(s, row, err) : next_table_row(s, row, err);
		if (next != IMPORT_ROW || s->to_skip == 0)
			return next;
		s->to_skip--;
	}
}

bool import_source_next_good(struct import_source *s, struct csv_row *row, bool *found,
                             struct err *err)
{
	struct err why;
	enum import_next next;
	do
		next = import_source_next(s, row, &why);
	while (next == IMPORT_BAD_ROW);
	if (next == IMPORT_FAILED) {
		*err = why;
		return false;
	}
	*found = next == IMPORT_ROW;
	return true;
}

struct csv_dialect import_source_dialect(const struct import_source *s)
{
	return s->dialect;
}

bool import_source_is_json(const struct import_source *s)
{
	return s->is_json;
}

int64_t import_source_size(const struct import_source *s)
{
	return s->size;
}

int64_t import_source_at(const struct import_source *s)
{
	return s->at;
}

/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/file_header.h"

#include "feedback/import_source.h"

/* Rows that are looked at. */
#define ROWS_MAX 500
#define SENTENCE 3
/* Of so many cells below, one or more is as short. */
#define ONE_IN 10
/* How much longer than all below it may be. */
#define LONGER 2

/* What stands below one name. */
struct below {
	size_t cells, as_short, longest;
	size_t others; /* numbers and dates */
	bool again;    /* the name itself */
};

static bool is_number_or_date(Str cell)
{
	double number;
	return str_to_double(cell, &number) || date_cell_is_date(cell);
}

static void see(struct below *b, Str name, Str cell)
{
	if (cell.len == 0)
		return;
	b->cells++;
	b->as_short += cell.len <= name.len;
	b->longest = cell.len > b->longest ? cell.len : b->longest;
	b->others += is_number_or_date(cell);
	b->again |= str_eq(cell, name);
}

static bool look(struct import_source *source, const struct import_columns *columns,
                 struct below *below, struct err *err)
{
	struct csv_row row;
	bool found = true;
	for (size_t rows = 0; rows < ROWS_MAX && found; rows++) {
		if (!import_source_next_good(source, &row, &found, err))
			return false;
		for (size_t i = 0; found && i < row.count && i < columns->count; i++)
			see(&below[i], columns->at[i].header, str_trim(row.cells[i]));
	}
	return true;
}

static bool ends_a_sentence(Str name)
{
	return str_ends(name, STR(".")) || str_ends(name, STR("!")) || str_ends(name, STR("…")) ||
	       str_ends(name, STR("。"));
}

static size_t words_of(Str name)
{
	size_t words = 1;
	for (size_t i = 0; i < name.len; i++)
		words += name.at[i] == ' ';
	return words;
}

static bool asks(Str name)
{
	return str_ends(name, STR("?")) || str_ends(name, STR(":")) || str_ends(name, STR("？"));
}

static bool is_a_name(struct arena *a, Str name)
{
	return import_name_is_known(a, name, false) || asks(name) ||
	       str_find_char(name, '_', 0) != SIZE_MAX;
}

/* "Any other feedback" names a column, and "I recommend it" as well. */
static bool may_be_a_name(struct arena *a, Str name)
{
	return !ends_a_sentence(name) && import_name_is_known(a, name, true);
}

static bool is_sentence(Str name, const struct below *b)
{
	return b->again || ends_a_sentence(name) || words_of(name) >= SENTENCE;
}

static bool looks_like(Str name, const struct below *b)
{
	return b->others * 2 < b->cells && b->as_short * ONE_IN >= b->cells &&
	       name.len <= b->longest * LONGER;
}

bool file_header_find(struct import_source *source, const struct import_columns *columns,
                      struct arena *a, enum file_header *out, struct err *err)
{
	struct below *below = ARENA_ARRAY(a, struct below, columns->count + 1);
	bool any = false, all = true, named = columns->header_rows != 1, hinted = false;
	if (!look(source, columns, below, err))
		return false;
	for (size_t i = 0; i < columns->count; i++) {
		Str name = columns->at[i].header;
		named |= is_a_name(a, name);
		hinted |= may_be_a_name(a, name);
		if (below[i].cells == 0)
			continue;
		all &= looks_like(name, &below[i]);
		any |= is_sentence(name, &below[i]);
	}
	*out = named || (hinted && columns->count > 1) ? FILE_HEADER_NAMES
	       : any && all && !hinted                 ? FILE_HEADER_COMMENT
	                                               : FILE_HEADER_DOUBT;
	return true;
}

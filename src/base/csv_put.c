/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/csv.h"

#include <inttypes.h>

#include "base/die.h"

/* Does a spreadsheet take it for a formula? */
static bool is_formula(Str cell)
{
	static const Str starts[] = { { "=", 1 },
		                      { "+", 1 },
		                      { "-", 1 },
		                      { "@", 1 },
		                      { "\t", 1 },
		                      { "\r", 1 },
		                      { "\n", 1 },
		                      { "\xEF\xBC\x9D", 3 },
		                      { "\xEF\xBC\x8B", 3 },
		                      { "\xEF\xBC\x8D", 3 },
		                      { "\xEF\xBC\xA0", 3 } };
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (str_starts(cell, starts[i]))
			return true;
	return false;
}

static Str behind_quotes(Str cell)
{
	while (str_starts(cell, STR("'")))
		cell = str_from(cell, 1);
	return cell;
}

Str csv_unquoted(Str cell)
{
	bool stopped = str_starts(cell, STR("'")) && is_formula(behind_quotes(cell));
	return stopped ? str_from(cell, 1) : cell;
}

void csv_put_start(struct csv_writer *w, struct buf *out, char delimiter, bool for_spreadsheet)
{
	*w = (struct csv_writer){
		.out = out,
		.delimiter = delimiter,
		.for_spreadsheet = for_spreadsheet,
	};
	if (for_spreadsheet)
		buf_add(out, STR("\xEF\xBB\xBF"));
}

static void before_cell(struct csv_writer *w)
{
	MUST(w->cells < CSV_COLUMNS_MAX);
	w->blank = w->cells == 0;
	if (w->cells++ > 0)
		buf_add_char(w->out, w->delimiter);
}

static bool needs_quotes(const struct csv_writer *w, Str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		if (c == w->delimiter || c == '"' || c == '\n' || c == '\r')
			return true;
	}
	/* Readers differ on spaces at the ends. */
	return text.len > 0 && str_trim(text).len < text.len;
}

void csv_put_text(struct csv_writer *w, Str text)
{
	before_cell(w);
	w->blank = w->blank && text.len == 0;
	Str rest = behind_quotes(text);
	bool stop = is_formula(rest) && (w->for_spreadsheet || rest.len < text.len);
	if (!stop && !needs_quotes(w, text)) {
		buf_add(w->out, text);
		return;
	}
	buf_add(w->out, stop ? STR("\"'") : STR("\""));
	for (;;) {
		size_t quote = str_find_char(text, '"', 0);
		buf_add(w->out, str_slice(text, 0, quote));
		if (quote == SIZE_MAX)
			break;
		buf_add(w->out, STR("\"\""));
		text = str_from(text, quote + 1);
	}
	buf_add_char(w->out, '"');
}

void csv_put_i64(struct csv_writer *w, int64_t value)
{
	before_cell(w);
	w->blank = false;
	buf_printf(w->out, "%" PRId64, value);
}

void csv_put_row_end(struct csv_writer *w)
{
	MUST(w->cells > 0);
	/* A row of one empty cell would be an empty line, which is no row. */
	if (w->blank)
		buf_add(w->out, STR("\"\""));
	buf_add_char(w->out, '\n');
	w->cells = 0;
}

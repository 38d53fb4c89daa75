/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/file_comments.h"

#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "feedback/import_plan.h"
#include "feedback/import_source.h"

/* What the first pass saw of a column beside import_column. */
struct seen {
	int64_t bytes, filled, numbers;
	double lowest, highest;
};

struct scan {
	struct import_columns columns;
	struct import_recognised recognised;
	struct seen seen[IMPORT_COLUMNS_MAX];
	enum file_header header;
};

/* "4.5", "4,5", " 9 ", "4.5/5", "10/10", "Extremely likely - 10": the number before the slash. */
static bool number_of(Str cell, double *out)
{
	char text[32];
	size_t len = 0;
	cell = score_cell_number(cell);
	size_t slash = str_find_char(cell, '/', 0);
	if (slash != SIZE_MAX)
		cell = str_trim(str_slice(cell, 0, slash));
	if (cell.len == 0 || cell.len >= sizeof text)
		return false;
	for (; len < cell.len; len++)
		text[len] = cell.at[len] == ',' ? '.' : cell.at[len];
	return str_to_double((Str){ text, len }, out);
}

static void see(struct scan *s, struct arena *a, const struct csv_row *row)
{
	for (size_t i = 0; i < row->count && i < s->columns.count; i++) {
		Str cell = str_trim(row->cells[i]);
		double number;
		if (cell.len == 0)
			continue;
		s->seen[i].filled++;
		s->seen[i].bytes += (int64_t)cell.len;
		if (!number_of(cell, &number))
			continue;
		struct seen *seen = &s->seen[i];
		seen->highest = seen->numbers ? fmax(seen->highest, number) : number;
		seen->lowest = seen->numbers++ ? fmin(seen->lowest, number) : number;
	}
	import_columns_add(a, &s->columns, row);
}

static bool is_name(const struct import_columns *columns, Str wish)
{
	bool found = false;
	for (size_t i = 0; i < columns->count && wish.at && !found; i++)
		found = str_eq_ignoring_ascii_case(columns->at[i].header, wish);
	return found;
}

/* Who calls a column by its name has seen a header. */
static bool wishes_name(const struct file_comment_wishes *w, const struct import_columns *columns)
{
	return is_name(columns, w->text) || is_name(columns, w->score) ||
	       is_name(columns, w->question);
}

/* Begins with the first row, whose cells name nothing. */
static bool take_header_back(struct import_source *source, struct arena *a, struct scan *s,
                             struct err *err)
{
	s->recognised = (struct import_recognised){ .status = IMPORT_NO_COLUMN };
	import_source_set_header(source, 0);
	return import_columns_init(a, NULL, s->columns.count, 0, &s->columns, err);
}

static bool scan_begin(struct import_source *source, const struct file_comment_wishes *wishes,
                       struct arena *a, struct scan *s, struct err *err)
{
	struct import_scan *begun = ARENA_NEW(a, struct import_scan);
	if (!import_scan_begin(source, (Str){ 0 }, a, begun, err))
		return false;
	s->columns = begun->columns;
	s->recognised = begun->recognised;
	if (wishes->no_header)
		return take_header_back(source, a, s, err) && import_source_rewind(source, err);
	if (s->recognised.preset || begun->own || wishes_name(wishes, &s->columns))
		return true;
	if (!file_header_find(source, &s->columns, a, &s->header, err) ||
	    (s->header == FILE_HEADER_COMMENT && !take_header_back(source, a, s, err)))
		return false;
	return import_source_rewind(source, err);
}

static bool scan_rows(struct import_source *source, const struct file_comment_wishes *wishes,
                      struct arena *a, struct scan *s, struct err *err)
{
	struct csv_row row;
	bool found = true;
	if (!scan_begin(source, wishes, a, s, err))
		return false;
	while (found) {
		if (!import_source_next_good(source, &row, &found, err))
			return false;
		if (found)
			see(s, a, &row);
	}
	return true;
}

static bool has_long_texts(const struct seen *s)
{
	return s->filled > 0 && s->numbers * 2 < s->filled;
}

static double mean_bytes(const struct seen *s)
{
	return s->filled ? (double)s->bytes / (double)s->filled : 0;
}

static size_t longest_column(const struct scan *s)
{
	size_t best = IMPORT_NO_COLUMN;
	for (size_t i = 0; i < s->columns.count; i++)
		if (has_long_texts(&s->seen[i]) &&
		    (best == IMPORT_NO_COLUMN ||
		     mean_bytes(&s->seen[i]) > mean_bytes(&s->seen[best])))
			best = i;
	return best;
}

static bool say_columns(const struct scan *s, const char *what, struct arena *a, struct err *err)
{
	struct buf *list = buf_in(a, 400);
	for (size_t i = 0; i < s->columns.count && !list->overflowed; i++)
		buf_printf(list, "%s%.*s", i ? ", " : "", STR_FMT(s->columns.at[i].header));
	return err_set(err, ERR_INVALID, "%s. The file has these columns: %.*s", what,
	               STR_FMT(buf_str(list)));
}

static bool wished(const struct scan *s, Str wish, const char *option, size_t *out, struct err *err)
{
	*out = IMPORT_NO_COLUMN;
	return !wish.at || import_column_find(&s->columns, wish, out, err) ||
	       err_prefix(err, "%s", option);
}

struct chosen {
	size_t text, score, question;
	size_t status; /* marks rows that are no answers */
	enum score_scale scale;
};

static bool choose(struct scan *s, const struct file_comment_wishes *wishes, struct arena *a,
                   struct chosen *c, struct err *err)
{
	if (!wished(s, wishes->text, "--text", &c->text, err) ||
	    !wished(s, wishes->score, "--score", &c->score, err) ||
	    !wished(s, wishes->question, "--question", &c->question, err))
		return false;
	const struct import_recognised *r = &s->recognised;
	c->status = r->status;
	if (!import_columns_choose(&s->columns, r->choices, r->choice_count, err))
		return false;
	import_columns_guess(a, &s->columns);
	if (r->comment_by_place)
		import_columns_comment_by_place(&s->columns);
	if (c->text == IMPORT_NO_COLUMN)
		c->text = import_columns_said(&s->columns);
	size_t longest = longest_column(s);
	if (c->text == IMPORT_NO_COLUMN || (!wishes->text.at && !has_long_texts(&s->seen[c->text])))
		c->text = longest == IMPORT_NO_COLUMN ? c->text : longest;
	if (c->text == IMPORT_NO_COLUMN)
		return say_columns(s, "No column holds texts; say which with --text", a, err);
	if (c->score == IMPORT_NO_COLUMN && s->columns.of[FIELD_SCORE] != c->text)
		c->score = s->columns.of[FIELD_SCORE];
	if (c->score == IMPORT_NO_COLUMN)
		return true;
	c->scale = wishes->scale;
	const struct seen *scores = &s->seen[c->score];
	if (c->scale == SCALE_UNSAID)
		c->scale = scores->highest > 5 || scores->lowest <= 0 ? SCALE_0_10 : SCALE_1_5;
	return true;
}

static enum comment_group group_of(double score, enum score_scale scale)
{
	if (scale == SCALE_1_5)
		return score < 3 ? COMMENT_LOW : score < 4 ? COMMENT_MIDDLE : COMMENT_HIGH;
	return score < 7 ? COMMENT_LOW : score < 9 ? COMMENT_MIDDLE : COMMENT_HIGH;
}

static void read_score(Str cell, struct file_comments *out, struct file_comment *comment)
{
	double highest = out->scale == SCALE_1_5 ? 5 : 10, score;
	if (str_trim(cell).len == 0)
		return;
	if (!number_of(cell, &score) || score < 0 || score > highest) {
		out->bad_scores++;
		return;
	}
	comment->score = score;
	comment->group = group_of(score, out->scale);
	out->with_score++;
}

static Str cell_of(const struct csv_row *row, size_t column)
{
	return column < row->count ? row->cells[column] : (Str){ 0 };
}

static struct file_comment *next_comment(struct file_comments *out, size_t line, struct arena *a,
                                         size_t *cap)
{
	if (out->count == *cap) {
		*cap = *cap ? *cap * 2 : 1024;
		struct file_comment *larger = ARENA_ARRAY(a, struct file_comment, *cap);
		if (out->count)
			memcpy(larger, out->at, out->count * sizeof *larger);
		out->at = larger;
	}
	struct file_comment *comment = &out->at[out->count++];
	*comment =
	    (struct file_comment){ .line = line, .score = (double)NAN, .group = COMMENT_NO_GROUP };
	return comment;
}

static void take_row(const struct csv_row *row, const struct chosen *c, struct arena *a,
                     struct file_comments *out, size_t *cap)
{
	struct file_comment *comment = next_comment(out, row->line, a, cap);
	if (row->mended && out->mended++ == 0)
		out->first_mended_line = row->line;
	comment->text = str_copy(a, str_trim(cell_of(row, c->text)));
	comment->question = str_copy(a, str_trim(cell_of(row, c->question)));
	out->with_text += comment->text.len > 0;
	if (c->score != IMPORT_NO_COLUMN)
		read_score(cell_of(row, c->score), out, comment);
}

static void leave_out(const struct csv_row *row, Str why, bool unreadable, struct arena *a,
                      struct file_comments *out, size_t *cap)
{
	struct file_comment *comment = next_comment(out, row->line, a, cap);
	comment->left_out = str_copy(a, why);
	comment->unreadable = unreadable;
	out->left_out++;
	out->unreadable += unreadable;
}

/* "line 7: a quote is never closed" tells the line that stands beside it once more. */
static Str reason_of(const struct err *why)
{
	Str text = str_of(why->msg);
	size_t colon = str_starts(text, STR("line ")) ? str_find(text, STR(": ")) : SIZE_MAX;
	return colon == SIZE_MAX ? text : str_from(text, colon + 2);
}

static bool take_rows(struct import_source *source, const struct chosen *c, struct arena *a,
                      struct file_comments *out, struct err *err)
{
	struct csv_row row;
	size_t cap = 0;
	for (;;) {
		struct err why;
		switch (import_source_next(source, &row, &why)) {
		case IMPORT_ROW:
			if (c->status != IMPORT_NO_COLUMN &&
			    import_preset_is_no_answer(cell_of(&row, c->status)))
				leave_out(&row, STR("a preview, a test or spam, no answer"), false,
				          a, out, &cap);
			else
				take_row(&row, c, a, out, &cap);
			continue;
		case IMPORT_BAD_ROW:
			leave_out(&row, reason_of(&why), true, a, out, &cap);
			continue;
		case IMPORT_END:
			return true;
		case IMPORT_FAILED:
			*err = why;
			return false;
		}
	}
}

static Str header_of(const struct scan *s, size_t column)
{
	return column == IMPORT_NO_COLUMN ? (Str){ 0 } : s->columns.at[column].header;
}

bool file_comments_read(struct import_source *source, const struct file_comment_wishes *wishes,
                        struct arena *a, struct file_comments *out, struct err *err)
{
	struct scan *s = ARENA_NEW(a, struct scan);
	struct chosen c = { 0 };
	struct file_comments found = { 0 };
	import_source_mend(source);
	if (!scan_rows(source, wishes, a, s, err) || !choose(s, wishes, a, &c, err) ||
	    !import_source_rewind(source, err))
		return false;
	found.text_column = header_of(s, c.text);
	found.score_column = header_of(s, c.score);
	found.question_column = header_of(s, c.question);
	found.scale = c.scale;
	found.speakers = s->columns.at[c.text].speakers;
	found.header = s->header;
	if (!take_rows(source, &c, a, &found, err))
		return false;
	for (size_t i = 0; i < found.count && !found.first_left_out; i++)
		if (found.at[i].left_out.at)
			found.first_left_out = &found.at[i];
	*out = found;
	return true;
}

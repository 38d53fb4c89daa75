/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/link_list.h"

#include "base/utf8.h"
#include "people/properties.h"
#include "survey/link_scope.h"
#include "survey/person_scope.h"

#define FEED_BYTES ((size_t)256 << 10)
#define CHAR_BYTES 4 /* at most */

static void close_list(void *what)
{
	struct link_list *list = what;
	csv_read_free(&list->reader);
	arena_free(&list->arena);
}

static bool sniff(Str body, struct csv_dialect *out, struct err *err)
{
	struct csv_sniffer sniffer;
	csv_sniff_start(&sniffer);
	csv_sniff_feed(&sniffer, body);
	return csv_sniff_end(&sniffer, out, err);
}

/* Feeds until there is a row, or no more. */
static enum csv_result next_row(struct link_list *list, struct csv_row *row, struct err *err)
{
	enum csv_result result;
	while ((result = csv_read_next(&list->reader, row, err)) == CSV_MORE) {
		Str part = str_slice(list->rest, 0, FEED_BYTES);
		list->rest = str_from(list->rest, part.len);
		if (part.len)
			csv_read_feed(&list->reader, part);
		else
			csv_read_end(&list->reader);
	}
	return result;
}

static bool read_header(struct arena *a, struct link_list *list, struct err *err)
{
	struct csv_row row;
	switch (next_row(list, &row, err)) {
	case CSV_ROW:
		break;
	case CSV_BAD_ROW:
		return err_prefix(err, "the line with the columns' names");
	case CSV_MORE:
	case CSV_END:
		return err_set(err, ERR_INVALID, "the list is empty");
	}
	if (!people_list_columns_find(a, row.cells, row.count, list->named, &list->definition,
	                              &list->columns, err))
		return false;
	struct link_list_row *header = &list->rows[0];
	header->cells = ARENA_ARRAY(a, Str, row.count);
	for (size_t i = 0; i < row.count; i++)
		header->cells[i] = str_copy(a, row.cells[i]);
	return true;
}

bool link_list_open(struct arena *a, struct link_list *list, Str body, struct err *err)
{
	if (!sniff(body, &list->dialect, err))
		return false;
	list->rest = body;
	csv_read_start(&list->reader, &list->dialect);
	arena_defer(a, close_list, list);
	return read_header(a, list, err);
}

static void put_cells(struct csv_writer *w, const struct link_list *list,
                      const struct link_list_row *row)
{
	for (size_t i = 0; i < list->columns.passed; i++)
		csv_put_text(w, row->cells[i]);
}

static void put_header(struct csv_writer *w, const struct link_list *list)
{
	put_cells(w, list, &list->rows[0]);
	csv_put_text(w, list->columns.link_name);
	csv_put_text(w, STR(PEOPLE_LIST_PROBLEM));
	csv_put_row_end(w);
}

static bool put_row(struct csv_writer *w, struct link_list *list, const struct link_list_row *row,
                    struct err *err)
{
	char token[LINK_TOKEN_CHARS + 1];
	Str link = STR("");
	if (!row->problem.at) {
		if (!link_mint(list->keys, LINK_INVITATION, list->workspace, row->invitation.id,
		               row->invitation.expires_at, token, err))
			return false;
		link = str_printf(&list->arena, "%s/r/%s", list->public_url, token);
	}
	put_cells(w, list, row);
	csv_put_text(w, link);
	csv_put_text(w, row->problem);
	csv_put_row_end(w);
	return true;
}

static bool write_part(struct link_list *list, struct buf *out, struct err *err)
{
	struct csv_writer w;
	char delimiter = list->dialect.delimiter ? list->dialect.delimiter : ',';
	csv_put_start(&w, out, delimiter, false);
	if (!list->started)
		put_header(&w, list);
	list->started = true;
	for (size_t i = 0; i < list->row_count; i++)
		if (!put_row(&w, list, &list->rows[i], err))
			return false;
	return true;
}

static Str told(struct arena *a, const struct err *why)
{
	const char *field = why->path[0] == '/' ? why->path + 1 : why->path;
	return field[0] ? str_printf(a, "%s: %s", field, why->msg) : str_copy(a, str_of(why->msg));
}

/* A row that could not be read stands there with what it was, as text, in the first column. */
static void take_bad_row(struct link_list *list, const struct csv_row *row, const struct err *why,
                         struct link_list_row *out)
{
	Str begin = str_slice(row->raw, 0, PERSON_TEXT_MAX + CHAR_BYTES);
	out->cells[0] = utf8_prefix(utf8_mended(&list->arena, begin), PERSON_TEXT_MAX);
	out->problem = told(&list->arena, why);
}

static void take_row(struct link_list *list, const struct csv_row *row, struct link_list_row *out)
{
	struct err why;
	size_t count = row->count < list->columns.count ? row->count : list->columns.count;
	for (size_t i = 0; i < count; i++)
		out->cells[i] = str_copy(&list->arena, row->cells[i]);
	if (!people_list_row(&list->arena, &list->columns, out->cells,
	                     row->count > count ? row->count : count, &out->who, &out->properties,
	                     &why))
		out->problem = told(&list->arena, &why);
}

static bool too_long(struct err *err)
{
	return err_set(err, ERR_TOO_LARGE, "a list has at most %d people; send it in parts",
	               LINK_LIST_ROWS_MAX);
}

static bool read_part(struct link_list *list, struct err *err)
{
	struct csv_row row;
	struct err why;
	arena_free(&list->arena);
	list->row_count = 0;
	while (!list->ended && list->row_count < LINK_LIST_PART) {
		enum csv_result result = next_row(list, &row, &why);
		if (result == CSV_END) {
			list->ended = true;
			break;
		}
		if (++list->total > LINK_LIST_ROWS_MAX)
			return too_long(err);
		struct link_list_row *out = &list->rows[list->row_count++];
		*out = (struct link_list_row){ 0 };
		out->cells = ARENA_ARRAY(&list->arena, Str, list->columns.count);
		if (result == CSV_ROW)
			take_row(list, &row, out);
		else
			take_bad_row(list, &row, &why, out);
	}
	return true;
}

bool link_list_next(struct link_list *list, struct buf *out, bool *more, struct err *err)
{
	if (!write_part(list, out, err) || !read_part(list, err))
		return false;
	*more = list->row_count > 0;
	return true;
}

#define OUTSIDE STR("lies outside what your team sees")

/* A link that is given again may be of another team. */
static bool give(struct db_tx *tx, const struct link_list *list, const struct invitation_new *in,
                 struct link_list_row *row, struct err *err)
{
	struct invitation whole;
	bool taken;
	if (!invitation_give(tx, in, &row->invitation, err) ||
	    !invitation_find(tx->db, tx->arena, tx->workspace, row->invitation.id, &whole, err) ||
	    !link_scope_takes(tx->db, tx->arena, list->caller, &whole, &taken, err))
		return false;
	if (!taken)
		row->problem = OUTSIDE;
	return true;
}

static bool apply_row(struct db_tx *tx, const struct team_scope *scope, struct link_list *list,
                      struct link_list_row *row, struct err *err)
{
	Str properties = row->properties.at ? row->properties : PROPERTIES_NONE;
	struct invitation_new in = {
		.survey_id = list->survey.id,
		.who = &row->who,
		.channel = list->channel,
		.properties = row->properties,
		.expires_at = list->expires_at,
		.keep_since = list->keep_since,
	};
	bool taken, known;
	if (team_scope_is_whole(scope))
		return invitation_give(tx, &in, &row->invitation, err);
	if (!team_scope_takes(scope, tx->arena, list->survey.id, properties, &taken, err) ||
	    !person_scope_takes(tx, list->caller, &row->who, &known, err))
		return false;
	if (taken && known)
		return give(tx, list, &in, row, err);
	row->problem = OUTSIDE;
	return true;
}

/* A survey that was closed while the list is on its way takes no more. */
bool link_list_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct link_list *list = input;
	struct survey survey;
	struct team_scope scope;
	if (!team_scope_load(tx->db, tx->arena, list->caller, &scope, err) ||
	    !survey_find(tx->db, tx->arena, tx->workspace, list->survey.id, &survey, err))
		return false;
	if (survey.state == SURVEY_CLOSED)
		return err_set(err, ERR_CONFLICT, "the survey is closed");
	for (size_t i = 0; i < list->row_count; i++)
		if (!list->rows[i].problem.at && !apply_row(tx, &scope, list, &list->rows[i], err))
			return false;
	return true;
}

/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_view_walk.h"

#include <string.h>

#include "base/fold.h"
#include "db/list.h"
#include "feedback/cells.sql.h"
#include "feedback/cells_view_block.h"
#include "feedback/cells_votes.h"
#include "feedback/tag.h"

/* A tag's or theme's rows, and how far the walk has come in them. */
struct view_tag {
	Str name;
	const uint32_t *rows;
	size_t count, next;
};

/* Of a dimension that puts a row in several cells. */
struct view_tags {
	struct view_tag *at;
	size_t count;
	Str *of_row; /* of one row */
	size_t of_row_count;
};

struct view_walk {
	struct view_plan *v;
	struct view_tags tags[2];
	struct cell_votes *votes;
	bool is_voting;
	uint32_t keys[2][SCAN_ROWS];
	cell_answer_fn each;
	void *context;
};

static void tags_room(struct view_walk *w, int d, size_t count)
{
	struct arena *a = w->v->plan->arena;
	w->tags[d].at = ARENA_ARRAY(a, struct view_tag, count + 1);
	w->tags[d].of_row = ARENA_ARRAY(a, Str, count + 1);
}

static void tags_add(struct view_walk *w, int d, const struct view_tag *tag)
{
	if (tag->count > 0)
		w->tags[d].at[w->tags[d].count++] = *tag;
}

static bool load_tags(const struct facts *facts, struct view_walk *w, int d, struct err *err)
{
	struct arena *a = w->v->plan->arena;
	struct tag *all;
	size_t count;
	if (!tag_list(facts->db, a, facts->workspace, &all, &count, err))
		return false;
	tags_room(w, d, count);
	for (size_t i = 0; i < count; i++) {
		struct view_tag tag = { .name = all[i].name };
		tag.count = cube_view_tagged(facts->view, fold_text(a, all[i].name), &tag.rows);
		tags_add(w, d, &tag);
	}
	return true;
}

static bool code_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(Str *)out = db_text(rows, 0, a);
	return true;
}

static bool load_themes(const struct facts *facts, struct view_walk *w, int d, struct err *err)
{
	void *items;
	size_t count;
	if (!db_list(facts->db, &sql_cells_theme_codes, DB_ARGS(db_arg_i64(facts->workspace)),
	             code_row, sizeof(Str), w->v->plan->arena, &items, &count, err))
		return false;
	tags_room(w, d, count);
	for (size_t i = 0; i < count; i++) {
		struct view_tag theme = { .name = ((const Str *)items)[i] };
		theme.count = cube_view_themed(facts->view, theme.name,
		                               w->v->plan->q->dims[d].saying, &theme.rows);
		tags_add(w, d, &theme);
	}
	return true;
}

static bool load_sets(const struct facts *facts, struct view_walk *w, struct err *err)
{
	for (int d = 0; d < 2; d++)
		if ((w->v->dims[d].kind == DIM_TAG && !load_tags(facts, w, d, err)) ||
		    (w->v->dims[d].kind == DIM_THEME && !load_themes(facts, w, d, err)))
			return false;
	return true;
}

/* Rows are asked for in ascending order. */
static void tags_of(struct view_tags *tags, const struct view_block *b, uint32_t row)
{
	uint64_t wanted = (uint64_t)b->chunk_index * CUBE_CHUNK_ROWS + b->from + row;
	tags->of_row_count = 0;
	for (size_t i = 0; i < tags->count; i++) {
		struct view_tag *tag = &tags->at[i];
		while (tag->next < tag->count && tag->rows[tag->next] < wanted)
			tag->next++;
		if (tag->next < tag->count && tag->rows[tag->next] == wanted)
			tags->of_row[tags->of_row_count++] = tag->name;
	}
}

static struct cell_value value_of(const struct view_dim *dim, uint32_t code)
{
	if (dim->kind == DIM_TAG || dim->kind == DIM_THEME)
		return (struct cell_value){ 0 };
	return dim->values.at[dim->number_of ? dim->number_of[code] : code];
}

/* An answer with tags comes once for each. */
static bool tell(struct view_walk *w, const struct cell_answer *a, const struct view_block *b,
                 uint32_t row, struct err *err)
{
	size_t count[2] = { 1, 1 };
	struct cell_value values[2] = { value_of(&w->v->dims[0], w->keys[0][row]),
		                        value_of(&w->v->dims[1], w->keys[1][row]) };
	for (int d = 0; d < 2; d++) {
		if (!dim_is_set(&w->v->plan->q->dims[d]))
			continue;
		tags_of(&w->tags[d], b, row);
		count[d] = w->tags[d].of_row_count ? w->tags[d].of_row_count : 1;
	}
	for (size_t i = 0; i < count[0] * count[1]; i++) {
		size_t at[2] = { i / count[1], i % count[1] };
		for (int d = 0; d < 2; d++)
			if (w->tags[d].of_row_count)
				values[d] = (struct cell_value){
					.text =
					    cell_plan_text(w->v->plan, d, w->tags[d].of_row[at[d]])
				};
		if (!w->each(w->context, a, values, i > 0, err))
			return false;
	}
	return true;
}

static bool tell_row(struct view_walk *w, const struct view_block *b, uint32_t row, struct err *err)
{
	const struct cube_chunk *c = b->chunk;
	uint32_t at = b->from + row;
	struct cell_answer a = {
		.id = cube_view_id(w->v->view, b->chunk_index, at),
		.at = cell_instant(c->time[at]),
		.account = cube_code(c->account, at),
		.person = cube_code(c->person, at),
		.state = (enum response_state)CUBE_STATE(c->facts[at]),
		.score = (int)CUBE_SCORE(c->facts[at]),
		.imported = (c->marks[at] & CUBE_MARK_IMPORTED) != 0,
		.now = b->any_now && b->now[row] != SCAN_NONE,
		.before = b->any_before && b->before[row] != SCAN_NONE,
		.part = w->v->part_of[cube_code(c->wording, at)],
	};
	if (w->is_voting) {
		cell_votes_add(w->votes, &a);
		return true;
	}
	if (w->votes && !cell_votes_keep(w->votes, &a))
		return true;
	if (a.now)
		cell_plan_count(w->v->plan, a.part, a.at, a.imported);
	return tell(w, &a, b, row, err);
}

static void leave_out(struct view_walk *w, const struct view_block *b)
{
	for (uint32_t row = view_bit_next(b->uncounted, 0, b->rows); row < b->rows;
	     row = view_bit_next(b->uncounted, row + 1, b->rows)) {
		uint32_t at = b->from + row;
		cell_plan_leave_out(w->v->plan, w->v->part_of[cube_code(b->chunk->wording, at)],
		                    (enum response_state)CUBE_STATE(b->chunk->facts[at]), 1);
	}
}

static bool walk_block(struct view_walk *w, struct view_block *b, struct err *err)
{
	uint64_t bits[BLOCK_WORDS];
	if (!view_block_take(w->v, b))
		return true;
	if (b->any_now && !w->is_voting)
		leave_out(w, b);
	view_block_counted(w->v, b, bits, w->keys);
	for (uint32_t row = view_bit_next(bits, 0, b->rows); row < b->rows;
	     row = view_bit_next(bits, row + 1, b->rows))
		if (!tell_row(w, b, row, err))
			return false;
	return true;
}

static bool walk_chunks(struct view_walk *w, struct err *err)
{
	struct view_block b;
	const struct cube_view *view = w->v->view;
	for (size_t i = 0; i < view->chunk_count && !w->v->nothing; i++) {
		if (!view_block_begin(w->v, &b, view->chunks[i], i))
			continue;
		for (b.from = 0; b.from < b.chunk->rows; b.from += SCAN_ROWS)
			if (!walk_block(w, &b, err))
				return false;
	}
	return true;
}

bool cells_view_walk(const struct facts *facts, struct view_plan *v, cell_answer_fn each,
                     void *context, struct err *err)
{
	struct view_walk w = { .v = v, .each = each, .context = context };
	enum vote vote = v->plan->q->vote;
	if (!load_sets(facts, &w, err))
		return false;
	w.votes = vote == VOTE_ANSWER ? NULL : cell_votes_new(vote);
	w.is_voting = w.votes != NULL;
	bool ok = !w.is_voting || walk_chunks(&w, err);
	w.is_voting = false;
	ok = ok && walk_chunks(&w, err);
	cell_votes_free(w.votes);
	return ok;
}

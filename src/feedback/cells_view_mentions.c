/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_view_mentions.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "feedback/cells_view_block.h"

/* Rows of the view that speak so of a theme, and how far the visit has come in them. */
struct themed {
	const uint32_t *rows;
	size_t count, next;
};

struct found {
	uint16_t row; /* of the block */
	struct fact_mention mention;
};

struct visiting {
	const struct view_plan *v;
	const uint32_t *const *place;
	size_t theme_count;
	struct themed *themes; /* [theme_count x THEME_SAYINGS] */
	/* Of the block at hand: mentions by theme, and by row; those of a row are at starts[row]..starts[row + 1]. */
	struct found *found;
	struct fact_mention *of_rows;
	size_t found_count, found_room;
	uint32_t starts[SCAN_ROWS + 1];
	uint32_t last
	    [SCAN_ROWS]; /* where a row was found last; good only where that one is of the row */
	uint32_t codes[2][SCAN_ROWS];
	/* What numbers they have come to have; 0: they have not come yet. */
	uint32_t *person_number, *account_cluster,
	    *person_cluster; /* person_cluster NULL: persons are clusters */
	uint32_t persons, clusters;
	fact_mentions_fn each;
	void *context;
};

static uint32_t number_of(uint32_t *numbers, uint32_t code, uint32_t *count)
{
	if (!code)
		return 0;
	if (!numbers[code])
		numbers[code] = ++*count;
	return numbers[code];
}

static void set_owners(struct visiting *w, const struct cube_chunk *c, uint32_t at,
                       struct fact *fact)
{
	uint32_t person = cube_code(c->person, at);
	fact->person = number_of(w->person_number, person, &w->persons);
	if (!w->person_cluster) {
		fact->cluster = fact->person;
		return;
	}
	uint32_t account = cube_code(c->account, at);
	fact->cluster = account ? number_of(w->account_cluster, account, &w->clusters)
	                        : number_of(w->person_cluster, person, &w->clusters);
}

static bool tell_row(struct visiting *w, const struct view_block *b, uint32_t row, struct err *err)
{
	const struct cube_chunk *c = b->chunk;
	uint32_t at = b->from + row;
	struct fact fact = { .values = { w->place[0][w->codes[0][row]],
		                         w->place[1][w->codes[1][row]] } };
	if (fact.values[0] == CELLS_NOWHERE || fact.values[1] == CELLS_NOWHERE)
		return true;
	fact.id = cube_view_id(w->v->view, b->chunk_index, at);
	fact.at = cell_instant(c->time[at]);
	fact.score = (int)CUBE_SCORE(c->facts[at]);
	fact.before = !b->any_now || b->now[row] == SCAN_NONE;
	set_owners(w, c, at, &fact);
	return w->each(w->context, &fact, w->of_rows + w->starts[row],
	               w->starts[row + 1] - w->starts[row], err);
}

static void make_room(struct visiting *w)
{
	size_t needed = w->found_count + (size_t)THEME_SAYINGS * SCAN_ROWS;
	if (needed <= w->found_room)
		return;
	w->found_room = 2 * needed;
	w->found = mem_resize(w->found, w->found_room * sizeof(*w->found));
	w->of_rows = mem_resize(w->of_rows, w->found_room * sizeof(*w->of_rows));
}

/* The block's rows that speak of the theme, in any way. */
static void find_theme(struct visiting *w, size_t theme, uint64_t first, uint32_t rows)
{
	uint32_t begin = (uint32_t)w->found_count;
	make_room(w);
	for (unsigned saying = 0; saying < THEME_SAYINGS; saying++) {
		struct themed *t = &w->themes[theme * THEME_SAYINGS + saying];
		while (t->next < t->count && t->rows[t->next] < first)
			t->next++;
		for (; t->next < t->count && t->rows[t->next] < first + rows; t->next++) {
			uint32_t row = (uint32_t)(t->rows[t->next] - first), last = w->last[row];
			if (last >= begin && last < w->found_count && w->found[last].row == row) {
				w->found[last].mention.sayings |= (uint16_t)(1U << saying);
				continue;
			}
			w->last[row] = (uint32_t)w->found_count;
			w->starts[row + 1]++;
			w->found[w->found_count++] =
			    (struct found){ (uint16_t)row,
				            { (uint16_t)theme, (uint16_t)(1U << saying) } };
		}
	}
}

static void find_mentions(struct visiting *w, const struct view_block *b)
{
	uint64_t first = (uint64_t)b->chunk_index * CUBE_CHUNK_ROWS + b->from;
	memset(w->starts, 0, sizeof(w->starts));
	w->found_count = 0;
	for (size_t theme = 0; theme < w->theme_count; theme++)
		find_theme(w, theme, first, b->rows);
	for (uint32_t row = 0; row < b->rows; row++)
		w->starts[row + 1] += w->starts[row];
	for (size_t i = 0; i < w->found_count; i++)
		w->of_rows[w->starts[w->found[i].row]++] = w->found[i].mention;
	for (uint32_t row = b->rows; row > 0; row--)
		w->starts[row] = w->starts[row - 1];
	w->starts[0] = 0;
}

static bool visit_block(struct visiting *w, struct view_block *b, struct err *err)
{
	uint64_t bits[BLOCK_WORDS];
	if (!view_block_take(w->v, b))
		return true;
	view_block_counted(w->v, b, bits, w->codes);
	find_mentions(w, b);
	for (uint32_t word = 0; word < (b->rows + 63) / 64; word++)
		for (uint64_t left = bits[word]; left; left &= left - 1)
			if (!tell_row(w, b, word * 64 + (uint32_t)__builtin_ctzll(left), err))
				return false;
	return true;
}

static struct visiting *visiting_new(const struct view_plan *v, const Str *codes, size_t code_count)
{
	const struct cube_view *view = v->view;
	struct visiting *w = mem_zeroed(1, sizeof(*w));
	w->v = v;
	w->theme_count = code_count;
	w->themes = mem_zeroed(code_count * THEME_SAYINGS + 1, sizeof(*w->themes));
	for (size_t i = 0; i < code_count * THEME_SAYINGS; i++)
		w->themes[i].count =
		    cube_view_themed(view, codes[i / THEME_SAYINGS],
		                     (enum theme_saying)(i % THEME_SAYINGS), &w->themes[i].rows);
	w->person_number = mem_zeroed((size_t)view->person_count + 1, sizeof(uint32_t));
	if (view->account_count > 1) {
		w->account_cluster = mem_zeroed(view->account_count, sizeof(uint32_t));
		w->person_cluster = mem_zeroed((size_t)view->person_count + 1, sizeof(uint32_t));
	}
	return w;
}

static void visiting_free(struct visiting *w)
{
	free(w->themes);
	free(w->found);
	free(w->of_rows);
	free(w->person_number);
	free(w->account_cluster);
	free(w->person_cluster);
	free(w);
}

bool cells_view_mentions(const struct view_plan *v, const uint32_t *const place[static 2],
                         const Str *codes, size_t code_count, fact_mentions_fn each, void *context,
                         struct err *err)
{
	const struct cube_view *view = v->view;
	struct visiting *w = visiting_new(v, codes, code_count);
	struct view_block b;
	bool ok = true;
	w->place = place;
	w->each = each;
	w->context = context;
	for (size_t i = 0; ok && i < view->chunk_count && !v->nothing; i++) {
		if (!view_block_begin(v, &b, view->chunks[i], i))
			continue;
		for (b.from = 0; ok && b.from < b.chunk->rows; b.from += SCAN_ROWS)
			ok = visit_block(w, &b, err);
	}
	visiting_free(w);
	return ok;
}

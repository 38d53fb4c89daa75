/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_view_sums.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "feedback/cells_view_moved.h"
#include "feedback/cube_make.h"

/* Beyond one changed row in so many, and some, counting all of them is as good. */
#define ROWS_A_CHANGE 32u
#define CHANGES_FEW   4096u

/* Sums at rest: one piece of memory, the struct and behind it the arrays. */

struct sizes {
	size_t counts, left, seen, keys, corrections;
	bool before, of[2];
};

static struct sizes sizes_of(const struct view_plan *v, uint32_t cells)
{
	const struct cell_question *q = v->plan->q;
	size_t keys = view_count_keys(v);
	return (struct sizes){ .counts = keys > 1 ? keys * SCAN_SYMBOLS : 0,
		               .left = view_count_left(v),
		               .seen = v->plan->by_part ? v->plan->part_count : 0,
		               .keys = keys,
		               .corrections = (size_t)cells + 1,
		               .before = v->before_low <= v->before_high,
		               .of = { q->wants_clusters,
		                       q->wants_clusters && v->view->account_count > 1 } };
}

static size_t room_for(const struct sizes *n)
{
	return sizeof(struct view_sums) + n->left * sizeof(int64_t) +
	       n->seen * sizeof(struct view_seen) +
	       (size_t)(n->of[0] + n->of[1]) * n->corrections * sizeof(struct whose_cell) +
	       (1 + n->before) * n->counts * sizeof(uint32_t) + n->keys * sizeof(uint32_t);
}

size_t view_sums_room(const struct view_plan *v)
{
	struct sizes n = sizes_of(v, view_count_keys(v));
	return room_for(&n);
}

static void *take(char **room, size_t count, size_t size)
{
	void *at = *room;
	*room += count * size;
	return at;
}

/* Those of eight bytes come first. */
static void lay_out(struct view_sums *s, const struct sizes *n)
{
	char *room = (char *)(s + 1);
	s->left = take(&room, n->left, sizeof(*s->left));
	s->seen = take(&room, n->seen, sizeof(*s->seen));
	for (int i = 0; i < 2; i++)
		if (n->of[i])
			s->corrections.of[i] =
			    take(&room, n->corrections, sizeof(*s->corrections.of[i]));
	s->now = take(&room, n->counts, sizeof(*s->now));
	if (n->before)
		s->before = take(&room, n->counts, sizeof(*s->before));
	s->cell_of_key = take(&room, n->keys, sizeof(*s->cell_of_key));
}

static void copy(void *to, const void *from, size_t count, size_t size)
{
	if (to && from && count)
		memcpy(to, from, count * size);
}

const struct view_sums *view_sums_new(struct cube_memory *memory, const struct view_count *count,
                                      const uint32_t *cell_of_key, uint32_t cells,
                                      const struct view_corrections *corrections)
{
	struct sizes n = sizes_of(count->v, cells);
	size_t size = room_for(&n);
	struct view_sums *s = cube_alloc(memory, size);
	*s = (struct view_sums){ .memory = memory,
		                 .size = size,
		                 .view = cube_view_hold(count->v->view),
		                 .keys = count->keys,
		                 .cells = cells };
	atomic_init(&s->holds, 1);
	lay_out(s, &n);
	memcpy(s->one, count->one, sizeof(s->one));
	copy(s->left, count->left, n.left, sizeof(*s->left));
	copy(s->seen, count->seen, n.seen, sizeof(*s->seen));
	copy(s->now, count->now, n.counts, sizeof(*s->now));
	copy(s->before, count->before, n.counts, sizeof(*s->before));
	copy(s->cell_of_key, cell_of_key, n.keys, sizeof(*s->cell_of_key));
	for (int i = 0; i < 2; i++)
		copy(s->corrections.of[i], corrections->of[i], n.corrections,
		     sizeof(struct whose_cell));
	return s;
}

/* Sums are const to whoever reads them; their count is not. */
static struct view_sums *own(const struct view_sums *sums)
{
	return (struct view_sums *)(uintptr_t)sums;
}

const struct view_sums *view_sums_hold(const struct view_sums *sums)
{
	atomic_fetch_add_explicit(&own(sums)->holds, 1, memory_order_relaxed);
	return sums;
}

void view_sums_drop(const struct view_sums *sums)
{
	if (!sums || atomic_fetch_sub_explicit(&own(sums)->holds, 1, memory_order_acq_rel) != 1)
		return;
	cube_view_drop(sums->view);
	cube_free(sums->memory, own(sums), sums->size);
}

/* Bringing them to another view */

static void load(const struct view_sums *s, struct view_count *c)
{
	struct sizes n = sizes_of(c->v, s->cells);
	MUST(s->keys == c->keys);
	memcpy(c->one, s->one, sizeof(c->one));
	copy(c->left, s->left, n.left, sizeof(*c->left));
	copy(c->seen, s->seen, n.seen, sizeof(*c->seen));
	copy(c->now, s->now, n.counts, sizeof(*c->now));
	copy(c->before, s->before, n.counts, sizeof(*c->before));
}

/* Codes of a view that was made later may be ones that the plan does not know. */
static bool is_known(const struct view_plan *v, const struct cube_view *other)
{
	const struct cube_view *view = v->view;
	if (cube_view_is_older(other, view))
		return true;
	if (other->property_count != view->property_count ||
	    other->wording_count != view->wording_count ||
	    other->account_count != view->account_count ||
	    other->channels.count != view->channels.count ||
	    other->languages.count != view->languages.count ||
	    other->sources.count != view->sources.count ||
	    other->import_count != view->import_count)
		return false;
	for (size_t i = 0; i < view->property_count; i++)
		if (other->properties[i].values.count != view->properties[i].values.count)
			return false;
	return true;
}

static bool count_rows(const struct view_plan *v, const struct cube_view *view,
                       const struct cube_changes *changes, struct view_count *out)
{
	bool ok = true;
	const uint32_t owners[2] = {
		changes->clusters.count ? (uint32_t)changes->clusters.count + 1 : 0,
		changes->persons.count ? (uint32_t)changes->persons.count + 1 : 0,
	};
	view_count_begin(out, v, owners);
	for (size_t next = 0; ok && next < changes->rows.count;) {
		struct view_moved moved = { 0 };
		ok = view_moved_gather(v, view, changes, &next, &moved);
		if (ok)
			view_count_chunk(out, &moved.chunk, 0);
		view_moved_free(&moved);
	}
	view_count_close(out);
	return ok;
}

/* What the part began or ended with has gone: what comes next nobody has kept. */
static bool lost(const struct view_seen *all, const struct view_seen *gone,
                 const struct view_seen *came)
{
	return (gone->first && gone->first <= all->first &&
	        (!came->first || came->first > all->first)) ||
	       (gone->last && gone->last >= all->last && (!came->last || came->last < all->last));
}

static bool see(struct view_count *c, const struct view_move *m)
{
	size_t parts = c->seen ? c->v->plan->part_count : 0;
	for (size_t i = 0; i < parts; i++) {
		struct view_seen *s = &c->seen[i], came = m->came.seen[i];
		if (lost(s, &m->gone.seen[i], &came))
			return false;
		if (came.first && (!s->first || came.first < s->first))
			s->first = came.first;
		if (came.last && (!s->last || came.last > s->last))
			s->last = came.last;
	}
	return true;
}

static void move_counts(uint32_t *counts, const uint32_t *gone, const uint32_t *came, size_t count)
{
	for (size_t i = 0; counts && i < count; i++)
		counts[i] += came[i] - gone[i];
}

static void move_sums(int64_t *sums, const int64_t *gone, const int64_t *came, size_t count)
{
	for (size_t i = 0; i < count; i++)
		sums[i] += came[i] - gone[i];
}

static void move_all(struct view_count *c, const struct view_move *m)
{
	size_t counts = view_count_has_keys(c) ? (size_t)c->keys * SCAN_SYMBOLS : 0;
	move_counts(c->now, m->gone.now, m->came.now, counts);
	move_counts(c->before, m->gone.before, m->came.before, counts);
	move_sums(c->one[0], m->gone.one[0], m->came.one[0], SCAN_SYMBOLS);
	move_sums(c->one[1], m->gone.one[1], m->came.one[1], SCAN_SYMBOLS);
	move_sums(c->left, m->gone.left, m->came.left, view_count_left(c->v));
}

bool view_sums_bring(const struct view_sums *sums, struct view_count *c, struct view_move *m)
{
	const struct view_plan *v = c->v;
	struct cube_changes changes = { 0 };
	size_t most = CHANGES_FEW + v->view->rows / ROWS_A_CHANGE;
	*m = (struct view_move){ 0 };
	load(sums, c);
	if (sums->view == v->view)
		return true;
	bool ok = is_known(v, sums->view) &&
	          cube_changes_find(sums->view, v->view, sums->corrections.of[0] != NULL,
	                            sums->corrections.of[1] != NULL, most, &changes);
	if (ok && changes.rows.count) {
		m->any = true;
		ok = count_rows(v, sums->view, &changes, &m->gone);
		ok = count_rows(v, v->view, &changes, &m->came) && ok && see(c, m);
		move_all(c, m);
	}
	cube_changes_free(&changes);
	return ok;
}

void view_move_end(struct view_move *m)
{
	if (!m->any)
		return;
	view_count_end(&m->gone);
	view_count_end(&m->came);
}

/* Where each of the sums' cells stands now. False: keys of one cell are in two, or of two in one. */
static bool place_cells(const struct view_sums *s, const uint32_t *cell_of_key, uint32_t cells,
                        uint32_t *places)
{
	uint32_t *taken = mem_alloc(((size_t)cells + 1) * sizeof(*taken));
	bool ok = true;
	memset(taken, 255, ((size_t)cells + 1) * sizeof(*taken));
	memset(places, 255, ((size_t)s->cells + 1) * sizeof(*places));
	for (uint32_t key = 0; ok && key < s->keys; key++) {
		uint32_t old = s->cell_of_key[key], new = cell_of_key[key];
		if (old == CELLS_NOWHERE || new == CELLS_NOWHERE)
			continue;
		ok = (places[old] == CELLS_NOWHERE || places[old] == new) &&
		     (taken[new] == CELLS_NOWHERE || taken[new] == old);
		places[old] = new;
		taken[new] = old;
	}
	free(taken);
	places[s->cells] = cells;
	return ok;
}

static void add_sums(struct nps_sums *to, const struct nps_sums *from, int64_t sign)
{
	to->clusters += sign * from->clusters;
	to->ss += sign * from->ss;
	to->sn += sign * from->sn;
	to->nn += sign * from->nn;
	to->sm += sign * from->sm;
}

static void add_pair(struct nps_pair *to, const struct nps_pair *from, int64_t sign)
{
	to->clusters += sign * from->clusters;
	to->ss += sign * from->ss;
	to->sn += sign * from->sn;
	to->ns += sign * from->ns;
	to->nn += sign * from->nn;
	to->sm += sign * from->sm;
}

static void add_cell(struct whose_cell *to, const struct whose_cell *from, int64_t sign)
{
	add_sums(&to->sums, &from->sums, sign);
	add_sums(&to->before, &from->before, sign);
	add_pair(&to->pair, &from->pair, sign);
	add_pair(&to->across, &from->across, sign);
}

/* Of rows that have gone or come. */
static void add_moved(struct cells_whose *whose, const uint32_t *cell_of_key, uint32_t cells,
                      int64_t sign, struct whose_cell *to)
{
	if (!whose)
		return;
	struct whose_cell *moved = mem_zeroed((size_t)cells + 1, sizeof(*moved));
	cells_whose_read(whose, cell_of_key, cells, moved, &moved[cells]);
	for (uint32_t i = 0; i <= cells; i++)
		add_cell(&to[i], &moved[i], sign);
	free(moved);
}

bool view_sums_correct(const struct view_sums *s, const struct view_move *m,
                       const uint32_t *cell_of_key, uint32_t cells, struct view_corrections *out)
{
	uint32_t *places = mem_alloc(((size_t)s->cells + 1) * sizeof(*places));
	struct whose_cell *old = mem_alloc(((size_t)s->cells + 1) * sizeof(*old));
	bool ok = place_cells(s, cell_of_key, cells, places);
	for (int i = 0; ok && i < 2; i++) {
		if (!out->of[i])
			continue;
		struct cells_whose *gone = i ? m->gone.people : m->gone.clusters;
		struct cells_whose *came = i ? m->came.people : m->came.clusters;
		memcpy(old, s->corrections.of[i], ((size_t)s->cells + 1) * sizeof(*old));
		add_moved(gone, s->cell_of_key, s->cells, -1, old);
		for (uint32_t cell = 0; cell <= s->cells; cell++)
			if (places[cell] != CELLS_NOWHERE)
				add_cell(&out->of[i][places[cell]], &old[cell], 1);
		add_moved(came, cell_of_key, cells, 1, out->of[i]);
	}
	free(places);
	free(old);
	return ok;
}

/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_changes.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "feedback/cube_column.h"
#include "feedback/cube_make.h"

#define WORDS (CUBE_CHUNK_ROWS / 64)
/* What most numbers that are not looked for fail at: their low bits. */
#define SIEVE_BITS (1u << 16)

static void add(struct cube_numbers *n, uint32_t number)
{
	if (n->count == n->room) {
		n->room = n->room ? 2 * n->room : 256;
		n->at = mem_resize(n->at, n->room * sizeof(*n->at));
	}
	n->at[n->count++] = number;
}

static int by_number(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	return (left > right) - (left < right);
}

static void order(struct cube_numbers *n)
{
	size_t kept = 0;
	if (n->count)
		qsort(n->at, n->count, sizeof(*n->at), by_number);
	for (size_t i = 0; i < n->count; i++)
		if (!kept || n->at[kept - 1] != n->at[i])
			n->at[kept++] = n->at[i];
	n->count = kept;
}

uint32_t cube_numbers_place(const struct cube_numbers *n, uint32_t number)
{
	size_t low = 0, high = n->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (n->at[middle] < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n->count && n->at[low] == number ? (uint32_t)low + 1 : 0;
}

void cube_changes_free(struct cube_changes *c)
{
	free(c->rows.at);
	free(c->clusters.at);
	free(c->persons.at);
	*c = (struct cube_changes){ 0 };
}

/* What differs in a chunk, a bit a row. */
struct compared {
	const struct cube_chunk *old, *new;
	uint32_t rows; /* that both have */
	uint64_t bits[WORDS];
};

static void compare_plain(struct compared *c, const void *old, const void *new, size_t width)
{
	const uint8_t *a = old, *b = new;
	if (old == new)
		return;
	for (uint32_t row = 0; row < c->rows; row += 64) {
		uint32_t some = c->rows - row < 64 ? c->rows - row : 64;
		if (memcmp(a + row * width, b + row * width, some * width) == 0)
			continue;
		for (uint32_t i = row; i < row + some; i++)
			if (memcmp(a + i * width, b + i * width, width) != 0)
				c->bits[i / 64] |= UINT64_C(1) << i % 64;
	}
}

static void compare_codes(struct compared *c, struct cube_codes old, struct cube_codes new)
{
	if (old.at && new.at && old.width == new.width &&old.base == new.base) {
		compare_plain(c, old.at, new.at, old.width);
		return;
	}
	if (!old.at && !new.at && old.base == new.base)
		return;
	for (uint32_t i = 0; i < c->rows; i++)
		if (cube_code(old, i) != cube_code(new, i))
			c->bits[i / 64] |= UINT64_C(1) << i % 64;
}

/* Whatever columns there are. */
static void compare_columns(struct compared *c, struct cube_slots old, struct cube_slots new)
{
	static const struct cube_codes none;
	c->rows = c->old->rows < c->new->rows ? c->old->rows : c->new->rows;
	memset(c->bits, 0, sizeof(c->bits));
	for (size_t i = 0; i < old.count || i < new.count; i++)
		compare_codes(c, i < old.count ? old.at[i] : none,
		              i < new.count ? new.at[i] : none);
}

/* While changes are looked for. */
struct search {
	const struct cube_view *old, *new; /* by age */
	size_t most;
	struct cube_changes *out;
	/* Owners that may have rows which do not differ. */
	struct cube_numbers clusters, persons;
};

static bool compare_chunk(struct search *s, size_t chunk)
{
	static const struct cube_chunk nothing;
	struct compared c = {
		.old = chunk < s->old->chunk_count ? s->old->chunks[chunk] : &nothing,
		.new = chunk < s->new->chunk_count ? s->new->chunks[chunk] : &nothing,
	};
	struct cube_numbers *rows = &s->out->rows;
	uint32_t first = (uint32_t)(chunk * CUBE_CHUNK_ROWS);
	if (c.old == c.new)
		return true;
	compare_columns(&c, cube_view_slots(s->old, chunk), cube_view_slots(s->new, chunk));
	for (uint32_t word = 0; word < (c.rows + 63) / 64; word++)
		for (uint64_t left = c.bits[word]; left && rows->count <= s->most; left &= left - 1)
			add(rows, first + word * 64 + (uint32_t)__builtin_ctzll(left));
	uint32_t end = c.old->rows > c.new->rows ? c.old->rows : c.new->rows;
	for (uint32_t row = c.rows; row < end && rows->count <= s->most; row++)
		add(rows, first + row);
	return rows->count <= s->most;
}

static const struct cube_chunk *chunk_with(const struct cube_view *v, uint32_t row)
{
	size_t chunk = row / CUBE_CHUNK_ROWS;
	if (chunk >= v->chunk_count || row % CUBE_CHUNK_ROWS >= v->chunks[chunk]->rows)
		return NULL;
	return v->chunks[chunk];
}

/* Numbers that one view alone knows have no row but those that differ. */
static void see_cluster(struct search *s, const struct cube_chunk *c, uint32_t at)
{
	uint32_t cluster = cube_code(c->cluster, at);
	if (!cluster)
		return;
	add(&s->out->clusters, cluster);
	if (cluster < s->old->cluster_count)
		add(&s->clusters, cluster);
}

static void see_person(struct search *s, const struct cube_chunk *c, uint32_t at)
{
	uint32_t person = cube_code(c->person, at);
	if (!person)
		return;
	add(&s->out->persons, person);
	if (person < s->old->person_count)
		add(&s->persons, person);
}

static void see_owners(struct search *s, const struct cube_view *v, bool clusters, bool persons)
{
	for (size_t i = 0; i < s->out->rows.count; i++) {
		uint32_t row = s->out->rows.at[i];
		const struct cube_chunk *c = chunk_with(v, row);
		if (c && clusters)
			see_cluster(s, c, row % CUBE_CHUNK_ROWS);
		if (c && persons)
			see_person(s, c, row % CUBE_CHUNK_ROWS);
	}
}

/* A row without the mark was its person's only one: that person has no row but those that differ. */
static void forget_lonely(struct search *s)
{
	struct cube_numbers lonely = { 0 };
	size_t kept = 0;
	for (size_t i = 0; i < s->out->rows.count; i++) {
		uint32_t row = s->out->rows.at[i];
		const struct cube_chunk *c = chunk_with(s->old, row);
		if (c && !(c->marks[row % CUBE_CHUNK_ROWS] & CUBE_MARK_REPEATS))
			add(&lonely, cube_code(c->person, row % CUBE_CHUNK_ROWS));
	}
	order(&lonely);
	for (size_t i = 0; i < s->persons.count; i++)
		if (!cube_numbers_place(&lonely, s->persons.at[i]))
			s->persons.at[kept++] = s->persons.at[i];
	s->persons.count = kept;
	free(lonely.at);
}

/* Rows of the new view that have one of the numbers. */
struct wanted {
	const struct cube_numbers *numbers;
	uint64_t sieve[SIEVE_BITS / 64];
	struct cube_numbers *rows;
};

static void look_through(struct wanted *w, struct cube_codes codes, uint32_t rows, uint32_t first)
{
	for (uint32_t row = 0; row < rows; row++) {
		uint32_t number = cube_code(codes, row);
		if (w->sieve[number % SIEVE_BITS / 64] >> number % 64 & 1 &&
		    cube_numbers_place(w->numbers, number))
			add(w->rows, first + row);
	}
}

static void look_up(struct wanted *w, const struct cube_order *order, uint32_t first)
{
	for (size_t i = 0; i < w->numbers->count; i++) {
		uint32_t at, end;
		cube_order_find(order, w->numbers->at[i], &at, &end);
		for (; at < end; at++)
			add(w->rows, first + order->rows[at]);
	}
}

static void find_in(struct wanted *w, const struct cube_chunk *c, struct cube_codes codes,
                    size_t chunk)
{
	const struct cube_order *order = NULL;
	uint32_t first = (uint32_t)(chunk * CUBE_CHUNK_ROWS);
	if (!codes.at && !codes.base)
		return;
	if (codes.column && c->rows == CUBE_CHUNK_ROWS)
		order = cube_order_worth(&codes);
	if (order)
		look_up(w, order, first);
	else
		look_through(w, codes, c->rows, first);
}

static struct wanted *wanted_new(struct search *s, const struct cube_numbers *numbers)
{
	struct wanted *w = mem_zeroed(1, sizeof(*w));
	w->numbers = numbers;
	w->rows = &s->out->rows;
	for (size_t i = 0; i < numbers->count; i++)
		w->sieve[numbers->at[i] % SIEVE_BITS / 64] |= UINT64_C(1) << numbers->at[i] % 64;
	return w;
}

static bool find_rows(struct search *s, const struct cube_numbers *numbers, bool persons)
{
	struct wanted *w = wanted_new(s, numbers);
	for (size_t i = 0; i < s->new->chunk_count && w->rows->count <= s->most; i++) {
		const struct cube_chunk *c = s->new->chunks[i];
		if (persons)
			find_in(w, c, c->person, i);
		else
			find_in(w, c, c->cluster, i);
	}
	free(w);
	return s->out->rows.count <= s->most;
}

static bool find_owners(struct search *s, bool clusters, bool persons)
{
	see_owners(s, s->old, clusters, persons);
	see_owners(s, s->new, clusters, persons);
	order(&s->out->clusters);
	order(&s->out->persons);
	order(&s->clusters);
	order(&s->persons);
	forget_lonely(s);
	bool ok = (!s->clusters.count || find_rows(s, &s->clusters, false)) &&
	          (!s->persons.count || find_rows(s, &s->persons, true));
	if (s->clusters.count || s->persons.count)
		order(&s->out->rows);
	return ok;
}

bool cube_changes_find(const struct cube_view *old, const struct cube_view *new, bool clusters,
                       bool persons, size_t most, struct cube_changes *out)
{
	bool aged = cube_view_is_older(old, new);
	struct search s = {
		.old = aged ? old : new, .new = aged ? new : old, .most = most, .out = out
	};
	bool ok = cube_view_is_kin(old, new);
	for (size_t i = 0; ok && i < s.new->chunk_count; i++)
		ok = compare_chunk(&s, i);
	ok = ok && ((!clusters && !persons) || find_owners(&s, clusters, persons));
	free(s.clusters.at);
	free(s.persons.at);
	return ok;
}

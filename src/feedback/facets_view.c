/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/facets_make.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "db/list.h"
#include "feedback/cells_view_block.h"
#include "feedback/facets.sql.h"

#define CHUNK_WORDS (CUBE_CHUNK_ROWS / 64)
#define FACTS       256u

/* Which rows are meant is found once; then each column is counted on its own. */
struct columns {
	struct facet_making *m;
	const struct view_plan *v;
	uint64_t *taken;  /* a bit a row of the view */
	uint32_t *rows;   /* by chunk: how many of it */
	uint32_t *counts; /* by code, of the column at hand */
	size_t room;      /* codes that counts has room for */
};

static void take_chunk(struct columns *c, size_t index)
{
	struct view_block b;
	if (!view_block_begin(c->v, &b, c->v->view->chunks[index], index))
		return;
	for (b.from = 0; b.from < b.chunk->rows; b.from += SCAN_ROWS) {
		uint64_t *taken = c->taken + index * CHUNK_WORDS + b.from / 64;
		if (!view_block_take(c->v, &b) || !b.any_now)
			continue;
		scan_counted(taken, b.now, b.rows);
		for (uint32_t word = 0; word < (b.rows + 63) / 64; word++) {
			taken[word] |= b.uncounted[word];
			c->rows[index] += (uint32_t)__builtin_popcountll(taken[word]);
		}
	}
}

static void take_rows(struct columns *c)
{
	const struct cube_view *view = c->v->view;
	c->taken = mem_zeroed(view->chunk_count * CHUNK_WORDS + 1, sizeof *c->taken);
	c->rows = mem_zeroed(view->chunk_count + 1, sizeof *c->rows);
	for (size_t i = 0; i < view->chunk_count && !c->v->nothing; i++)
		take_chunk(c, i);
}

/* The code of row `at` is READ: counted where the word has a bit. */
#define COUNT_WORD(READ)                                                              \
	for (uint32_t i = 0; bits == UINT64_MAX && i < 64; i++) {                     \
		uint32_t at = from + i;                                               \
		counts[READ]++;                                                       \
	}                                                                             \
	for (uint64_t left = bits == UINT64_MAX ? 0 : bits; left; left &= left - 1) { \
		uint32_t at = from + (uint32_t)__builtin_ctzll(left);                 \
		counts[READ]++;                                                       \
	}

static void count_word(uint32_t *counts, const struct cube_codes *codes, uint32_t from,
                       uint64_t bits)
{
	const uint8_t *narrow = codes->at;
	const uint16_t *wide = codes->at;
	if (codes->width == 1) {
		COUNT_WORD(narrow[at])
	} else if (codes->width == 2) {
		COUNT_WORD(wide[at])
	} else {
		COUNT_WORD(cube_number(codes->at, codes->width, at))
	}
}

/* Columns of dictionaries stand on no base. */
static void count_chunk(struct columns *c, size_t chunk, struct cube_codes codes)
{
	const uint64_t *taken = c->taken + chunk * CHUNK_WORDS;
	if (!codes.at) {
		c->counts[codes.base] += c->rows[chunk];
		return;
	}
	MUST(codes.base == 0);
	for (uint32_t word = 0; word * 64 < c->v->view->chunks[chunk]->rows; word++)
		if (taken[word])
			count_word(c->counts, &codes, word * 64, taken[word]);
}

static void counts_clear(struct columns *c, uint32_t codes)
{
	if (codes > c->room) {
		free(c->counts);
		c->room = codes;
		c->counts = mem_alloc(c->room * sizeof *c->counts);
	}
	memset(c->counts, 0, codes * sizeof *c->counts);
}

static void count_column(struct columns *c, enum view_column column, size_t property,
                         uint32_t codes)
{
	const struct cube_view *view = c->v->view;
	counts_clear(c, codes);
	for (size_t i = 0; i < view->chunk_count; i++)
		if (c->rows[i])
			count_chunk(c, i, view_column_of(view->chunks[i], column, property));
}

/* What was counted becomes values. */

static void add_facts(struct columns *c)
{
	const struct cube_view *view = c->v->view;
	counts_clear(c, FACTS);
	for (size_t i = 0; i < view->chunk_count; i++)
		if (c->rows[i])
			count_chunk(c, i,
			            (struct cube_codes){ .at = view->chunks[i]->facts,
			                                 .width = 1 });
	for (uint32_t i = 0; i < FACTS; i++)
		if (c->counts[i])
			facets_add_answers(c->m, (enum response_state)CUBE_STATE(i),
			                   CUBE_SCORE(i) == CUBE_NO_SCORE ? SCORE_NONE
			                                                  : (int)CUBE_SCORE(i),
			                   c->counts[i]);
}

static void add_surveys(struct columns *c)
{
	const struct cube_view *view = c->v->view;
	count_column(c, VIEW_WORDING, 0, view->wording_count);
	for (uint32_t code = 1; code < view->wording_count; code++) {
		struct facet_survey *survey = facets_survey(c->m, view->wordings[code].survey);
		if (survey)
			survey->answers += c->counts[code];
	}
}

static void add_imports(struct columns *c)
{
	uint32_t count = c->v->view->import_count;
	count_column(c, VIEW_IMPORT, 0, count);
	for (uint32_t code = 1; code < count; code++)
		if (c->counts[code])
			facets_add_import(c->m, cube_view_import_id(c->v->view, code),
			                  c->counts[code]);
}

static void add_texts(struct columns *c, enum view_column column, const struct cube_names *names,
                      struct value_counts *out)
{
	count_column(c, column, 0, names->count);
	for (uint32_t code = 1; code < names->count; code++)
		if (c->counts[code])
			facets_add_text(c->m, out, cube_dict_text(names->dict, code),
			                c->counts[code]);
}

static void add_languages(struct columns *c)
{
	const struct cube_names *names = &c->v->view->languages;
	count_column(c, VIEW_LANGUAGE, 0, names->count);
	for (uint32_t code = 1; code < names->count; code++)
		if (c->counts[code])
			facets_add_language(c->m, cube_dict_text(names->dict, code),
			                    c->counts[code]);
}

/* Codes with most answers, twice as many as are told apart; cut to half when full, and from then on only what has more than
 * the last of them can come in. */
struct most {
	struct most_code {
		uint32_t code, answers;
	} at[2 * VALUE_COUNTS_MAX];
	size_t count;
	uint32_t floor;
};

static int most_first(const void *a, const void *b)
{
	const struct most_code *left = a, *right = b;
	if (left->answers != right->answers)
		return left->answers > right->answers ? -1 : 1;
	return (left->code > right->code) - (left->code < right->code);
}

static void most_add(struct most *m, uint32_t code, uint32_t answers)
{
	if (answers <= m->floor)
		return;
	m->at[m->count++] = (struct most_code){ code, answers };
	if (m->count < 2 * VALUE_COUNTS_MAX)
		return;
	qsort(m->at, m->count, sizeof m->at[0], most_first);
	m->count = VALUE_COUNTS_MAX;
	m->floor = m->at[m->count - 1].answers;
}

static void add_values(struct columns *c, struct facet_property *p, const struct cube_names *names)
{
	struct most *most = mem_zeroed(1, sizeof *most);
	int64_t told = 0, all = 0;
	for (uint32_t code = 1; code < names->count; code++) {
		all += c->counts[code];
		most_add(most, code, c->counts[code]);
	}
	qsort(most->at, most->count, sizeof most->at[0], most_first);
	for (size_t i = 0; i < most->count && i < VALUE_COUNTS_MAX; i++) {
		told += most->at[i].answers;
		facets_add_value(c->m, p, cube_dict_text(names->dict, most->at[i].code),
		                 most->at[i].answers);
	}
	p->values.rest += all - told;
	free(most);
}

static void add_properties(struct columns *c)
{
	const struct cube_view *view = c->v->view;
	size_t guess = 0;
	for (size_t i = 0; i < view->property_count; i++) {
		const struct cube_property *own = &view->properties[i];
		struct facet_property *p = facets_property(c->m, own->name, &guess);
		if (!p)
			continue;
		count_column(c, VIEW_PROPERTY, i, own->values.count);
		add_values(c, p, &own->values);
	}
}

struct tag_name {
	Str name, folded;
};

static bool tag_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct tag_name *)out = (struct tag_name){ db_text(rows, 0, a), db_text(rows, 1, a) };
	return true;
}

static bool add_tags(struct columns *c, struct err *err)
{
	void *items;
	size_t count;
	if (!db_list(c->m->facts->db, &sql_facets_tag_names,
	             DB_ARGS(db_arg_i64(c->m->facts->workspace)), tag_row, sizeof(struct tag_name),
	             c->m->arena, &items, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct tag_name *tag = &((const struct tag_name *)items)[i];
		const uint32_t *rows;
		size_t tagged = cube_view_tagged(c->v->view, tag->folded, &rows);
		int64_t answers = 0;
		for (size_t k = 0; k < tagged; k++)
			answers += (c->taken[rows[k] / 64] >> (rows[k] % 64) & 1) != 0;
		if (answers)
			facets_add_text(c->m, &c->m->out->tags, tag->name, answers);
	}
	return true;
}

static bool add_all(struct columns *c, struct err *err)
{
	const struct cube_view *view = c->v->view;
	struct facets *f = c->m->out;
	add_facts(c);
	add_surveys(c);
	add_imports(c);
	add_texts(c, VIEW_CHANNEL, &view->channels, &f->channels);
	add_texts(c, VIEW_SOURCE, &view->sources, &f->sources);
	add_languages(c);
	add_properties(c);
	return add_tags(c, err);
}

bool facets_of_view(struct facet_making *m, bool *can, struct err *err)
{
	struct cell_plan plan;
	struct view_plan v;
	if (!cell_plan_make(m->facts, m->arena, m->q, &plan, err) ||
	    !view_plan_make(m->facts, &plan, &v, can, err))
		return false;
	if (!*can)
		return true;
	struct columns c = { .m = m, .v = &v };
	take_rows(&c);
	bool ok = add_all(&c, err);
	free(c.taken);
	free(c.rows);
	free(c.counts);
	return ok;
}

/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_view_bits.h"

#include <string.h>

/* What bits of facts mean: those that count, or scores from one to another. */
#define COUNTED    UINT32_MAX
#define SCORE_BITS 4u

static void fill_code(uint64_t bits[static CUBE_BITS_WORDS], const struct cube_codes *codes,
                      uint32_t code)
{
	const struct scan_list one = { .few = { code }, .few_count = 1 };
	uint8_t mask[SCAN_ROWS];
	for (uint32_t from = 0; from < CUBE_CHUNK_ROWS; from += SCAN_ROWS) {
		memset(mask, 255, sizeof mask);
		scan_take_codes(mask, codes, from, SCAN_ROWS, &one);
		scan_bits(bits + from / 64, mask, SCAN_ROWS);
	}
}

static void fill_facts(uint64_t bits[static CUBE_BITS_WORDS], const struct cube_codes *codes,
                       uint32_t what)
{
	const uint8_t *facts = codes->at;
	uint8_t mask[SCAN_ROWS], symbols[SCAN_ROWS];
	for (uint32_t from = 0; from < CUBE_CHUNK_ROWS; from += SCAN_ROWS) {
		memset(mask, 255, sizeof mask);
		if (what == COUNTED) {
			scan_symbols(symbols, mask, facts + from, SCAN_ROWS);
			scan_counted(bits + from / 64, symbols, SCAN_ROWS);
			continue;
		}
		scan_take_scores(mask, facts + from, SCAN_ROWS, (uint8_t)(what >> SCORE_BITS),
		                 what & ((1u << SCORE_BITS) - 1));
		scan_bits(bits + from / 64, mask, SCAN_ROWS);
	}
}

static struct cube_codes facts_of(const struct cube_chunk *chunk)
{
	return (struct cube_codes){ .at = chunk->facts, .width = 1, .column = chunk->facts_column };
}

static void take(struct view_bits *out, const uint64_t *bits)
{
	if (!out->any)
		memcpy(out->at, bits, sizeof out->at);
	for (uint32_t i = 0; i < CUBE_BITS_WORDS && out->any; i++)
		out->at[i] &= bits[i];
	out->any = true;
}

/* False: the list is left to others. */
static bool take_list(struct view_bits *out, const struct cube_codes *codes,
                      const struct scan_list *list)
{
	const uint64_t *bits[SCAN_FEW];
	uint32_t count = 0;
	if (!list->few_count || codes->width != 1 || codes->base || !codes->column)
		return false;
	for (uint32_t i = 0; i < list->few_count; i++) {
		if (list->few[i] > UINT8_MAX)
			continue;
		bits[count] = cube_bits_of(codes, list->few[i], fill_code);
		if (!bits[count++])
			return false;
	}
	if (count == 1) {
		take(out, bits[0]);
		return true;
	}
	uint64_t all[CUBE_BITS_WORDS] = { 0 };
	for (uint32_t k = 0; k < count; k++)
		for (uint32_t i = 0; i < CUBE_BITS_WORDS; i++)
			all[i] |= bits[k][i];
	take(out, all);
	return true;
}

/* Of a column that is the same in all rows nothing has to be looked at. */
static bool take_column(struct view_bits *out, const struct cube_chunk *chunk,
                        const struct view_list *list)
{
	struct cube_codes codes = view_column_of(chunk, list->column, list->property);
	if (codes.at)
		return take_list(out, &codes, &list->list);
	out->none = out->none || !list->list.takes[codes.base];
	return true;
}

static bool take_scores(const struct view_plan *v, struct view_bits *out,
                        const struct cube_codes *facts)
{
	uint32_t what = (uint32_t)v->score_low << SCORE_BITS | v->score_high;
	const uint64_t *bits = cube_bits_of(facts, what, fill_facts);
	if (bits)
		take(out, bits);
	return bits != NULL;
}

void view_bits_take(const struct view_plan *v, const struct cube_chunk *chunk,
                    struct view_bits *out)
{
	struct cube_codes facts = facts_of(chunk);
	bool whole = chunk->rows == CUBE_CHUNK_ROWS && facts.column;
	out->any = out->none = out->done_scores = false;
	out->all = whole && !v->mark_bits && !v->facts && !v->rows;
	out->counted = NULL;
	memset(out->done, 0, sizeof out->done);
	for (size_t i = 0; whole && i < v->list_count && !out->none; i++) {
		out->done[i] = take_column(out, chunk, &v->lists[i]);
		out->all = out->all && out->done[i];
	}
	if (whole && v->by_scores && !out->none) {
		out->done_scores = take_scores(v, out, &facts);
		out->all = out->all && out->done_scores;
	}
	if (out->any && !out->none)
		out->counted = cube_bits_of(&facts, COUNTED, fill_facts);
}

/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/lexicon.h"

#include <string.h>

static const struct lexicon_row *row_of(const struct lexicon_table *t, Str word, bool stem)
{
	for (uint32_t at = lexicon_hash(word, stem);; at++) {
		uint16_t slot = t->slots[at & (t->slot_count - 1)];
		if (slot == 0)
			return NULL;
		const struct lexicon_row *row = &t->rows[slot - 1];
		if (row->stem == stem && row->len == word.len &&
		    memcmp(t->text + row->at, word.at, word.len) == 0)
			return row;
	}
}

bool lexicon_knows(enum tongue t)
{
	return lexicon_tables[t].slot_count > 0;
}

struct lexicon_word lexicon_find(enum tongue t, Str folded, Str stem)
{
	const struct lexicon_table *table = &lexicon_tables[t];
	const struct lexicon_row *row = NULL;
	if (table->slot_count > 0 && folded.len > 0) {
		row = row_of(table, folded, false);
		if (!row)
			row = row_of(table, stem, true);
	}
	if (!row)
		return (struct lexicon_word){ 0 };
	return (struct lexicon_word){ (float)row->valence / LEXICON_STEPS,
		                      (enum lexicon_cue)row->cue };
}

/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/urgent_words.h"

#include "text/urgent.h"
#include "text/urgent_phrases.h"

enum label {
	EXCUSED,
	SAFETY = 1 + URGENT_SAFETY,
	LEGAL = 1 + URGENT_LEGAL,
	ABUSE = 1 + URGENT_ABUSE,
	DATA = 1 + URGENT_DATA,
	PRESS = 1 + URGENT_PRESS,
	SELF_HARM = 1 + URGENT_SELF_HARM
};

#define ROW(tongue, label, phrases) { TONGUE_##tongue, label, phrases },
static const struct pattern_list lists[] = { PHRASES(ROW) };
#undef ROW

const struct pattern_list *urgent_words(size_t *count)
{
	*count = sizeof lists / sizeof lists[0];
	return lists;
}

/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/intent_words.h"

#include "text/intent.h"
#include "text/intent_phrases.h"

enum label {
	EXCUSED,
	PROBLEM = INTENT_PROBLEM,
	REQUEST = INTENT_REQUEST,
	QUESTION = INTENT_QUESTION,
	PRAISE = INTENT_PRAISE,
	CHURN = INTENT_CHURN
};

#define ROW(tongue, label, phrases) { TONGUE_##tongue, label, phrases },
static const struct pattern_list lists[] = { PHRASES(ROW) };
#undef ROW

const struct pattern_list *intent_words(size_t *count)
{
	*count = sizeof lists / sizeof lists[0];
	return lists;
}

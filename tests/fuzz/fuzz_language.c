/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Whatever a browser or a link says about languages, the tag that is shown is one, and a page's number is its own. */
#include "survey/language.h"

#include "base/arena.h"
#include "base/die.h"
#include "feedback/page_number.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct definition d;
	struct language_preferences p = { 0 };
	Str text = str_copy(&a, (Str){ (const char *)data, size });
	definition_default(&d);
	language_prefer(&p, text);
	language_prefer_header(&p, text);
	MUST(p.count <= LANGUAGE_PREFERENCES_MAX);
	MUST(language_is_tag(language_pick(&d, &p)));
	MUST(language_is_tag(language_pick_built_in(&p)));
	MUST(page_number_is(text) || page_number_time(text) == 0);
	arena_free(&a);
	return 0;
}

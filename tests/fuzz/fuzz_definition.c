/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A definition that is taken is written so that reading it gives the same bytes; answers and properties too. */
#include "survey/definition.h"

#include "base/die.h"
#include "people/properties.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct err err;
	struct definition d;
	JsonRef ref;
	Str text = { (const char *)data, size }, once, twice;
	if (definition_parse(&a, text, &d, &err)) {
		once = definition_write(&a, &d);
		MUST(definition_parse(&a, once, &d, &err));
		MUST(str_eq(once, definition_write(&a, &d)));
		(void)definition_translation_find(&d, str_slice(text, 0, 20));
	}
	if (json_read(&a, text, &ref, &err) && properties_read(&a, ref, &once, &err)) {
		MUST(json_read(&a, once, &ref, &err) && properties_read(&a, ref, &twice, &err));
		MUST(str_eq(once, twice));
		MUST(properties_merge(&a, once, STR("{\"a\":1}"), &twice, &err));
	}
	arena_free(&a);
	return 0;
}

/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A template that parses renders within its bounds, and no value gets out unescaped. */
#include "base/template.h"

#include "base/die.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool holds(Str text, const char *what)
{
	return str_find(text, str_of(what)) != SIZE_MAX;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Str source = { (const char *)data, size };
	struct arena a = { 0 };
	struct err err;
	const struct template *t;
	struct buf out;
	buf_init(&out, 100000);
	if (template_parse(&a, source, &t, &err)) {
		struct template_dict *d = template_dict_new(&a);
		template_set(d, "t", STR("\x01\x02<&\"'>\x02"));
		template_set_bool(d, "b", true);
		for (int i = 0; i < 3; i++)
			template_set_i64(template_list_add(d, "l"), "n", i);
		bool ok = template_render(t, d, &out, &err);
		MUST(ok || err.kind == ERR_TOO_LARGE);
		bool own = holds(source, "{{{") || holds(source, "\x01");
		MUST(own || !holds(buf_str(&out), "\x01\x02<"));
	}
	buf_free(&out);
	arena_free(&a);
	return 0;
}

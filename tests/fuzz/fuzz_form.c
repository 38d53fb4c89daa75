/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A form that was read, written as a query and read again has the same fields. */
#include "base/form.h"

#include "base/die.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct err err;
	struct form form, again;
	Str text = { (const char *)data, size };
	if (form_parse(&a, text, 500, &form, &err)) {
		struct buf b;
		buf_init(&b, 8 << 20);
		for (size_t i = 0; i < form.count; i++) {
			const struct form_field *f = &form.fields[i];
			MUST(utf8_is_valid(f->name) && utf8_is_valid(f->value));
			MUST(str_find_char(f->value, '\0', 0) == SIZE_MAX);
			form_put(&b, f->name, f->value);
		}
		MUST(form_parse(&a, buf_str(&b), 500, &again, &err));
		MUST(form.count == again.count);
		for (size_t i = 0; i < form.count; i++)
			MUST(str_eq(form.fields[i].name, again.fields[i].name) &&
			     str_eq(form.fields[i].value, again.fields[i].value));
		buf_free(&b);
	}
	arena_free(&a);
	return 0;
}

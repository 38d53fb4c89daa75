/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/gzip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

/* What zlib reads back, which must be the text. */
static void check_unpacks(struct arena *a, Str packed, Str text)
{
	char *to = arena_alloc(a, text.len + 1);
	z_stream z = { .next_in = (unsigned char *)str_copy_c(a, packed),
		       .avail_in = (unsigned)packed.len,
		       .next_out = (unsigned char *)to,
		       .avail_out = (unsigned)text.len + 1 };
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_int_equal(z.total_out, text.len);
	assert_int_equal(z.avail_in, 0);
	assert_memory_equal(to, text.at, text.len);
	inflateEnd(&z);
}

static Str repeated(struct arena *a, size_t len)
{
	char *at = arena_alloc(a, len);
	for (size_t i = 0; i < len; i++)
		at[i] = "How likely are you to recommend us? "[i % 36];
	return (Str){ at, len };
}

static void packs_texts_of_any_length_so_that_they_read_back(void **state)
{
	struct arena a = { 0 };
	const size_t lengths[] = { 100, 1023, 1024, 1025, 8192, 32768, 32769, 1000000 };
	(void)state;
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		Str text = repeated(&a, lengths[i]), packed;
		assert_true(gzip_pack(&a, text, &packed));
		assert_true(packed.len < text.len);
		check_unpacks(&a, packed, text);
	}
	arena_free(&a);
}

static void leaves_what_would_not_be_smaller(void **state)
{
	struct arena a = { 0 };
	Str out = STR("untouched");
	(void)state;
	assert_false(gzip_pack(&a, STR(""), &out));
	assert_false(gzip_pack(&a, STR("short"), &out));
	assert_true(str_eq(out, STR("untouched")));
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(packs_texts_of_any_length_so_that_they_read_back),
		cmocka_unit_test(leaves_what_would_not_be_smaller),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

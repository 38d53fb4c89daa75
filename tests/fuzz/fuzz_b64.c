/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Each value has one text. */
#include "base/b64.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Str text = { (const char *)data, size };
	size_t len = 0;
	char *bytes = mem_alloc(size), *again = mem_alloc(B64_LEN(size));
	if (b64_decode(text, bytes, size, &len)) {
		MUST(B64_LEN(len) == size);
		b64_encode(bytes, len, again);
		MUST(str_eq(text, (Str){ again, size }));
		MUST(len == 0 || !b64_decode(text, bytes, len - 1, &len));
	}
	b64_encode(data, size, again);
	MUST(b64_decode((Str){ again, B64_LEN(size) }, bytes, size, &len));
	MUST(len == size && memcmp(bytes, data, size) == 0);
	free(bytes);
	free(again);
	return 0;
}

/* A transcript, by the first byte flagged or to be detected: what is left stands where it stood, and is as long as the whole. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/die.h"
#include "text/transcript.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct transcript t;
	if (size == 0)
		return 0;
	Str text = { (const char *)data + 1, size - 1 };
	transcript_read(&a, text, data[0] & 1 ? TRANSCRIPT_YES : TRANSCRIPT_DETECT, &t);
	MUST(t.text.len == text.len && t.customer_turns <= t.turns);
	for (size_t i = 0; i < text.len; i++)
		MUST(t.text.at[i] == text.at[i] || t.text.at[i] == ' ' || t.text.at[i] == '\n');
	MUST(!t.is || t.said.len <= TRANSCRIPT_SAID_MAX);
	arena_free(&a);
	return 0;
}

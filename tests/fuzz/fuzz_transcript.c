/* A transcript, by the first byte told or to be detected, with or without labels of the customer: what is left stands where it
 * stood, is as long as the whole, and is what the customer's turns say. */
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
	struct transcript_told told = { data[0] & 1 ? TRANSCRIPT_YES : TRANSCRIPT_DETECT,
		                        data[0] & 2 ? STR("P1, Anna (Bonn, Rhein)") : STR("") };
	transcript_read(&a, text, &told, &t);
	MUST(t.text.len == text.len && t.customer_turns <= t.turns);
	for (size_t i = 0; i < text.len; i++)
		MUST(t.text.at[i] == text.at[i] || t.text.at[i] == ' ' || t.text.at[i] == '\n');
	for (size_t i = 0; i < t.turns; i++)
		MUST(t.turn[i].label + t.turn[i].label_len <= t.turn[i].from &&
		     t.turn[i].from + t.turn[i].len <= text.len &&
		     (i == 0 || t.turn[i].label >= t.turn[i - 1].from + t.turn[i - 1].len));
	MUST(!t.is || t.said.len <= TRANSCRIPT_SAID_MAX);
	arena_free(&a);
	return 0;
}

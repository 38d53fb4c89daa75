/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/transcript.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* What is left, with one space between words. */
static const char *squeezed(struct arena *a, Str text)
{
	char *out = arena_alloc(a, text.len + 1);
	size_t len = 0;
	for (size_t i = 0; i < text.len; i++)
		if (!is_blank(text.at[i]))
			out[len++] = text.at[i];
		else if (len > 0 && out[len - 1] != ' ')
			out[len++] = ' ';
	while (len > 0 && out[len - 1] == ' ')
		len--;
	out[len] = '\0';
	return out;
}

/* Every byte that is left stands where it stood. */
static void in_place(Str whole, Str left)
{
	assert_int_equal(whole.len, left.len);
	for (size_t i = 0; i < whole.len; i++)
		assert_true(left.at[i] == whole.at[i] || is_blank(left.at[i]));
}

struct sample {
	const char *whole, *customer;
};

static void hears(const struct sample *all, size_t count, enum transcript_wish wish)
{
	struct arena a = { 0 };
	for (size_t i = 0; i < count; i++) {
		struct transcript t;
		transcript_read(&a, str_of(all[i].whole), wish, &t);
		if (!t.is)
			fail_msg("no transcript: %s", all[i].whole);
		in_place(str_of(all[i].whole), t.text);
		assert_string_equal(squeezed(&a, t.text), all[i].customer);
		assert_string_equal(squeezed(&a, t.said), all[i].customer);
	}
	arena_free(&a);
}
#define HEARS(samples, wish) hears((samples), sizeof(samples) / sizeof(samples)[0], (wish))

static void leaves_what_the_customer_said_in_the_usual_formats(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ "Agent: Hello, great to have you!\nCustomer: It is broken.\nAgent: Oh no.\n"
		  "Customer: And slow.",
		  "It is broken. And slow." },
		{ "[10:03] Agent: Hi\n[10:04] Customer: My invoice is wrong\nfor the third time\n"
		  "[10:05] Agent: I am sorry\n[10:06] Customer: thanks",
		  "My invoice is wrong for the third time thanks" },
		{ "(00:00:12) Support: Hallo\n(00:00:20) Kunde: Die App stürzt ab: immer.\n"
		  "(00:00:31) Support: Aha",
		  "Die App stürzt ab: immer." },
		{ "12.03.24, 10:03 - Anna (Support): Guten Tag\n12.03.24, 10:04 - Kundin: Nichts "
		  "geht\n"
		  "12.03.24, 10:05 - Anna (Support): Moment",
		  "Nichts geht" },
		{ "**Agent:** How can I help?\n**Customer:** Cancel it.\n**Agent:** Why?\n"
		  "**Customer:** Too expensive.",
		  "Cancel it. Too expensive." },
		{ "WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\n<v Agent>Welcome\n\n2\n"
		  "00:00:04.000 --> 00:00:06.000\n<v Customer>I waited an hour\n\n3\n"
		  "00:00:07.000 --> 00:00:09.000\n<v Agent>Sorry",
		  "I waited an hour" },
		{ "10:03 AM | Agente: Buenos días\n10:04 AM | Cliente: No funciona\n"
		  "10:05 AM | Agente: Lo siento",
		  "No funciona" },
		{ "Maria Lopez: My phone is dead.\nAgent Tom: Since when?\nMaria Lopez: Monday.\n"
		  "Agent Tom: I see.",
		  "My phone is dead. Monday." },
		{ "Agent (10:03): Hello\nCustomer (10:04): Nobody came.\nAgent (10:05): Sorry",
		  "Nobody came." },
		{ "Agent: Hello. Customer: The box was empty. Agent: Really? Customer: Yes: empty. "
		  "Agent: I see.",
		  "The box was empty. Yes: empty." },
		{ "Customer service: Good day\r\nCustomer: Bad day\r\nCustomer service: Sorry\r\n",
		  "Bad day" },
		{ "System: chat started\nVisitor: hi, wrong size\nBot: An agent will join\n"
		  "Jo (Agent): Hello\nVisitor: finally",
		  "hi, wrong size finally" },
	};
	HEARS(samples, TRANSCRIPT_DETECT);
}

static void a_flag_makes_do_with_one_side(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ "Customer: The room was cold.", "The room was cold." },
		{ "Agent: Hello, anybody there?", "" },
		{ "Caller: it leaks\nDispatcher: where\nCaller: everywhere\nDispatcher: ok",
		  "it leaks everywhere" },
	};
	HEARS(samples, TRANSCRIPT_YES);
}

static void takes_a_comment_for_a_comment(void **state)
{
	(void)state;
	static const char *const comments[] = {
		"Customer service: terrible. Agent: rude. App: slow.",
		"Pros: cheap\nCons: slow\nSupport: none\nApp: ugly",
		"Agent: John\nCustomer: me\nProblem: no reply",
		"I told the agent: please help. The customer: me. Nothing.",
		"10:03 waited\n10:30 waited\n11:00 went home",
		"Support: good\nSupport: bad",
		"PS: thanks\nNB: see above",
		"",
		":",
		"Host: lovely, flat: clean, area: quiet",
	};
	struct arena a = { 0 };
	for (size_t i = 0; i < sizeof comments / sizeof comments[0]; i++) {
		struct transcript t;
		transcript_read(&a, str_of(comments[i]), TRANSCRIPT_DETECT, &t);
		if (t.is)
			fail_msg("a transcript: %s", comments[i]);
		assert_true(str_eq(t.text, str_of(comments[i])));
	}
	arena_free(&a);
}

static void counts_turns_and_is_silent_unless_asked(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct transcript t;
	Str text = STR("Agent: a\nCustomer: b\nAgent: c\nCustomer: d\nAgent: e");
	transcript_read(&a, text, TRANSCRIPT_DETECT, &t);
	assert_int_equal(t.turns, 5);
	assert_int_equal(t.customer_turns, 2);
	transcript_read(&a, text, TRANSCRIPT_NO, &t);
	assert_false(t.is);
	arena_free(&a);
}

/* A megabyte of labels, of colons, of a letter: done when it is done, and everything in its place. */
static void takes_whatever_bytes_there_are(void **state)
{
	(void)state;
	static const char *const pieces[] = { "Agent: ", "Customer: x\n", ":", "\xff:",
		                              "<v ",     "[10:03]",       "a", "\n",
		                              "(((((",   "Agent Agent " };
	for (size_t p = 0; p < sizeof pieces / sizeof pieces[0]; p++) {
		struct arena a = { 0 };
		size_t one = strlen(pieces[p]), times = ((size_t)1 << 20) / one;
		char *all = arena_alloc(&a, times * one + 1);
		for (size_t i = 0; i < times; i++)
			memcpy(all + i * one, pieces[p], one);
		struct transcript t;
		Str text = { all, times * one };
		transcript_read(&a, text, TRANSCRIPT_YES, &t);
		in_place(text, t.text);
		arena_free(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leaves_what_the_customer_said_in_the_usual_formats),
		cmocka_unit_test(a_flag_makes_do_with_one_side),
		cmocka_unit_test(takes_a_comment_for_a_comment),
		cmocka_unit_test(counts_turns_and_is_silent_unless_asked),
		cmocka_unit_test(takes_whatever_bytes_there_are),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

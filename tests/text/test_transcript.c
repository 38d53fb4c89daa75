/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/transcript.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

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

static struct transcript_told told(enum transcript_wish wish)
{
	return (struct transcript_told){ .wish = wish };
}

/* Turns tell what is left, and where. */
static void turns_agree(Str text, const struct transcript *t)
{
	size_t customers = 0, said = 0;
	for (size_t i = 0; i < t->turns; i++) {
		const struct transcript_turn *turn = &t->turn[i];
		assert_true(turn->label_len > 0 && turn->label + turn->label_len <= turn->from);
		assert_true(turn->from + turn->len <= text.len);
		assert_true(i == 0 || turn->label >= turn[-1].from + turn[-1].len);
		customers += turn->customer;
		for (size_t k = turn->from; k < turn->from + turn->len; k++)
			said += turn->customer && !is_blank(t->text.at[k]);
	}
	for (size_t i = 0; i < text.len; i++)
		said -= !is_blank(t->text.at[i]);
	assert_int_equal(customers, t->customer_turns);
	assert_int_equal(said, 0);
}

static void hears(const struct sample *all, size_t count, const struct transcript_told *told)
{
	struct arena a = { 0 };
	for (size_t i = 0; i < count; i++) {
		struct transcript t;
		transcript_read(&a, str_of(all[i].whole), told, &t);
		if (!t.is)
			fail_msg("no transcript: %s", all[i].whole);
		turns_agree(str_of(all[i].whole), &t);
		in_place(str_of(all[i].whole), t.text);
		assert_string_equal(squeezed(&a, t.text), all[i].customer);
		assert_string_equal(squeezed(&a, t.said), all[i].customer);
	}
	arena_free(&a);
}
#define HEARS(samples, wish)                                   \
	hears((samples), sizeof(samples) / sizeof(samples)[0], \
	      &(struct transcript_told){ (wish), { 0 } })
#define HEARS_FROM(samples, labels)                            \
	hears((samples), sizeof(samples) / sizeof(samples)[0], \
	      &(struct transcript_told){ TRANSCRIPT_YES, STR(labels) })

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
		{ "Agent: Hi\nCustomer 2 (Berlin, Mitte): It leaks\nAgent: Oh\nCustomer 2 (Berlin, "
		  "Mitte): Still",
		  "It leaks Still" },
		{ "Agent: Hi\nAnna (Customer): It leaks\nAgent: Oh\n[Guest] 7: Mine, too",
		  "It leaks Mine, too" },
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
		{ "Agent: How can I help?\nMaria: The lid broke.", "The lid broke." },
		{ "Dispatcher: Where are you?\nCaller: Lost.", "Lost." },
		{ "Agent: Hi\nMaria: Bad: very bad\nAgent: Oh\nMaria: PS\nPS: thanks",
		  "Bad: very bad PS PS: thanks" },
		{ "Staff: Hello\nGuest in room 7: It is dirty", "It is dirty" },
		{ "P1: hello\nP2: my parcel is lost", "" },
		{ "P1: hello\nP2: lost\nP1: oh\nP2: yes", "" },
	};
	HEARS(samples, TRANSCRIPT_YES);
}

static void whose_labels_are_said_is_the_customer_and_nobody_else(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ "P1: Welcome\nP2: My parcel is lost", "My parcel is lost" },
		{ "P1: Welcome\np2 : My parcel is lost\nP1: Oh\nP2: Note: twice",
		  "My parcel is lost Note: twice" },
		{ "Client: I am the machine\nSprecher 2: Guten Tag\nClient: Beep\nSprecher 2: Ja",
		  "Guten Tag Ja" },
		{ "[10:03] Anna (Berlin, Mitte): No\n[10:04] Agent: Why?", "No" },
		{ "P1: hi. P2: it leaks. P1: where?", "it leaks." },
		{ "Customer: a\nAgent: b", "" },
		{ "P1: only me\nP3: and me", "" },
	};
	HEARS_FROM(samples, "P2, Sprecher 2, Anna (Berlin, Mitte)");
	/* A name that comes once is somebody else only where nobody else is. */
	static const struct sample once[] = {
		{ "P2: It fell.\nReason: wind\nAgent: I see\nP2: Yes",
		  "It fell. Reason: wind Yes" },
	};
	HEARS_FROM(once, "P2");
}

static void without_any_label_all_of_it_counts(void **state)
{
	(void)state;
	static const char *const texts[] = { "It broke on Monday.", "", "PS: thanks",
		                             "I paid 10:30 and left" };
	struct arena a = { 0 };
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct transcript t;
		transcript_read(&a, str_of(texts[i]),
		                &(struct transcript_told){ TRANSCRIPT_YES, STR("Customer") }, &t);
		assert_false(t.is);
		assert_true(str_eq(t.text, str_of(texts[i])));
	}
	arena_free(&a);
}

static void turns_have_their_labels_and_words(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct transcript t;
	Str text = STR("WEBVTT\n\n1\n00:01 --> 00:04\n<v Agent>Welcome\n\n2\n00:04 --> 00:06\n"
	               "<v Customer>I waited\n\n3\n00:07 --> 00:09\nan hour\n");
	struct transcript_told yes = told(TRANSCRIPT_YES);
	transcript_read(&a, text, &yes, &t);
	assert_int_equal(t.turns, 2);
	assert_true(str_eq(str_slice(text, t.turn[0].label, t.turn[0].label_len), STR("Agent")));
	assert_true(str_eq(str_slice(text, t.turn[0].from, t.turn[0].len), STR("Welcome")));
	assert_true(str_eq(str_slice(text, t.turn[1].label, t.turn[1].label_len), STR("Customer")));
	assert_true(str_starts(str_slice(text, t.turn[1].from, t.turn[1].len), STR("I waited")));
	assert_true(str_ends(str_slice(text, t.turn[1].from, t.turn[1].len), STR("an hour")));
	assert_false(t.turn[0].customer);
	assert_true(t.turn[1].customer);
	arena_free(&a);
}

/* "Who is the customer?" is asked by showing who spoke. */
static void where_nobody_is_known_each_is_shown(void **state)
{
	(void)state;
	static const char *const customer[] = { "", "P9" };
	struct arena a = { 0 };
	for (size_t i = 0; i < 2; i++) {
		struct transcript t;
		struct transcript_told yes = { TRANSCRIPT_YES, str_of(customer[i]) };
		transcript_read(&a, STR("P1: Hello\nP2: It leaks\nP1: Oh\nP3: And smells"), &yes,
		                &t);
		assert_int_equal(t.turns, 4);
		assert_int_equal(t.customer_turns, 0);
		assert_int_equal(t.said.len, 0);
	}
	arena_free(&a);
}

static void labels_are_read_as_people_type_them(void **state)
{
	(void)state;
	static const char *const typed[][2] = {
		{ " Customer ,caller:, , CUSTOMER,Client", "Customer, caller, Client" },
		{ "Anna (Berlin, Mitte),  Bo", "Anna (Berlin, Mitte), Bo" },
		{ "", "" },
		{ " , ", "" },
	};
	static const char *const wrong[] = {
		"a label that is longer than forty-eight bytes is none",
		"Cust\tomer",
		"a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q",
	};
	struct arena a = { 0 };
	struct err err;
	Str out;
	for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
		assert_true(transcript_labels_read(&a, str_of(typed[i][0]), "/x", &out, &err));
		assert_true(str_eq(out, str_of(typed[i][1])));
	}
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		assert_false(transcript_labels_read(&a, str_of(wrong[i]), "/x", &out, &err));
		assert_int_equal(err.kind, ERR_INVALID);
		assert_string_equal(err.path, "/x");
	}
	arena_free(&a);
}

static void finds_who_may_speak(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct transcript_label *all;
	size_t count;
	transcript_labels(&a, STR("Agent: a\nP2: b. Customer: c\nKunde: d\nno label"), &all,
	                  &count);
	assert_int_equal(count, 3);
	assert_true(str_eq(all[0].label, STR("Agent")) && all[0].who == SPEAKER_OTHER);
	assert_true(str_eq(all[1].label, STR("P2")) && all[1].who == SPEAKER_UNKNOWN);
	assert_true(str_eq(all[2].label, STR("Kunde")) && all[2].who == SPEAKER_CUSTOMER);
	arena_free(&a);
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
		"Staff: friendly\nGuest rooms: dirty\nStaff: helpful\nGuest area: nice",
		"Support: 5/5\nTeam: great\nUser interface: bad\nSupport: slow",
		"Staff: kind. Guest rooms: dirty. Staff: helpful. Guest area: nice. Staff: ok",
	};
	struct arena a = { 0 };
	for (size_t i = 0; i < sizeof comments / sizeof comments[0]; i++) {
		struct transcript t;
		struct transcript_told nobody = told(TRANSCRIPT_DETECT);
		transcript_read(&a, str_of(comments[i]), &nobody, &t);
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
	struct transcript_told nobody = told(TRANSCRIPT_DETECT), no = told(TRANSCRIPT_NO);
	transcript_read(&a, text, &nobody, &t);
	assert_int_equal(t.turns, 5);
	assert_int_equal(t.customer_turns, 2);
	transcript_read(&a, text, &no, &t);
	assert_false(t.is);
	arena_free(&a);
}

/* A label within a line may stand behind any mark, which is whole on its side: behind a dash, a quote, a space that does not break. */
static void cuts_no_character_before_a_label(void **state)
{
	(void)state;
	static const char *const marks[] = { "—", "…", "“", "\u00A0", "·", "、", "» " };
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
		struct arena a = { 0 };
		struct transcript t;
		Str text = str_printf(&a,
		                      "Agent: How was it?\nCustomer: Too late.%sAgent: I am "
		                      "sorry.%sCustomer: Fine.",
		                      marks[i], marks[i]);
		const struct transcript_told detect = told(TRANSCRIPT_DETECT);
		transcript_read(&a, text, &detect, &t);
		assert_int_equal(t.turns, 4);
		turns_agree(text, &t);
		assert_true(utf8_is_valid(t.text));
		assert_true(utf8_is_valid(t.said));
		for (size_t k = 0; k < t.turns; k++) {
			const struct transcript_turn *turn = &t.turn[k];
			Str label = str_slice(text, turn->label, turn->label_len);
			assert_true(str_eq(label, k % 2 ? STR("Customer") : STR("Agent")));
			assert_true(utf8_is_valid(str_slice(text, turn->from, turn->len)));
		}
		arena_free(&a);
	}
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
		struct transcript_told yes = { TRANSCRIPT_YES, p & 1 ? STR("Agent") : STR("") };
		transcript_read(&a, text, &yes, &t);
		in_place(text, t.text);
		arena_free(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leaves_what_the_customer_said_in_the_usual_formats),
		cmocka_unit_test(a_flag_makes_do_with_one_side),
		cmocka_unit_test(whose_labels_are_said_is_the_customer_and_nobody_else),
		cmocka_unit_test(without_any_label_all_of_it_counts),
		cmocka_unit_test(turns_have_their_labels_and_words),
		cmocka_unit_test(where_nobody_is_known_each_is_shown),
		cmocka_unit_test(labels_are_read_as_people_type_them),
		cmocka_unit_test(finds_who_may_speak),
		cmocka_unit_test(takes_a_comment_for_a_comment),
		cmocka_unit_test(counts_turns_and_is_silent_unless_asked),
		cmocka_unit_test(cuts_no_character_before_a_label),
		cmocka_unit_test(takes_whatever_bytes_there_are),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

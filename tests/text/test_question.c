/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/question.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void knows_what_is_asked_for(void **state)
{
	(void)state;
	static const struct {
		enum tongue tongue;
		const char *question;
		enum question_leaning leaning;
	} cases[] = {
		{ TONGUE_EN, "What could we do better?", QUESTION_ASKS_BAD },
		{ TONGUE_EN, "What did you dislike?", QUESTION_ASKS_BAD },
		{ TONGUE_EN, "What did you like least?", QUESTION_ASKS_BAD },
		{ TONGUE_EN, "What didn't you like?", QUESTION_ASKS_BAD },
		{ TONGUE_EN, "What is the one thing we should improve?", QUESTION_ASKS_BAD },
		{ TONGUE_EN, "What was good?", QUESTION_ASKS_GOOD },
		{ TONGUE_EN, "What do you like most?", QUESTION_ASKS_GOOD },
		{ TONGUE_EN, "What is the main reason for your score?", QUESTION_OPEN },
		{ TONGUE_EN, "What did you like or dislike?", QUESTION_OPEN },
		{ TONGUE_EN, "", QUESTION_OPEN },
		{ TONGUE_DE, "Was können wir besser machen?", QUESTION_ASKS_BAD },
		{ TONGUE_DE, "Was hat Ihnen nicht gefallen?", QUESTION_ASKS_BAD },
		{ TONGUE_DE, "Was hat Ihnen besonders gefallen?", QUESTION_ASKS_GOOD },
		{ TONGUE_DE, "Was ist der Grund für Ihre Bewertung?", QUESTION_OPEN },
		{ TONGUE_FR, "Que pouvons-nous améliorer ?", QUESTION_ASKS_BAD },
		{ TONGUE_FR, "Qu'avez-vous aimé ?", QUESTION_ASKS_GOOD },
		{ TONGUE_ES, "¿Qué podemos mejorar?", QUESTION_ASKS_BAD },
		{ TONGUE_ES, "¿Qué es lo que más le gustó?", QUESTION_ASKS_GOOD },
		{ TONGUE_IT, "Cosa possiamo migliorare?", QUESTION_ASKS_BAD },
		{ TONGUE_IT, "Cosa le è piaciuto di più?", QUESTION_ASKS_GOOD },
		{ TONGUE_PT, "O que podemos melhorar?", QUESTION_ASKS_BAD },
		{ TONGUE_PT, "Do que você mais gostou?", QUESTION_ASKS_GOOD },
		{ TONGUE_NL, "Wat kunnen we beter doen?", QUESTION_ASKS_BAD },
		{ TONGUE_NL, "Wat vond u goed?", QUESTION_ASKS_GOOD },
	};
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct words w;
		words_read(r, &a, str_of(cases[i].question), cases[i].tongue, &w);
		if (question_leaning(&w) != cases[i].leaning)
			print_message("%s\n", cases[i].question);
		assert_int_equal(question_leaning(&w), cases[i].leaning);
	}
	word_reader_close(r);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(knows_what_is_asked_for) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}

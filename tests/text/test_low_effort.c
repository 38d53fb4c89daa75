/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/low_effort.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct sample {
	enum tongue tongue;
	const char *text;
};

static void all_are(const struct sample *samples, size_t count, enum question_leaning asked,
                    enum low_effort wanted)
{
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	const struct patterns *patterns = low_effort_make(&a);
	size_t wrong = 0;
	for (size_t i = 0; i < count; i++) {
		struct words w;
		struct plain_words plain;
		words_read(r, &a, str_of(samples[i].text), samples[i].tongue, &w);
		plain_words(&a, &w, &plain);
		enum low_effort found = low_effort_of(patterns, &a, &plain, asked);
		if (found == wanted)
			continue;
		print_message("# %d, not %d: %s\n", found, wanted, samples[i].text);
		wrong++;
	}
	assert_int_equal(wrong, 0);
	word_reader_close(r);
	arena_free(&a);
}
#define ALL_ARE(samples, asked, wanted) \
	all_are((samples), sizeof(samples) / sizeof(samples)[0], (asked), (wanted))

static void knows_what_has_no_word(void **state)
{
	(void)state;
	static const struct sample samples[] = { { TONGUE_EN, "" },
		                                 { TONGUE_EN, "." },
		                                 { TONGUE_EN, " - " },
		                                 { TONGUE_EN, "10" },
		                                 { TONGUE_EN, "? !?" } };
	ALL_ARE(samples, QUESTION_OPEN, LOW_EFFORT_EMPTY);
}

static void knows_that_there_is_nothing_to_say(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ TONGUE_EN, "Nothing" },
		{ TONGUE_EN, "n/a" },
		{ TONGUE_EN, "N/A." },
		{ TONGUE_EN, "None" },
		{ TONGUE_EN, "No Negative" },
		{ TONGUE_EN, "No Positive" },
		{ TONGUE_EN, "nothing at the moment, thanks" },
		{ TONGUE_EN, "Nothing to add really" },
		{ TONGUE_EN, "I can't think of anything" },
		{ TONGUE_EN, "no comments" },
		{ TONGUE_EN, "Don't know" },
		{ TONGUE_DE, "Nichts" },
		{ TONGUE_DE, "Nichts hinzuzufügen." },
		{ TONGUE_DE, "keine Angabe" },
		{ TONGUE_DE, "k.A." },
		{ TONGUE_DE, "Mir fällt momentan leider nichts ein" },
		{ TONGUE_FR, "Rien à signaler" },
		{ TONGUE_FR, "RAS" },
		{ TONGUE_FR, "Aucune remarque" },
		{ TONGUE_ES, "Nada que añadir" },
		{ TONGUE_ES, "Ninguna" },
		{ TONGUE_ES, "sin comentarios" },
		{ TONGUE_IT, "Niente da segnalare" },
		{ TONGUE_IT, "nessun commento" },
		{ TONGUE_PT, "Nada a declarar no momento" },
		{ TONGUE_PT, "não sei" },
		{ TONGUE_PT, "Sem sugestões" },
		{ TONGUE_NL, "Niets" },
		{ TONGUE_NL, "geen opmerkingen" },
		{ TONGUE_NL, "nvt" },
		{ TONGUE_EN, "nada" }, /* whatever the language is taken for */
		{ TONGUE_OTHER, "rien" },
	};
	ALL_ARE(samples, QUESTION_OPEN, LOW_EFFORT_NOTHING);
}

static void knows_slips_and_fillers(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ TONGUE_EN, "asdf" },     { TONGUE_EN, "sdfsdf" },     { TONGUE_EN, "ok" },
		{ TONGUE_EN, "Ok." },      { TONGUE_EN, "aaaaaaaaaa" }, { TONGUE_EN, "qwertz" },
		{ TONGUE_EN, "hjkl" },     { TONGUE_EN, "test" },       { TONGUE_EN, "xxx" },
		{ TONGUE_PT, "kkkkkk" },   { TONGUE_PT, "b" },          { TONGUE_DE, "bla bla" },
		{ TONGUE_EN, "dfgdfg g" },
	};
	ALL_ARE(samples, QUESTION_OPEN, LOW_EFFORT_FILLER);
}

static void leaves_what_says_something(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ TONGUE_EN, "good" },
		{ TONGUE_EN, "Gr8!!!" },
		{ TONGUE_EN, "\xF0\x9F\x91\x8D" },
		{ TONGUE_EN, "No parking" },
		{ TONGUE_EN, "Nothing worked" },
		{ TONGUE_EN, "Nothing, everything was perfect" },
		{ TONGUE_EN, "none of the staff helped" },
		{ TONGUE_EN, "location" },
		{ TONGUE_EN, "no wifi" },
		{ TONGUE_EN, "DHL" },
		{ TONGUE_EN, "I would like to have it in black" },
		{ TONGUE_DE, "Nichts funktioniert" },
		{ TONGUE_DE, "keine Parkplätze" },
		{ TONGUE_FR, "rien ne marche" },
		{ TONGUE_ES, "nada funciona" },
		{ TONGUE_PT, "muito bom" },
		{ TONGUE_NL, "geen parkeerplaats" },
		{ TONGUE_JA, "とても良い" },
		{ TONGUE_EN, "no no no no no no no no no no no no no no" },
	};
	ALL_ARE(samples, QUESTION_OPEN, LOW_EFFORT_NONE);
}

/* Nobody answered: that is what the customer says. */
static void hears_that_no_answer_came(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ TONGUE_DE, "Keine Antwort." },
		{ TONGUE_FR, "Aucune réponse" },
		{ TONGUE_FR, "Pas de réponse" },
		{ TONGUE_FR, "Sans réponse" },
		{ TONGUE_ES, "Sin respuesta" },
		{ TONGUE_IT, "Nessuna risposta" },
		{ TONGUE_IT, "Senza risposta" },
		{ TONGUE_PT, "Sem resposta" },
		{ TONGUE_PT, "Não respondeu" },
		{ TONGUE_NL, "Geen antwoord" },
		{ TONGUE_EN, "No answer" },
		{ TONGUE_EN, "No answer so far" },
		{ TONGUE_DE, "Bisher keine Antwort" },
	};
	ALL_ARE(samples, QUESTION_OPEN, LOW_EFFORT_NONE);
	ALL_ARE(samples, QUESTION_ASKS_BAD, LOW_EFFORT_NONE);
}

static void hears_by_the_question_what_no_problems_mean(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ TONGUE_EN, "No complaints" },   { TONGUE_EN, "No problems" },
		{ TONGUE_EN, "Cannot fault it" }, { TONGUE_DE, "keine Beschwerden" },
		{ TONGUE_DE, "keine Probleme" },  { TONGUE_FR, "aucun problème" },
		{ TONGUE_ES, "sin problemas" },   { TONGUE_ES, "ninguna queja" },
		{ TONGUE_IT, "nessun problema" }, { TONGUE_PT, "sem problemas" },
		{ TONGUE_NL, "geen klachten" },
	};
	ALL_ARE(samples, QUESTION_OPEN, LOW_EFFORT_NONE);
	ALL_ARE(samples, QUESTION_ASKS_GOOD, LOW_EFFORT_NONE);
	ALL_ARE(samples, QUESTION_ASKS_BAD, LOW_EFFORT_NOTHING);
}

static void takes_marks_for_verdicts(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ TONGUE_EN, "10/10" }, { TONGUE_EN, "5/5!" }, { TONGUE_DE, "100%" },
		{ TONGUE_EN, "A+" },    { TONGUE_FR, "0/20" }, { TONGUE_PT, "Nota 10" },
	};
	static const struct sample none[] = { { TONGUE_EN, "24/7" },
		                              { TONGUE_EN, "3/10/2024" },
		                              { TONGUE_EN, "50 %" } };
	ALL_ARE(samples, QUESTION_OPEN, LOW_EFFORT_NONE);
	ALL_ARE(none, QUESTION_OPEN, LOW_EFFORT_EMPTY);
}

/* "weiss nicht|ich nicht" once meant "weiss ich nicht" alone. */
static void knows_that_somebody_does_not_know(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ TONGUE_DE, "weiß nicht" },    { TONGUE_DE, "Weiß ich nicht" },
		{ TONGUE_DE, "wüsste nichts" }, { TONGUE_DE, "mir fällt nix ein" },
		{ TONGUE_FR, "je sais pas" },   { TONGUE_FR, "j'sais pas" },
		{ TONGUE_IT, "boh" },           { TONGUE_EN, "not sure" },
		{ TONGUE_PT, "nda" },           { TONGUE_NL, "weet ik niet" },
		{ TONGUE_NL, "weet niet" },
	};
	ALL_ARE(samples, QUESTION_OPEN, LOW_EFFORT_NOTHING);
}

static void hears_by_the_question_what_no_improvement_means(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ TONGUE_EN, "No improvement" },
		{ TONGUE_EN, "No improvements, thanks" },
		{ TONGUE_EN, "No change" },
		{ TONGUE_DE, "Keine Verbesserung" },
		{ TONGUE_FR, "Aucune amélioration" },
		{ TONGUE_ES, "Ninguna mejora" },
		{ TONGUE_IT, "Nessun miglioramento" },
		{ TONGUE_PT, "Nenhuma melhoria" },
		{ TONGUE_NL, "Geen verbetering" },
	};
	static const struct sample nothing[] = {
		{ TONGUE_DE, "Keine Verbesserungsvorschläge" },
		{ TONGUE_NL, "geen verbeterpunten" },
		{ TONGUE_EN, "nothing to improve" },
	};
	ALL_ARE(samples, QUESTION_OPEN, LOW_EFFORT_NONE);
	ALL_ARE(samples, QUESTION_ASKS_BAD, LOW_EFFORT_NOTHING);
	ALL_ARE(nothing, QUESTION_OPEN, LOW_EFFORT_NOTHING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_what_has_no_word),
		cmocka_unit_test(knows_that_there_is_nothing_to_say),
		cmocka_unit_test(knows_slips_and_fillers),
		cmocka_unit_test(leaves_what_says_something),
		cmocka_unit_test(hears_that_no_answer_came),
		cmocka_unit_test(hears_by_the_question_what_no_improvement_means),
		cmocka_unit_test(hears_by_the_question_what_no_problems_mean),
		cmocka_unit_test(takes_marks_for_verdicts),
		cmocka_unit_test(knows_that_somebody_does_not_know),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

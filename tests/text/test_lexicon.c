/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/lexicon.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "text/words.h"

static float valence(enum tongue t, const char *word)
{
	return lexicon_find(t, str_of(word), str_of(word)).valence;
}

static void knows_words_of_each_language(void **state)
{
	(void)state;
	for (enum tongue t = TONGUE_OTHER + 1; t < TONGUE_COUNT; t++) {
		assert_true(lexicon_knows(t));
		assert_true(valence(t, "😍") > 2);
	}
	assert_false(lexicon_knows(TONGUE_OTHER));
	assert_true(valence(TONGUE_OTHER, "good") == 0);
	assert_true(valence(TONGUE_EN, "good") > 1 && valence(TONGUE_EN, ":)") > 1);
	assert_true(valence(TONGUE_DE, "freundlich") > 1 && valence(TONGUE_DE, "kaputt") < -1);
	assert_true(valence(TONGUE_PL, "okropny") < -1 && valence(TONGUE_RU, "ужасный") < -1);
}

/* Words of hotels, restaurants, shops, apps, telephones and health; and some whose stem is that of such a word. */
static void knows_everyday_words_from_those_with_their_stem(void **state)
{
	(void)state;
	static const struct {
		enum tongue tongue;
		int side;
		const char *word;
	} rows[] = {
		{ TONGUE_DE, 1, "genuss" },
		{ TONGUE_DE, 1, "unschlagbar" },
		{ TONGUE_DE, 1, "selbsterklärend" },
		{ TONGUE_DE, 1, "einfühlsam" },
		{ TONGUE_DE, 1, "kulant" },
		{ TONGUE_DE, -1, "frechheit" },
		{ TONGUE_DE, -1, "lauwarm" },
		{ TONGUE_DE, -1, "zäh" },
		{ TONGUE_DE, -1, "winzig" },
		{ TONGUE_DE, -1, "durchgelegen" },
		{ TONGUE_DE, -1, "muffig" },
		{ TONGUE_DE, -1, "unausgereift" },
		{ TONGUE_DE, -1, "schmuddelig" },
		{ TONGUE_DE, -1, "überfordert" },
		{ TONGUE_DE, 0, "oberfläche" },
		{ TONGUE_FR, 1, "régal" },
		{ TONGUE_FR, 1, "nickel" },
		{ TONGUE_FR, 1, "copieux" },
		{ TONGUE_FR, 1, "bienveillant" },
		{ TONGUE_FR, 1, "fluide" },
		{ TONGUE_FR, -1, "vieillotte" },
		{ TONGUE_FR, -1, "hautain" },
		{ TONGUE_FR, -1, "insipide" },
		{ TONGUE_FR, -1, "infect" },
		{ TONGUE_FR, -1, "bondé" },
		{ TONGUE_FR, 0, "raison" },
		{ TONGUE_FR, 0, "mois" },
		{ TONGUE_FR, 0, "expédition" },
		{ TONGUE_ES, 1, "barato" },
		{ TONGUE_ES, 1, "volveremos" },
		{ TONGUE_ES, 1, "sabroso" },
		{ TONGUE_ES, 1, "resolutivo" },
		{ TONGUE_ES, -1, "timo" },
		{ TONGUE_ES, -1, "insípido" },
		{ TONGUE_ES, -1, "grasiento" },
		{ TONGUE_ES, -1, "desorganizado" },
		{ TONGUE_ES, -1, "impuntual" },
		{ TONGUE_ES, 0, "agua" },
		{ TONGUE_ES, 0, "volver" },
		{ TONGUE_ES, 0, "ordenador" },
		{ TONGUE_ES, 0, "competencia" },
		{ TONGUE_IT, 1, "premurose" },
		{ TONGUE_IT, 1, "torneremo" },
		{ TONGUE_IT, 1, "squisito" },
		{ TONGUE_IT, 1, "tempestivo" },
		{ TONGUE_IT, -1, "sconsigliato" },
		{ TONGUE_IT, -1, "fatiscente" },
		{ TONGUE_IT, -1, "scotta" },
		{ TONGUE_IT, -1, "svogliato" },
		{ TONGUE_IT, -1, "macchinoso" },
		{ TONGUE_IT, 0, "ordine" },
		{ TONGUE_IT, 0, "tornare" },
		{ TONGUE_IT, 0, "affidato" },
		{ TONGUE_PT, 1, "voltaremos" },
		{ TONGUE_PT, 1, "saboroso" },
		{ TONGUE_PT, 1, "aconchegante" },
		{ TONGUE_PT, 1, "solícito" },
		{ TONGUE_PT, -1, "morno" },
		{ TONGUE_PT, -1, "despreparado" },
		{ TONGUE_PT, -1, "abafado" },
		{ TONGUE_PT, -1, "bagunça" },
		{ TONGUE_PT, 0, "chat" },
		{ TONGUE_PT, 0, "voltar" },
		{ TONGUE_PT, 0, "água" },
		{ TONGUE_PT, 0, "funcionalidade" },
		{ TONGUE_NL, 1, "goedkoop" },
		{ TONGUE_NL, 1, "keurig" },
		{ TONGUE_NL, 1, "gastvrij" },
		{ TONGUE_NL, 1, "smakelijk" },
		{ TONGUE_NL, -1, "stank" },
		{ TONGUE_NL, -1, "lawaaierig" },
		{ TONGUE_NL, -1, "belabberd" },
		{ TONGUE_NL, -1, "knullig" },
		{ TONGUE_NL, -1, "rommelig" },
		{ TONGUE_NL, -1, "afrader" },
		{ TONGUE_NL, -1, "norse" },
		{ TONGUE_NL, 0, "slapen" },
		{ TONGUE_NL, 0, "water" },
		{ TONGUE_NL, 0, "net" },
	};
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct words w;
		words_read(r, &a, str_of(rows[i].word), rows[i].tongue, &w);
		assert_int_equal(w.count, 1);
		float v = lexicon_find(rows[i].tongue, w.words[0].folded, w.words[0].stem).valence;
		if ((v > .9F) - (v < -.9F) != rows[i].side)
			fail_msg("%s is worth %.1f", rows[i].word, (double)v);
	}
	word_reader_close(r);
	arena_free(&a);
}

static void finds_words_without_their_accents(void **state)
{
	(void)state;
	assert_true(valence(TONGUE_PT, "péssimo") < -1 && valence(TONGUE_PT, "pessimo") < -1);
	assert_true(valence(TONGUE_PT, "ótimo") > 1 && valence(TONGUE_PT, "otimo") > 1);
}

static void falls_back_on_stems(void **state)
{
	(void)state;
	assert_true(valence(TONGUE_DE, "zuverlässigstem") == 0);
	struct lexicon_word found =
	    lexicon_find(TONGUE_DE, STR("zuverlässigstem"), STR("zuverlass"));
	assert_true(found.valence > 1);
}

static void tells_what_changes_other_words(void **state)
{
	(void)state;
	assert_int_equal(lexicon_find(TONGUE_EN, STR("very"), STR("")).cue, LEXICON_MORE);
	assert_int_equal(lexicon_find(TONGUE_FR, STR("trop"), STR("")).cue, LEXICON_TOO);
	assert_int_equal(lexicon_find(TONGUE_EN, STR("please"), STR("")).cue, LEXICON_WISH);
	struct lexicon_word lacking = lexicon_find(TONGUE_EN, STR("lacks"), STR(""));
	assert_int_equal(lacking.cue, LEXICON_WISH);
	assert_true(lacking.valence < -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_words_of_each_language),
		cmocka_unit_test(knows_everyday_words_from_those_with_their_stem),
		cmocka_unit_test(finds_words_without_their_accents),
		cmocka_unit_test(falls_back_on_stems),
		cmocka_unit_test(tells_what_changes_other_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

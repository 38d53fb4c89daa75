/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Each seed of the taxonomy that ships is met by a sentence of tests/text/theme_sentences: what cannot match is no seed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/asset.h"
#include "tests/text/file_text.h"
#include "text/theme_seeds.h"

#define THEMES_MIN 25

static const struct {
	enum tongue tongue;
	size_t seeds_min; /* a theme */
} languages[] = {
	{ TONGUE_EN, 30 }, { TONGUE_DE, 12 }, { TONGUE_FR, 12 }, { TONGUE_ES, 12 },
	{ TONGUE_IT, 12 }, { TONGUE_PT, 12 }, { TONGUE_NL, 12 },
};

struct scene {
	struct arena a;
	struct word_reader *reader;
	struct taxonomy t;
	const struct theme_seeds *seeds;
	bool *met; /* [t.seeds] */
};

static void begin(struct scene *s)
{
	struct err err;
	*s = (struct scene){ .reader = word_reader_open() };
	if (!taxonomy_read(&s->a, asset_find(STR("models/themes.txt"))->bytes, &s->t, &err))
		fail_msg("%s", err.msg);
	s->seeds = theme_seeds_new(&s->a, s->reader, &s->t);
	s->met = ARENA_ARRAY(&s->a, bool, s->t.seeds);
}

static void meet(struct scene *s, enum tongue tongue)
{
	const char *path =
	    str_copy_c(&s->a, str_printf(&s->a, "tests/text/theme_sentences/%.*s.txt",
	                                 STR_FMT(tongue_code(tongue))));
	Str rest = file_text(&s->a, path), line;
	while (str_cut(&rest, '\n', &line)) {
		struct words w;
		struct seed_hits hits;
		words_read(s->reader, &s->a, line, tongue, &w);
		theme_seeds_find(s->seeds, &s->a, &w, &hits);
		for (size_t i = 0; i < hits.count; i++)
			s->met[hits.hit[i].seed] = true;
	}
}

static void meets_each_seed_in_a_sentence(void **state)
{
	(void)state;
	struct scene s;
	size_t lost = 0;
	begin(&s);
	for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
		meet(&s, languages[i].tongue);
	for (uint32_t i = 0; i < s.t.seeds; i++) {
		const struct seed *seed = &s.t.seed[i];
		if (seed->kind == SEED_NOT || s.met[i])
			continue;
		print_error("line %u, %.*s: no sentence has \"%.*s\"\n", seed->line,
		            STR_FMT(s.t.theme[seed->theme].key), STR_FMT(seed->text));
		lost++;
	}
	assert_int_equal(lost, 0);
	word_reader_close(s.reader);
	arena_free(&s.a);
}

static void has_seeds_enough_in_each_language(void **state)
{
	(void)state;
	struct scene s;
	begin(&s);
	assert_true(s.t.themes >= THEMES_MIN);
	for (size_t k = 0; k < sizeof languages / sizeof languages[0]; k++) {
		size_t count[TAXONOMY_THEMES_MAX] = { 0 };
		for (uint32_t i = 0; i < s.t.seeds; i++)
			if (s.t.seed[i].kind != SEED_NOT &&
			    (s.t.seed[i].any || s.t.seed[i].tongue == languages[k].tongue))
				count[s.t.seed[i].theme]++;
		for (uint32_t i = 0; i < s.t.themes; i++)
			if (count[i] < languages[k].seeds_min)
				fail_msg("%.*s has %zu in \"%.*s\"", STR_FMT(s.t.theme[i].key),
				         count[i], STR_FMT(tongue_code(languages[k].tongue)));
	}
	word_reader_close(s.reader);
	arena_free(&s.a);
}

/* Whether a sentence speaks of a theme by more than what counts beside others. */
static bool speaks_of(struct scene *s, const char *text, enum tongue tongue, const char *key)
{
	struct words w;
	struct seed_hits hits;
	words_read(s->reader, &s->a, str_of(text), tongue, &w);
	theme_seeds_find(s->seeds, &s->a, &w, &hits);
	for (size_t i = 0; i < hits.count; i++)
		if (hits.hit[i].sure && str_eq(s->t.theme[hits.hit[i].theme].key, str_of(key)))
			return true;
	return false;
}

static void hears_what_people_say_and_no_more(void **state)
{
	(void)state;
	static const struct {
		enum tongue tongue;
		bool speaks;
		const char *theme, *text;
	} rows[] = {
		{ TONGUE_NL, false, "drinks", "Het eten kwam te laat" },
		{ TONGUE_PT, false, "drinks", "O chão estava sujo" },
		{ TONGUE_PT, true, "drinks", "O chá estava frio" },
		{ TONGUE_NL, true, "drinks", "De latte was koud" },
		{ TONGUE_IT, false, "reliability", "Mi sono affidato a voi" },
		{ TONGUE_IT, true, "reliability", "Massima affidabilità" },
		{ TONGUE_PT, false, "speed", "O processo de compra" },
		{ TONGUE_PT, true, "speed", "O processador é fraco" },
		{ TONGUE_EN, false, "location", "It is far from perfect" },
		{ TONGUE_EN, true, "location", "The hotel is far from the centre" },
		{ TONGUE_DE, false, "wait",
		  "Die Fahrt war kurz und die Massage eine halbe Stunde lang" },
		{ TONGUE_DE, true, "wait", "Eine halbe Stunde auf das Essen gewartet" },
		{ TONGUE_IT, false, "wait", "La lezione dura mezz'ora" },
		{ TONGUE_IT, true, "wait", "Abbiamo aspettato mezz'ora" },
		{ TONGUE_PT, false, "documentation", "Mudou a minha vida" },
		{ TONGUE_DE, true, "network", "Das Internet fällt ständig aus" },
		{ TONGUE_FR, true, "network", "Internet coupe tout le temps" },
		{ TONGUE_DE, true, "network", "Die Verbindung bricht zusammen" },
		{ TONGUE_FR, true, "network", "Aucun réseau" },
		{ TONGUE_ES, true, "network", "Sin cobertura en casa" },
		{ TONGUE_DE, true, "noise", "Wände hauchdünn" },
		{ TONGUE_FR, true, "noise", "On entend les gens à travers les murs" },
		{ TONGUE_FR, true, "noise", "Très calme" },
		{ TONGUE_DE, true, "support_speed", "Keiner hat sich gemeldet" },
		{ TONGUE_FR, true, "support_speed", "Personne n'a rappelé" },
		{ TONGUE_ES, true, "support_speed", "Nadie me llamó" },
		{ TONGUE_FR, true, "speed", "Ça rame" },
		{ TONGUE_ES, true, "speed", "Va muy lento" },
		{ TONGUE_DE, true, "staff", "Die Krankenschwester war lieb" },
		{ TONGUE_FR, true, "staff", "Les infirmières sont top" },
		{ TONGUE_ES, true, "staff", "La enfermera fue genial" },
		{ TONGUE_PT, true, "staff", "A enfermeira foi ótima" },
		{ TONGUE_NL, true, "staff", "De verpleegster was lief" },
		{ TONGUE_IT, true, "staff", "Infermieri bravissimi" },
	};
	struct scene s;
	size_t wrong = 0;
	begin(&s);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (speaks_of(&s, rows[i].text, rows[i].tongue, rows[i].theme) == rows[i].speaks)
			continue;
		print_error("\"%s\" %s of %s\n", rows[i].text,
		            rows[i].speaks ? "does not speak" : "speaks", rows[i].theme);
		wrong++;
	}
	assert_int_equal(wrong, 0);
	word_reader_close(s.reader);
	arena_free(&s.a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(meets_each_seed_in_a_sentence),
		cmocka_unit_test(has_seeds_enough_in_each_language),
		cmocka_unit_test(hears_what_people_say_and_no_more),
	};
	return cmocka_run_group_tests_name("theme sentences", tests, NULL, NULL);
}

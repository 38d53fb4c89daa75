/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Stems reach further than one thinks: no word of tests/text/innocent_words is urgent, and some of them speak of no theme. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/asset.h"
#include "tests/text/file_text.h"
#include "text/theme_seeds.h"
#include "text/urgent.h"

#define WORDS_MIN 230 /* a language */

static const enum tongue tongues[] = { TONGUE_EN, TONGUE_DE, TONGUE_FR, TONGUE_ES,
	                               TONGUE_IT, TONGUE_PT, TONGUE_NL };

struct scene {
	struct arena a;
	struct word_reader *reader;
	const struct patterns *urgent;
	const struct theme_seeds *seeds;
	struct taxonomy themes;
	size_t count, wrong;
};

static void look_for_danger(struct scene *s, const struct words *w)
{
	struct plain_words plain;
	struct urgent u;
	plain_words(&s->a, w, &plain);
	urgent_find(s->urgent, &s->a, &plain, &u);
	if (!u.kinds)
		return;
	print_error("%.*s: %.*s is urgent\n", STR_FMT(tongue_code(w->tongue)), STR_FMT(w->text));
	s->wrong++;
}

static void look_for_themes(struct scene *s, const struct words *w)
{
	struct seed_hits hits;
	theme_seeds_find(s->seeds, &s->a, w, &hits);
	for (size_t i = 0; i < hits.count; i++) {
		const struct seed *seed = &s->themes.seed[hits.hit[i].seed];
		if (!hits.hit[i].sure) /* says nothing where nothing else speaks of its theme */
			continue;
		print_error("%.*s: %.*s speaks of %.*s by \"%.*s\"\n",
		            STR_FMT(tongue_code(w->tongue)), STR_FMT(w->text),
		            STR_FMT(s->themes.theme[seed->theme].key), STR_FMT(seed->text));
		s->wrong++;
	}
}

static void look_through(struct scene *s, enum tongue tongue)
{
	const char *path = str_copy_c(&s->a, str_printf(&s->a, "tests/text/innocent_words/%.*s.txt",
	                                                STR_FMT(tongue_code(tongue))));
	Str rest = file_text(&s->a, path), line, word;
	bool no_theme = false;
	s->count = 0;
	while (str_cut(&rest, '\n', &line)) {
		if (str_starts(line, STR("#")))
			continue;
		if (str_starts(line, STR("["))) {
			no_theme = str_eq(line, STR("[no theme]"));
			continue;
		}
		while (str_cut(&line, ' ', &word)) {
			struct words w;
			words_read(s->reader, &s->a, word, tongue, &w);
			look_for_danger(s, &w);
			if (no_theme)
				look_for_themes(s, &w);
			s->count++;
		}
	}
	assert_true(s->count >= WORDS_MIN);
}

static void leaves_everyday_words_alone(void **state)
{
	(void)state;
	struct err err;
	struct scene s = { .reader = word_reader_open() };
	if (!taxonomy_read(&s.a, asset_find(STR("models/themes.txt"))->bytes, &s.themes, &err))
		fail_msg("%s", err.msg);
	s.urgent = urgent_make(&s.a);
	s.seeds = theme_seeds_new(&s.a, s.reader, &s.themes);
	for (size_t i = 0; i < sizeof tongues / sizeof tongues[0]; i++)
		look_through(&s, tongues[i]);
	assert_int_equal(s.wrong, 0);
	word_reader_close(s.reader);
	arena_free(&s.a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leaves_everyday_words_alone),
	};
	return cmocka_run_group_tests_name("innocent words", tests, NULL, NULL);
}

/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What the readings of one comment say together: its sentiment, themes and mood. */
#include "text/analysis.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/asset.h"

struct scene {
	struct arena a;
	struct word_reader *reader;
	const struct analyst *analyst;
};

static int set_up(void **state)
{
	static struct scene s;
	struct err err;
	struct analyst_files files = {
		.sentiment = asset_find(STR("models/sentiment.heedmodel"))->bytes,
		.emotion = asset_find(STR("models/emotion.heedmodel"))->bytes,
		.themes = asset_find(STR("models/themes.txt"))->bytes,
	};
	s = (struct scene){ .reader = word_reader_open() };
	if (!analyst_make(&s.a, s.reader, &files, &s.analyst, &err))
		fail_msg("%s", err.msg);
	*state = &s;
	return 0;
}

static int tear_down(void **state)
{
	struct scene *s = *state;
	word_reader_close(s->reader);
	arena_free(&s->a);
	return 0;
}

static struct comment behind(enum tongue t, const char *question, const char *text)
{
	return (struct comment){ .text = str_of(text),
		                 .question = str_of(question),
		                 .wish = { .among = TONGUE_BIT(t), .expected = t } };
}

static void read_comment(struct scene *s, enum tongue t, const char *question, const char *text,
                         struct analysis *out)
{
	struct comment c = behind(t, question, text);
	analyse(s->analyst, s->reader, &s->a, &c, out);
}

/* "The parking" says what the question asks for. */
static void lets_the_question_judge_what_words_do_not(void **state)
{
	static const struct {
		enum tongue tongue;
		const char *good, *bad, *text;
	} all[] = {
		{ TONGUE_EN, "What did you like?", "What could we do better?", "the parking" },
		{ TONGUE_DE, "Was hat Ihnen gefallen?", "Was können wir besser machen?",
		  "der Parkplatz" },
		{ TONGUE_FR, "Qu'avez-vous aimé ?", "Que pouvons-nous améliorer ?", "le parking" },
		{ TONGUE_ES, "¿Qué le gustó?", "¿Qué podemos mejorar?", "el aparcamiento" },
		{ TONGUE_IT, "Cosa le è piaciuto?", "Cosa possiamo migliorare?", "il parcheggio" },
		{ TONGUE_PT, "Do que gostou?", "O que podemos melhorar?", "o estacionamento" },
		{ TONGUE_NL, "Wat vond u goed?", "Wat kan er beter?", "de parkeerplaats" },
	};
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		struct analysis good, bad;
		read_comment(*state, all[i].tongue, all[i].good, all[i].text, &good);
		read_comment(*state, all[i].tongue, all[i].bad, all[i].text, &bad);
		if (good.shown.score < .3F || bad.shown.score > -.3F)
			print_message("# %s: %+.2f, %+.2f\n", all[i].text, (double)good.shown.score,
			              (double)bad.shown.score);
		assert_true(good.shown.score > .3F && bad.shown.score < -.3F);
		assert_true(blind_sentiment_score(good.blind) > .3F);
		assert_true(blind_sentiment_score(bad.blind) < -.3F);
		assert_int_equal(good.themes.count, 1);
		assert_true(good.themes.mention[0].polarity > .3F);
		assert_true(bad.themes.mention[0].polarity < -.3F);
	}
}

static void leaves_themes_to_their_own_words(void **state)
{
	struct analysis x;
	read_comment(*state, TONGUE_EN, "What did you like?", "The parking was awful", &x);
	assert_true(x.shown.score < 0);
	assert_int_equal(x.themes.count, 1);
	assert_true(x.themes.mention[0].polarity < 0);
}

/* A comment's themes that are read again are judged as they were at first. */
static void reads_themes_again_behind_their_question(void **state)
{
	struct scene *s = *state;
	struct theme_mentions again;
	struct comment c = behind(TONGUE_EN, "What did you like?", "the parking");
	analyse_themes(s->analyst, s->reader, &s->a, &c, TONGUE_EN, true, &again);
	assert_int_equal(again.count, 1);
	assert_true(again.mention[0].polarity > .3F);
}

/* "Not happy" has the words of joy. */
static void shows_no_mood_against_the_sentiment(void **state)
{
	static const char *const bad[] = { "I am not happy.", "I want my money back.",
		                           "The wine list is a joke." };
	struct analysis x;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		read_comment(*state, TONGUE_EN, "", bad[i], &x);
		assert_int_equal(x.shown.label, SENTIMENT_NEGATIVE);
		assert_int_not_equal(emotion_mood(&x.emotions), MOOD_DELIGHTED);
	}
	read_comment(*state, TONGUE_EN, "", "We are so happy with it!", &x);
	assert_int_equal(emotion_mood(&x.emotions), MOOD_DELIGHTED);
	read_comment(*state, TONGUE_EN, "", "This makes me so angry!", &x);
	assert_int_equal(emotion_mood(&x.emotions), MOOD_FRUSTRATED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lets_the_question_judge_what_words_do_not),
		cmocka_unit_test(leaves_themes_to_their_own_words),
		cmocka_unit_test(reads_themes_again_behind_their_question),
		cmocka_unit_test(shows_no_mood_against_the_sentiment),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}

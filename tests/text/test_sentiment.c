/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/sentiment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/asset.h"

struct ground {
	struct arena a;
	struct word_reader *reader;
	struct sentiment_model model;
};

static int set_up(void **state)
{
	static struct ground g;
	struct err err;
	g = (struct ground){ .reader = word_reader_open() };
	const struct asset *model = asset_find(STR("models/sentiment.heedmodel"));
	*state = &g;
	return model && sentiment_model_read(&g.a, model->bytes, &g.model, &err) ? 0 : -1;
}

static int tear_down(void **state)
{
	struct ground *g = *state;
	word_reader_close(g->reader);
	arena_free(&g->a);
	return 0;
}

static void read_text(struct ground *g, enum tongue tongue, const char *text,
                      struct sentiment_reading *out)
{
	struct words w;
	words_read(g->reader, &g->a, str_of(text), tongue, &w);
	sentiment_read(&g->model, &g->a, &w, out);
}

static struct sentiment shown(struct ground *g, enum tongue tongue, const char *text,
                              struct sentiment_context context)
{
	struct sentiment_reading r;
	struct sentiment s;
	read_text(g, tongue, text, &r);
	sentiment_shown(&r, &context, &s);
	return s;
}

static void tells_good_from_bad(void **state)
{
	static const struct {
		enum tongue tongue;
		const char *good, *bad;
	} pairs[] = {
		{ TONGUE_EN, "The staff were lovely and helpful", "The staff were rude and slow" },
		{ TONGUE_EN, "not bad at all", "not good at all" },
		{ TONGUE_EN, "no problems, works perfectly", "it doesn't work" },
		{ TONGUE_EN, "😍😍", "😡" },
		{ TONGUE_DE, "Sehr freundlicher Service, alles bestens",
		  "Viel zu teuer und unfreundlich" },
		{ TONGUE_DE, "Das gefällt mir gut", "Das funktioniert nicht gut" },
		{ TONGUE_FR, "Personnel très agréable et rapide", "Trop cher et très lent" },
		{ TONGUE_ES, "Muy fácil de usar, excelente", "Pésimo servicio, nunca más" },
		{ TONGUE_IT, "Ottimo servizio, personale gentile", "Servizio pessimo e lento" },
		{ TONGUE_PT, "Sistema ótimo e prático", "O sistema trava muito, péssimo" },
		{ TONGUE_NL, "Vriendelijk personeel, lekker gegeten",
		  "Slechte service, veel te duur" },
	};
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		struct sentiment good =
		    shown(*state, pairs[i].tongue, pairs[i].good, (struct sentiment_context){ 0 });
		struct sentiment bad =
		    shown(*state, pairs[i].tongue, pairs[i].bad, (struct sentiment_context){ 0 });
		if (good.label != SENTIMENT_POSITIVE || bad.label != SENTIMENT_NEGATIVE)
			print_message("%s %f / %s %f\n", pairs[i].good, (double)good.score,
			              pairs[i].bad, (double)bad.score);
		assert_int_equal(good.label, SENTIMENT_POSITIVE);
		assert_int_equal(bad.label, SENTIMENT_NEGATIVE);
		assert_true(good.score > .2F && bad.score < -.2F);
		assert_float_equal(good.share[0] + good.share[1] + good.share[2], 1, 1e-5);
	}
}

/* N-grams of 47 unhappy answers once outweighed what a negation said. */
static void hears_negations_in_portuguese(void **state)
{
	static const struct {
		bool good;
		const char *text;
	} all[] = {
		{ false, "Não estou satisfeito" },
		{ false, "O atendimento não foi bom" },
		{ false, "Não é prático" },
		{ false, "O sistema não é fácil" },
		{ true, "Estou satisfeito" },
		{ true, "Não é caro" },
		{ true, "Nunca tive nenhum problema" },
	};
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		struct sentiment s =
		    shown(*state, TONGUE_PT, all[i].text, (struct sentiment_context){ 0 });
		if ((s.score > 0) != all[i].good)
			print_message("# %+.2f: %s\n", (double)s.score, all[i].text);
		assert_true((s.score > 0) == all[i].good);
	}
}

static void judges_clauses_for_themselves(void **state)
{
	struct sentiment_reading r;
	read_text(*state, TONGUE_EN,
	          "The onboarding was confusing and slow, but the new assistant is brilliant.", &r);
	struct sentiment s;
	sentiment_shown(&r, &(struct sentiment_context){ 0 }, &s);
	assert_int_equal(r.clauses, 2);
	assert_true(r.clause[0] < -.5F);
	assert_true(r.clause[1] > .5F);
	assert_int_equal(s.label, SENTIMENT_MIXED);
}

static void hears_what_was_asked(void **state)
{
	struct ground *g = *state;
	struct sentiment_reading r;
	read_text(g, TONGUE_EN, "the parking", &r);
	const struct blind_sentiment *bad = sentiment_blind(&g->a, &r, QUESTION_ASKS_BAD);
	const struct blind_sentiment *open = sentiment_blind(&g->a, &r, QUESTION_OPEN);
	const struct blind_sentiment *good = sentiment_blind(&g->a, &r, QUESTION_ASKS_GOOD);
	assert_true(blind_sentiment_score(bad) < blind_sentiment_score(open));
	assert_true(blind_sentiment_score(open) < blind_sentiment_score(good));
	assert_int_equal(blind_sentiment_clauses(bad), 1);
	assert_float_equal(blind_sentiment_clause(bad, 0), r.clause[0], 0);
}

/* What is shown may lean on the score; what is blind has no way to. */
static void shows_what_the_score_says(void **state)
{
	struct sentiment_context low = { .leaning = -1 }, high = { .leaning = 1 };
	struct sentiment a = shown(*state, TONGUE_EN, "the new release", low);
	struct sentiment b = shown(*state, TONGUE_EN, "the new release", high);
	assert_true(a.score < b.score - .2F);
	a = shown(*state, TONGUE_EN, "fantastic, perfect, I love it", low);
	assert_int_equal(a.label, SENTIMENT_POSITIVE);
}

static void stands_any_text(void **state)
{
	static const char *const texts[] = {
		"", " ", ".", "\xFF\xFE", "?!?!?!", "1234", "e\xCC\x81\xCC\x81"
	};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		for (enum tongue t = 0; t < TONGUE_COUNT; t++) {
			struct sentiment s =
			    shown(*state, t, texts[i], (struct sentiment_context){ 0 });
			assert_true(s.score >= -1 && s.score <= 1);
		}
}

static void writes_the_file_it_read(void **state)
{
	struct ground *g = *state;
	const struct asset *model = asset_find(STR("models/sentiment.heedmodel"));
	struct buf out;
	struct sentiment_model again;
	struct err err;
	buf_init(&out, model->bytes.len);
	sentiment_model_write(&g->model, &out);
	assert_true(str_eq(buf_str(&out), model->bytes));
	buf_free(&out);
	Str cut = str_slice(model->bytes, 0, model->bytes.len - 1);
	assert_false(sentiment_model_read(&g->a, cut, &again, &err));
	assert_int_equal(err.kind, ERR_CORRUPT);
	assert_false(sentiment_model_read(&g->a, STR("none"), &again, &err));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_good_from_bad),
		cmocka_unit_test(hears_negations_in_portuguese),
		cmocka_unit_test(judges_clauses_for_themselves),
		cmocka_unit_test(hears_what_was_asked),
		cmocka_unit_test(shows_what_the_score_says),
		cmocka_unit_test(stands_any_text),
		cmocka_unit_test(writes_the_file_it_read),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* What comments without a theme have in common: topics that texts were made of, and nothing where there is none. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/suggested_themes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define MOST 400

struct heap {
	struct arena a;
	struct word_reader *r;
	struct leftover_comment all[MOST];
	size_t count;
	struct suggested_theme out[SUGGESTED_MAX];
	size_t found;
};

static int make(void **state)
{
	struct heap *h = test_calloc(1, sizeof *h);
	h->r = word_reader_open();
	*state = h;
	return 0;
}

static int drop(void **state)
{
	struct heap *h = *state;
	word_reader_close(h->r);
	arena_free(&h->a);
	test_free(h);
	return 0;
}

static void add(struct heap *h, const char *text, enum tongue tongue, int64_t who)
{
	h->all[h->count++] =
	    (struct leftover_comment){ str_copy(&h->a, str_of(text)), tongue, who };
}

/* `times` comments of a topic, each with a word of its own. */
static void add_topic(struct heap *h, const char *about, enum tongue tongue, size_t times,
                      size_t people)
{
	static const char *const ends[] = { "Monday", "March", "noon",  "week",
		                            "chance", "test",  "again", "Ann" };
	for (size_t i = 0; i < times; i++) {
		Str text = str_printf(&h->a, "%s %s %zu", about, ends[i % 8], i);
		add(h, str_copy_c(&h->a, text), tongue, people ? (int64_t)(1 + i % people) : 0);
	}
}

static void look(struct heap *h)
{
	suggest_themes(&h->a, h->r, h->all, h->count, h->out, &h->found);
}

static const struct suggested_theme *with(const struct heap *h, const char *word)
{
	for (size_t i = 0; i < h->found; i++)
		for (size_t k = 0; k < h->out[i].word_count; k++)
			if (str_find(h->out[i].words[k], str_of(word)) != SIZE_MAX)
				return &h->out[i];
	return NULL;
}

static void finds_the_topics_with_words_that_find_them(void **state)
{
	struct heap *h = *state;
	add_topic(h, "We paid by gift card and the gift card code was refused", TONGUE_EN, 60, 0);
	add_topic(h, "A parrot sat in the lobby and sang", TONGUE_EN, 40, 0);
	add_topic(h, "Our neighbours went home", TONGUE_EN, 40, 0);
	look(h);
	const struct suggested_theme *card = with(h, "gift card"), *parrot = with(h, "parrot");
	assert_non_null(card);
	assert_non_null(parrot);
	assert_ptr_not_equal(card, parrot);
	assert_int_equal(card->comments, 60);
	assert_int_equal(parrot->comments, 40);
	assert_true(card->quote_count == SUGGESTED_QUOTES);
	for (size_t i = 0; i < card->quote_count; i++)
		assert_true(str_find(h->all[card->quotes[i]].text, STR("gift card")) != SIZE_MAX);
	assert_true(card->name.at[0] >= 'A' && card->name.at[0] <= 'Z');
}

/* "harbour" tells more than "harbour tour", which not all say, and names less. */
static void is_called_by_a_phrase_where_one_tells_enough(void **state)
{
	struct heap *h = *state;
	add_topic(h, "A harbour tour", TONGUE_EN, 20, 0);
	add_topic(h, "Down in the harbour", TONGUE_EN, 40, 0);
	add_topic(h, "A parrot sat in the lobby and sang", TONGUE_EN, 60, 0);
	add_topic(h, "Our neighbours went home", TONGUE_EN, 60, 0);
	look(h);
	const struct suggested_theme *harbour = with(h, "harbour");
	assert_non_null(harbour);
	assert_true(str_find_char(harbour->words[0], ' ', 0) == SIZE_MAX);
	assert_true(str_find_char(harbour->name, ' ', 0) != SIZE_MAX);
}

static void what_few_people_say_is_no_theme(void **state)
{
	struct heap *h = *state;
	add_topic(h, "A parrot sat in the lobby and sang", TONGUE_EN, 40,
	          SUGGESTED_PEOPLE_LEAST - 1);
	add_topic(h, "Our neighbours went home", TONGUE_EN, 50, 0);
	add_topic(h, "The lift was under repair", TONGUE_EN, 50, SUGGESTED_PEOPLE_LEAST);
	look(h);
	assert_null(with(h, "parrot"));
	assert_non_null(with(h, "lift"));
}

static void what_only_judges_is_no_theme(void **state)
{
	struct heap *h = *state;
	add_topic(h, "Great, wonderful, lovely", TONGUE_EN, 60, 0);
	add_topic(h, "Our neighbours went home", TONGUE_EN, 60, 0);
	look(h);
	for (size_t i = 0; i < h->found; i++)
		for (size_t k = 0; k < h->out[i].word_count; k++)
			assert_false(str_eq(h->out[i].words[k], STR("great")) ||
			             str_eq(h->out[i].words[k], STR("wonderful")) ||
			             str_eq(h->out[i].words[k], STR("lovely")));
}

static void languages_are_not_thrown_together_and_few_comments_say_nothing(void **state)
{
	struct heap *h = *state;
	add_topic(h, "Der Papagei sang in der Halle", TONGUE_DE, 30, 0);
	add_topic(h, "Die Nachbarn gingen nach Hause", TONGUE_DE, 30, 0);
	add_topic(h, "A parrot sat in the lobby", TONGUE_EN, SUGGEST_COMMENTS_LEAST - 1, 0);
	look(h);
	assert_non_null(with(h, "papagei"));
	assert_null(with(h, "parrot"));
	for (size_t i = 0; i < h->found; i++)
		assert_int_equal(h->out[i].tongue, TONGUE_DE);
}

static void gives_the_same_again(void **state)
{
	struct heap *h = *state;
	add_topic(h, "We paid by gift card", TONGUE_EN, 60, 0);
	add_topic(h, "A parrot sat in the lobby", TONGUE_EN, 50, 0);
	add_topic(h, "The lift was under repair", TONGUE_EN, 40, 0);
	look(h);
	struct suggested_theme first[SUGGESTED_MAX];
	size_t count = h->found;
	memcpy(first, h->out, sizeof first);
	look(h);
	assert_true(count > 0);
	assert_int_equal(h->found, count);
	for (size_t i = 0; i < count; i++)
		assert_true(str_eq(first[i].name, h->out[i].name));
}

static void says_what_is_about_the_same(void **state)
{
	(void)state;
	Str a[] = { STR("gift card"), STR("code") }, b[] = { STR("gift card"), STR("refused") },
	    c[] = { STR("parrot") };
	assert_true(suggested_alike(a, 2, b, 2));
	assert_false(suggested_alike(a, 2, c, 1));
	assert_false(suggested_alike(a, 0, b, 2));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make, drop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(finds_the_topics_with_words_that_find_them),
		TEST(is_called_by_a_phrase_where_one_tells_enough),
		TEST(what_few_people_say_is_no_theme),
		TEST(what_only_judges_is_no_theme),
		TEST(languages_are_not_thrown_together_and_few_comments_say_nothing),
		TEST(gives_the_same_again),
		TEST(says_what_is_about_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

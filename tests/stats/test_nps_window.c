/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps_counter.h"
#include "stats/nps_window.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ANSWERS 4000

struct answer {
	int64_t account, person;
	int score;
};

static uint32_t cluster_of(const struct answer *a)
{
	return (uint32_t)(a->account ? a->account * 2 + 1 : a->person * 2);
}

static uint32_t step(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

static void draw(struct answer answers[static ANSWERS], uint32_t seed)
{
	for (size_t i = 0; i < ANSWERS; i++)
		answers[i] = (struct answer){ .account = step(&seed) % 3 ? step(&seed) % 40 : 0,
			                      .person = step(&seed) % 300,
			                      .score = (int)(step(&seed) % 11) };
}

static struct nps_sums counted(const struct answer *answers, size_t from, size_t before)
{
	struct nps_counter counter = { 0 };
	for (size_t i = from; i < before; i++)
		nps_count(&counter, answers[i].account, answers[i].person, answers[i].score);
	struct nps_sums sums = counter.sums;
	nps_counter_free(&counter);
	return sums;
}

static void has_the_sums_of_what_is_inside_wherever_it_stands(void **state)
{
	(void)state;
	static struct answer answers[ANSWERS];
	struct nps_window w = { 0 };
	size_t out = 0;
	draw(answers, 7);
	for (size_t in = 0; in < ANSWERS; in++) {
		nps_window_add(&w, cluster_of(&answers[in]), (uint32_t)answers[in].person,
		               answers[in].score);
		for (; in - out > 500 + in % 97; out++)
			nps_window_take(&w, cluster_of(&answers[out]),
			                (uint32_t)answers[out].person, answers[out].score);
		if (in % 61 != 0)
			continue;
		struct nps_sums wanted = counted(answers, out, in + 1);
		assert_memory_equal(&w.sums, &wanted, sizeof wanted);
	}
	assert_true(out > 3000);
	nps_window_free(&w);
}

static void is_empty_again_when_all_have_left(void **state)
{
	(void)state;
	static struct answer answers[ANSWERS];
	struct nps_window w = { 0 };
	const struct nps_sums nothing = { 0 };
	draw(answers, 8);
	for (size_t i = 0; i < 900; i++)
		nps_window_add(&w, cluster_of(&answers[i]), (uint32_t)answers[i].person,
		               answers[i].score);
	for (size_t i = 900; i-- > 0;)
		nps_window_take(&w, cluster_of(&answers[i]), (uint32_t)answers[i].person,
		                answers[i].score);
	assert_memory_equal(&w.sums, &nothing, sizeof nothing);
	nps_window_free(&w);
}

static void takes_those_of_nobody_each_alone(void **state)
{
	(void)state;
	struct nps_window w = { 0 };
	for (int i = 0; i < 100; i++)
		nps_window_add(&w, 0, 0, i % 11);
	nps_window_take(&w, 0, 0, 9);
	assert_int_equal(w.sums.people, 99);
	assert_int_equal(w.sums.clusters, 99);
	assert_int_equal(w.sums.nn, 99);
	nps_window_free(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(has_the_sums_of_what_is_inside_wherever_it_stands),
		cmocka_unit_test(is_empty_again_when_all_have_left),
		cmocka_unit_test(takes_those_of_nobody_each_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

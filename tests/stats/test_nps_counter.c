/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps_counter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static void counts_each_person_once(void **state)
{
	(void)state;
	struct nps_counter c = { 0 };
	nps_count(&c, 0, 7, 10);
	nps_count(&c, 0, 7, 3);
	nps_count(&c, 0, 8, 9);
	nps_count(&c, 0, 0, 9);
	nps_count(&c, 0, 0, 9);
	assert_int_equal(c.sums.people, 4);
	assert_int_equal(c.sums.clusters, 4);
	assert_int_equal(c.sums.nn, 4 + 1 + 1 + 1);
	assert_int_equal(c.sums.ss, 0 + 1 + 1 + 1);
	nps_counter_free(&c);
}

static void puts_people_of_one_account_into_one_cluster(void **state)
{
	(void)state;
	struct nps_counter c = { 0 };
	nps_count(&c, 1, 7, 10);
	nps_count(&c, 1, 8, 10);
	nps_count(&c, 1, 0, 10);
	nps_count(&c, 0, 8, 0);
	/* the id of an account is not that of a person */
	nps_count(&c, 0, 1, 8);
	assert_int_equal(c.sums.people, 4);
	assert_int_equal(c.sums.clusters, 3);
	assert_int_equal(c.sums.ss, 9 + 1 + 0);
	nps_counter_free(&c);
}

static void counts_a_hundred_thousand_people_like_an_array(void **state)
{
	(void)state;
	enum { PEOPLE = 20000, ANSWERS = 100000 };
	struct nps_counter c = { 0 };
	struct nps_cluster *clusters = calloc(PEOPLE, sizeof(*clusters));
	struct nps_sums sums = { 0 };
	uint32_t random = 1;
	for (int i = 0; i < ANSWERS; i++) {
		random = random * 1664525 + 1013904223;
		int person = (int)(random >> 12) % PEOPLE;
		int score = (int)(random >> 8) % 11;
		sums.people += clusters[person].n == 0;
		nps_add(&sums, &clusters[person], score);
		nps_count(&c, 0, (INT64_C(1) << 60) + person * INT64_C(4096), score);
	}
	assert_memory_equal(&sums, &c.sums, sizeof(sums));
	nps_counter_free(&c);
	free(clusters);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_each_person_once),
		cmocka_unit_test(puts_people_of_one_account_into_one_cluster),
		cmocka_unit_test(counts_a_hundred_thousand_people_like_an_array),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

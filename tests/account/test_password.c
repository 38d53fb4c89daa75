/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/password.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <string.h>

#include <cmocka.h>

#define CROWD 8

static struct account account;
static struct arena arena;

static int make(void **state)
{
	struct err err;
	(void)state;
	return account_open(&account, NULL, &err) ? 0 : -1;
}

static int drop(void **state)
{
	(void)state;
	account_close(&account);
	arena_free(&arena);
	return 0;
}

static Str hash_of(Str password)
{
	struct err err;
	Str hash;
	assert_true(password_hash(&account, &arena, password, &hash, &err));
	return hash;
}

static bool matches(Str hash, Str password)
{
	struct err err;
	bool yes;
	assert_true(password_verify(&account, hash, password, &yes, &err));
	return yes;
}

static void a_password_matches_its_own_hash_only(void **state)
{
	(void)state;
	Str hash = hash_of(STR("correct horse"));
	assert_true(str_starts(hash, STR("$argon2id$")));
	assert_true(matches(hash, STR("correct horse")));
	assert_false(matches(hash, STR("correct hors")));
	assert_false(matches(hash, STR("")));
}

static void the_same_password_gets_another_hash_each_time(void **state)
{
	(void)state;
	assert_false(str_eq(hash_of(STR("correct horse")), hash_of(STR("correct horse"))));
}

static void nobodys_password_is_never_right(void **state)
{
	(void)state;
	assert_false(matches((Str){ NULL, 0 }, STR("")));
	assert_false(matches((Str){ NULL, 0 }, STR("correct horse")));
}

static void short_and_endless_passwords_are_refused(void **state)
{
	(void)state;
	static char endless[PASSWORD_MAX + 1];
	struct err err;
	memset(endless, 'x', sizeof endless);
	assert_false(password_check(STR("seven77"), &err));
	assert_string_equal(err.path, "/password");
	assert_false(password_check(STR("äöüß"), &err)); /* eight bytes */
	assert_false(password_check((Str){ endless, sizeof endless }, &err));
	assert_true(password_check(STR("12345678"), &err));
}

/* Whoever runs a flood is told to wait; whoever is let in gets a true answer. */
static atomic_int right, busy, wrong;

static void *try_it(void *hash)
{
	struct err err;
	bool yes;
	if (!password_verify(&account, *(Str *)hash, STR("correct horse"), &yes, &err))
		atomic_fetch_add(err.kind == ERR_BUSY ? &busy : &wrong, 1);
	else
		atomic_fetch_add(yes ? &right : &wrong, 1);
	return NULL;
}

static void a_flood_is_let_in_by_threes_at_most(void **state)
{
	(void)state;
	Str hash = hash_of(STR("correct horse"));
	pthread_t threads[CROWD];
	for (size_t i = 0; i < CROWD; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, try_it, &hash), 0);
	for (size_t i = 0; i < CROWD; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(wrong, 0);
	assert_int_equal(right + busy, CROWD);
	assert_true(right >= 3);
	assert_int_equal(account.hashing, 0);
	assert_int_equal(account.hashing_waits, 0);
}

static void who_would_be_the_fourth_is_told_to_wait(void **state)
{
	(void)state;
	struct err err;
	bool yes;
	account.hashing = 2;
	account.hashing_waits = 1;
	assert_false(password_verify(&account, (Str){ NULL, 0 }, STR("x"), &yes, &err));
	assert_int_equal(err.kind, ERR_BUSY);
	account.hashing = 1;
	account.hashing_waits = 0;
	assert_true(password_verify(&account, (Str){ NULL, 0 }, STR("x"), &yes, &err));
	account.hashing = 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_password_matches_its_own_hash_only),
		cmocka_unit_test(the_same_password_gets_another_hash_each_time),
		cmocka_unit_test(nobodys_password_is_never_right),
		cmocka_unit_test(short_and_endless_passwords_are_refused),
		cmocka_unit_test(who_would_be_the_fourth_is_told_to_wait),
		cmocka_unit_test(a_flood_is_let_in_by_threes_at_most),
	};
	return cmocka_run_group_tests_name("passwords", tests, make, drop);
}

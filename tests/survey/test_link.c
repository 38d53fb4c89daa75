/* Tokens: what we signed is ours, everything else costs nothing. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../feedback/ground.h"

static struct ground g;
static struct link_keys *keys;

static int make(void **state)
{
	(void)state;
	ground_make(&g, DB_SQLITE);
	keys = link_keys_new();
	return 0;
}

static int drop(void **state)
{
	(void)state;
	link_keys_free(keys);
	ground_remove(&g);
	return 0;
}

static void mint(enum link_kind kind, char out[static LINK_TOKEN_CHARS + 1])
{
	struct err err;
	assert_true(link_keys_need(keys, g.db, g.workspace, &err));
	assert_true(link_mint(keys, kind, g.workspace, 4711, GROUND_NOW + CLOCK_DAY, out, &err));
}

/* Without a database to look into: NULL would crash on the first statement. */
static bool check(enum link_kind kind, const char *text, struct link_token *out)
{
	struct err err;
	bool ok = link_check(keys, NULL, GROUND_NOW, kind, str_of(text), out, &err);
	assert_true(ok || err.kind == ERR_NOT_FOUND);
	return ok;
}

static void what_was_minted_is_read_without_a_statement(void **state)
{
	char token[LINK_TOKEN_CHARS + 1];
	struct link_token t;
	(void)state;
	mint(LINK_INVITATION, token);
	assert_int_equal(strlen(token), LINK_TOKEN_CHARS);
	assert_true(check(LINK_INVITATION, token, &t));
	assert_int_equal(t.workspace, g.workspace);
	assert_int_equal(t.id, 4711);
	assert_int_equal(t.kid, 1);
	assert_int_equal(t.expires_at, GROUND_NOW + CLOCK_DAY);
	assert_false(link_is_expired(&t, GROUND_NOW + CLOCK_DAY - 1));
	assert_true(link_is_expired(&t, GROUND_NOW + CLOCK_DAY));
}

static void any_other_character_anywhere_is_refused(void **state)
{
	char token[LINK_TOKEN_CHARS + 1], forged[LINK_TOKEN_CHARS + 1];
	struct link_raw raw;
	struct link_token t;
	(void)state;
	mint(LINK_INVITATION, token);
	for (size_t i = 0; i < LINK_TOKEN_CHARS; i++) {
		for (const char *c = "AZaz09-_=+/. "; *c; c++) {
			if (*c == token[i])
				continue;
			memcpy(forged, token, sizeof forged);
			forged[i] = *c;
			/* Another workspace would be looked up; here only ours is asked. */
			if (link_parse(str_of(forged), &raw, &t) && t.workspace == g.workspace &&
			    t.kid == 1)
				assert_false(check(LINK_INVITATION, forged, &t));
		}
	}
	forged[LINK_TOKEN_CHARS - 1] = '\0';
	assert_false(check(LINK_INVITATION, forged, &t));
	assert_false(check(LINK_INVITATION, "", &t));
}

static void a_link_is_no_handle_and_a_handle_no_link(void **state)
{
	char link[LINK_TOKEN_CHARS + 1], handle[LINK_TOKEN_CHARS + 1];
	struct link_token t;
	(void)state;
	mint(LINK_INVITATION, link);
	mint(LINK_RESPONSE, handle);
	assert_false(check(LINK_RESPONSE, link, &t));
	assert_false(check(LINK_INVITATION, handle, &t));
	assert_true(check(LINK_RESPONSE, handle, &t));
}

static void a_key_of_another_process_is_found(void **state)
{
	struct link_keys *elsewhere = link_keys_new();
	char token[LINK_TOKEN_CHARS + 1];
	struct link_token t;
	struct err err;
	(void)state;
	mint(LINK_INVITATION, token);
	assert_true(
	    link_check(elsewhere, g.db, GROUND_NOW, LINK_INVITATION, str_of(token), &t, &err));
	link_keys_free(elsewhere);
	elsewhere = link_keys_new();
	assert_true(link_keys_load(elsewhere, g.db, &err));
	assert_true(
	    link_check(elsewhere, NULL, GROUND_NOW, LINK_INVITATION, str_of(token), &t, &err));
	link_keys_free(elsewhere);
}

static bool rotate(struct db_tx *tx, void *input, struct err *err)
{
	return link_key_add(tx, input, err);
}

static void old_links_stay_good_after_a_new_key(void **state)
{
	unsigned char secret[LINK_KEY_BYTES] = { 9 };
	char old[LINK_TOKEN_CHARS + 1], new[LINK_TOKEN_CHARS + 1];
	struct link_token t;
	struct err err;
	(void)state;
	mint(LINK_INVITATION, old);
	ground_run(&g, rotate, secret);
	assert_true(link_keys_load(keys, g.db, &err));
	mint(LINK_INVITATION, new);
	assert_true(check(LINK_INVITATION, new, &t));
	assert_int_equal(t.kid, 2);
	assert_true(check(LINK_INVITATION, old, &t));
	assert_int_equal(t.kid, 1);
}

static void strangers_get_few_look_ups_a_second(void **state)
{
	unsigned char key[LINK_KEY_BYTES] = { 1 };
	char token[LINK_TOKEN_CHARS + 1];
	struct link_token t, forged = { .kind = LINK_INVITATION, .kid = 1, .id = 1 };
	struct err err;
	(void)state;
	for (int i = 0; i < LINK_LOOKUPS_PER_SECOND; i++) {
		forged.workspace = 1000 + i;
		link_write(&forged, key, token);
		assert_false(
		    link_check(keys, g.db, GROUND_NOW, LINK_INVITATION, str_of(token), &t, &err));
	}
	forged.workspace = 2000;
	link_write(&forged, key, token);
	assert_false(check(LINK_INVITATION, token, &t));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)
		TEST(what_was_minted_is_read_without_a_statement),
		TEST(any_other_character_anywhere_is_refused),
		TEST(a_link_is_no_handle_and_a_handle_no_link),
		TEST(a_key_of_another_process_is_found),
		TEST(old_links_stay_good_after_a_new_key),
		TEST(strangers_get_few_look_ups_a_second),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

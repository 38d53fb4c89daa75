/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/api_key.h"

#include "house.h"

struct key {
	Str text, hash;
	enum scope scope;
	int64_t workspace, id;
};

static bool create_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct key *key = input;
	return api_key_create(tx, key->hash, STR("test"), key->scope, 0, &key->id, err);
}

static bool revoke_apply(struct db_tx *tx, void *input, struct err *err)
{
	return api_key_revoke(tx, *(int64_t *)input, err);
}

static struct key make_in(int64_t workspace)
{
	struct key key = { .scope = SCOPE_READ, .workspace = workspace };
	api_key_make(&house.arena, workspace, &key.text, &key.hash);
	assert_true(house_do_in(workspace, create_apply, &key));
	return key;
}

static bool is_good(int64_t workspace, Str hash)
{
	struct api_key row;
	bool found;
	assert_true(
	    api_key_find(house.db, workspace, hash, &house.arena, &row, &found, &house.err));
	return found;
}

static void a_key_says_its_workspace_and_has_at_most_44_characters(void **state)
{
	(void)state;
	struct key key = make_in(house.workspace);
	int64_t workspace;
	Str hash;
	assert_true(key.text.len <= 44);
	assert_true(str_starts(key.text, STR("hk_")));
	assert_true(api_key_parse(&house.arena, key.text, &workspace, &hash));
	assert_true(workspace == house.workspace);
	assert_true(str_eq(hash, key.hash));
}

static void what_is_kept_is_not_the_key(void **state)
{
	(void)state;
	struct key key = make_in(house.workspace);
	assert_int_equal(key.hash.len, 32);
	assert_true(str_find(key.text, key.hash) == SIZE_MAX);
}

static void a_key_opens_its_own_workspace_and_no_other(void **state)
{
	(void)state;
	struct key key = make_in(house.workspace);
	int64_t other = house_workspace("Other");
	assert_true(is_good(house.workspace, key.hash));
	assert_false(is_good(other, key.hash));
}

static void a_revoked_key_is_refused_at_once(void **state)
{
	(void)state;
	struct key key = make_in(house.workspace);
	assert_true(house_do(revoke_apply, &key.id));
	assert_false(is_good(house.workspace, key.hash));
	assert_true(house_do(revoke_apply, &key.id));
}

static void another_workspaces_key_cannot_be_revoked(void **state)
{
	(void)state;
	int64_t other = house_workspace("Other");
	struct key key = make_in(other);
	assert_refused(house_do(revoke_apply, &key.id), ERR_NOT_FOUND);
	assert_true(is_good(other, key.hash));
}

static void revoked_keys_stay_in_the_list(void **state)
{
	(void)state;
	struct key key = make_in(house.workspace);
	struct api_key *keys;
	size_t count;
	make_in(house.workspace);
	assert_true(house_do(revoke_apply, &key.id));
	assert_true(
	    api_key_list(house.db, house.workspace, &house.arena, &keys, &count, &house.err));
	assert_int_equal(count, 2);
	assert_true(keys[0].revoked_at != 0);
	assert_true(keys[1].revoked_at == 0);
	assert_int_equal(keys[0].scope, SCOPE_READ);
}

static void text_that_is_no_key_costs_no_statement(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"",
		"hk_",
		"hk_short",
		"hk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"xx_A3iK7rkAAABIVpoWn_KrsaIZ25c2023aCcOPLg",
		"hk_A3iK7rkAAABIVpoWn/KrsaIZ25c2023aCcOPLg",
		"hk_A3iK7rkAAABIVpoWn_KrsaIZ25c2023aCcOPLg=",
		"hk_/////////////////////////////////////A",
	};
	int64_t workspace;
	Str hash;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		assert_false(api_key_parse(&house.arena, str_of(texts[i]), &workspace, &hash));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HOUSE_TEST(a_key_says_its_workspace_and_has_at_most_44_characters),
		HOUSE_TEST(what_is_kept_is_not_the_key),
		HOUSE_TEST(a_key_opens_its_own_workspace_and_no_other),
		HOUSE_TEST(a_revoked_key_is_refused_at_once),
		HOUSE_TEST(another_workspaces_key_cannot_be_revoked),
		HOUSE_TEST(revoked_keys_stay_in_the_list),
		HOUSE_TEST(text_that_is_no_key_costs_no_statement),
	};
	return HOUSE_RUN("API keys", tests);
}

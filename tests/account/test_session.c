/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/session.h"

#include "account/user.h"
#include "house.h"

struct guest {
	int64_t user;
	Str token, hash;
	bool disabled;
};

static bool user_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct guest *guest = input;
	return user_create(tx, STR("Ann@x.org"), STR("ann@x.org"), STR("Ann"), (Str){ NULL, 0 },
	                   &guest->user, err) &&
	       member_set(tx, guest->user, ROLE_ADMIN, err);
}

static bool session_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct guest *guest = input;
	return session_create(tx, guest->hash, guest->user, tx->workspace, STR("::1"), STR("test"),
	                      err);
}

static bool link_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct guest *guest = input;
	return login_link_create(tx, guest->hash, guest->user, house.workspace, err);
}

static bool use_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct guest *guest = input;
	struct session link;
	return login_link_use(tx, guest->hash, &link, err);
}

static bool end_apply(struct db_tx *tx, void *input, struct err *err)
{
	return session_end(tx, ((const struct guest *)input)->hash, err);
}

static bool disable_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct guest *guest = input;
	return user_set_disabled(tx, guest->user, guest->disabled, err);
}

static bool password_apply(struct db_tx *tx, void *input, struct err *err)
{
	return user_set_password(tx, ((const struct guest *)input)->user, STR("hash"), err);
}

static struct guest arrive(unit_fn how)
{
	struct guest guest = { 0 };
	assert_true(house_do(user_apply, &guest));
	token_new(&house.arena, &guest.token, &guest.hash);
	assert_true(house_do(how, &guest));
	return guest;
}

static bool is_signed_in(const struct guest *guest)
{
	struct session session;
	bool found;
	int64_t now = clock_now(&house.fresh.clock);
	assert_true(
	    session_find(house.db, guest->hash, now, &house.arena, &session, &found, &house.err));
	if (found)
		assert_true(session.user == guest->user && session.workspace == house.workspace);
	return found;
}

static void a_token_is_kept_as_its_hash(void **state)
{
	(void)state;
	Str token, hash, again;
	token_new(&house.arena, &token, &hash);
	assert_int_equal(token.len, TOKEN_LENGTH);
	assert_true(token_hash(&house.arena, token, &again));
	assert_true(str_eq(hash, again));
	assert_false(token_hash(&house.arena, str_slice(token, 0, token.len - 1), &again));
	assert_false(
	    token_hash(&house.arena, STR("../../../../../../../etc/passwd/xxxxxxxxxxx"), &again));
}

static void a_session_lasts_thirty_days(void **state)
{
	(void)state;
	struct guest guest = arrive(session_apply);
	assert_true(is_signed_in(&guest));
	house_later(30 * CLOCK_DAY - CLOCK_MINUTE);
	assert_true(is_signed_in(&guest));
	house_later(2 * CLOCK_MINUTE);
	assert_false(is_signed_in(&guest));
}

static void signing_out_ends_it_at_once(void **state)
{
	(void)state;
	struct guest guest = arrive(session_apply);
	assert_true(house_do(end_apply, &guest));
	assert_false(is_signed_in(&guest));
}

static void a_disabled_user_is_signed_out_everywhere(void **state)
{
	(void)state;
	struct guest guest = arrive(session_apply);
	guest.disabled = true;
	assert_true(house_do(disable_apply, &guest));
	assert_false(is_signed_in(&guest));
	guest.disabled = false;
	assert_true(house_do(disable_apply, &guest));
	assert_false(is_signed_in(&guest));
}

static void a_new_password_ends_sessions_and_links(void **state)
{
	(void)state;
	struct guest guest = arrive(session_apply), link = guest;
	token_new(&house.arena, &link.token, &link.hash);
	assert_true(house_do(link_apply, &link));
	assert_true(house_do(password_apply, &guest));
	assert_false(is_signed_in(&guest));
	assert_refused(house_do(use_apply, &link), ERR_GONE);
}

static void a_login_link_works_once(void **state)
{
	(void)state;
	struct guest guest = arrive(link_apply);
	assert_true(house_do(use_apply, &guest));
	assert_refused(house_do(use_apply, &guest), ERR_GONE);
}

static void a_login_link_is_over_after_ten_minutes(void **state)
{
	(void)state;
	struct guest guest = arrive(link_apply);
	house_later(10 * CLOCK_MINUTE + CLOCK_SECOND);
	assert_refused(house_do(use_apply, &guest), ERR_GONE);
}

static void pruning_takes_what_is_over_and_only_that(void **state)
{
	(void)state;
	struct guest guest = arrive(link_apply), other = guest;
	bool any;
	assert_true(house_do(session_apply, &other));
	assert_true(session_prunable(house.db, clock_now(&house.fresh.clock), &any, &house.err));
	assert_false(any);
	house_later(11 * CLOCK_MINUTE);
	assert_true(session_prunable(house.db, clock_now(&house.fresh.clock), &any, &house.err));
	assert_true(any);
	assert_true(house_do_in(0, session_prune, NULL));
	assert_true(session_prunable(house.db, clock_now(&house.fresh.clock), &any, &house.err));
	assert_false(any);
	assert_true(is_signed_in(&other));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HOUSE_TEST(a_token_is_kept_as_its_hash),
		HOUSE_TEST(a_session_lasts_thirty_days),
		HOUSE_TEST(signing_out_ends_it_at_once),
		HOUSE_TEST(a_disabled_user_is_signed_out_everywhere),
		HOUSE_TEST(a_new_password_ends_sessions_and_links),
		HOUSE_TEST(a_login_link_works_once),
		HOUSE_TEST(a_login_link_is_over_after_ten_minutes),
		HOUSE_TEST(pruning_takes_what_is_over_and_only_that),
	};
	return HOUSE_RUN("sessions", tests);
}

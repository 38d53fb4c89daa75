/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/user.h"

#include "account/audit.h"
#include "house.h"

struct person {
	const char *typed;
	enum role role;
	int64_t user;
};

static bool create_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct person *p = input;
	Str email, folded;
	return user_email(tx->arena, str_of(p->typed), &email, &folded, err) &&
	       user_create(tx, email, folded, STR(""), (Str){ NULL, 0 }, &p->user, err) &&
	       member_set(tx, p->user, p->role, err);
}

static bool role_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct person *p = input;
	return member_set(tx, p->user, p->role, err);
}

static bool audit_apply(struct db_tx *tx, void *input, struct err *err)
{
	return audit_write(tx, STR("ann"), str_of(input), STR("x"), STR(""), err);
}

static void one_address_is_one_user_however_it_is_typed(void **state)
{
	(void)state;
	struct person first = { " Ann.Lee@Müller.de ", ROLE_OWNER, 0 };
	struct person again = { "ann.lee@xn--mller-kva.DE", ROLE_VIEWER, 0 };
	struct user user;
	assert_true(house_do(create_apply, &first));
	assert_refused(house_do(create_apply, &again), ERR_CONFLICT);
	assert_true(user_find(house.db, first.user, &house.arena, &user, &house.err));
	assert_str(user.email, "Ann.Lee@Müller.de");
}

static void what_is_no_address_is_refused_by_its_field(void **state)
{
	(void)state;
	static const char *const texts[] = { "", "ann", "@x.org", "ann@", "a b@x.org", "ann@x@y" };
	Str email, folded;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		assert_refused(user_email(&house.arena, str_of(texts[i]), &email, &folded,
		                          &house.err),
		               ERR_INVALID);
		assert_string_equal(house.err.path, "/email");
	}
}

static void the_last_owner_stays_owner(void **state)
{
	(void)state;
	struct person ann = { "ann@x.org", ROLE_OWNER, 0 }, bob = { "bob@x.org", ROLE_OWNER, 0 };
	unsigned role;
	assert_true(house_do(create_apply, &ann));
	ann.role = ROLE_ADMIN;
	assert_refused(house_do(role_apply, &ann), ERR_CONFLICT);
	assert_true(house_do(create_apply, &bob));
	assert_true(house_do(role_apply, &ann));
	assert_true(member_role(house.db, house.workspace, ann.user, &role, &house.err));
	assert_int_equal(role, ROLE_ADMIN);
}

static void a_member_here_is_nobody_elsewhere(void **state)
{
	(void)state;
	struct person ann = { "ann@x.org", ROLE_OWNER, 0 };
	int64_t other = house_workspace("Other"), *ids;
	struct member *members;
	size_t count;
	unsigned role;
	assert_true(house_do(create_apply, &ann));
	assert_true(member_role(house.db, other, ann.user, &role, &house.err));
	assert_int_equal(role, 0);
	assert_true(member_list(house.db, other, &house.arena, &members, &count, &house.err));
	assert_int_equal(count, 0);
	assert_true(user_workspaces(house.db, ann.user, &house.arena, &ids, &count, &house.err));
	assert_int_equal(count, 1);
	assert_true(ids[0] == house.workspace);
}

static void the_first_owner_is_the_oldest(void **state)
{
	(void)state;
	struct person ann = { "ann@x.org", ROLE_OWNER, 0 }, bob = { "bob@x.org", ROLE_OWNER, 0 };
	struct user owner;
	assert_refused(member_first_owner(house.db, house.workspace, &house.arena, &owner,
	                                  &house.err),
	               ERR_NOT_FOUND);
	assert_true(house_do(create_apply, &ann));
	house_later(CLOCK_MINUTE);
	assert_true(house_do(create_apply, &bob));
	assert_true(
	    member_first_owner(house.db, house.workspace, &house.arena, &owner, &house.err));
	assert_true(owner.id == ann.user);
}

static void the_audit_log_tells_the_newest_first_and_only_of_here(void **state)
{
	(void)state;
	int64_t other = house_workspace("Other");
	struct audit_entry *entries;
	char first[] = "first", second[] = "second", elsewhere[] = "elsewhere";
	size_t count;
	assert_true(house_do(audit_apply, first));
	house_later(CLOCK_SECOND);
	assert_true(house_do(audit_apply, second));
	assert_true(house_do_in(other, audit_apply, elsewhere));
	assert_true(audit_list(house.db, house.workspace,
	                       &(struct audit_query){ .before = INT64_MAX }, &audit_newest, 10,
	                       &house.arena, &entries, &count, &house.err));
	assert_int_equal(count, 2);
	assert_str(entries[0].action, "second");
	assert_str(entries[1].action, "first");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HOUSE_TEST(one_address_is_one_user_however_it_is_typed),
		HOUSE_TEST(what_is_no_address_is_refused_by_its_field),
		HOUSE_TEST(the_last_owner_stays_owner),
		HOUSE_TEST(a_member_here_is_nobody_elsewhere),
		HOUSE_TEST(the_first_owner_is_the_oldest),
		HOUSE_TEST(the_audit_log_tells_the_newest_first_and_only_of_here),
	};
	return HOUSE_RUN("users", tests);
}

/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/user.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

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

static bool disable_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct person *p = input;
	return user_set_disabled(tx, p->user, true, err);
}

static void the_last_owner_who_can_sign_in_is_not_disabled(void **state)
{
	(void)state;
	int64_t other = house_workspace("Other");
	struct person ann = { "ann@x.org", ROLE_OWNER, 0 }, bob = { "bob@x.org", ROLE_OWNER, 0 };
	struct user user;
	assert_true(house_do(create_apply, &ann));
	assert_true(house_do(create_apply, &bob));
	assert_true(house_do_in(other, role_apply, &bob));
	assert_refused(house_do(disable_apply, &bob), ERR_CONFLICT);
	assert_non_null(strstr(house.err.msg, "bob@x.org is the only owner of \"Other\""));
	assert_true(house_do(disable_apply, &ann));
	assert_true(user_find(house.db, bob.user, &house.arena, &user, &house.err));
	assert_int_equal(user.disabled_at, 0);
}

/* Another process, which disables somebody while a unit of ours is under way: from another workspace, for units of one
 * wait for each other anyway. */
static struct rival {
	pthread_t thread;
	struct store *store;
	int64_t workspace;
	struct person *ours, *theirs;
	bool ok;
	struct err err;
	atomic_bool is_over;
} rival;

static void *rival_run(void *unused)
{
	rival.ok = store_run(rival.store, rival.workspace, UNIT_INTERACTIVE, disable_apply,
	                     rival.theirs, &rival.err);
	atomic_store(&rival.is_over, true);
	return unused;
}

static bool rival_waits(struct db *db, struct err *err)
{
	static const char text[] =
	    "SELECT COUNT(*) FROM pg_locks w JOIN pg_locks h ON h.pid = w.pid "
	    "JOIN pg_database d ON d.oid = h.database "
	    "WHERE NOT w.granted AND d.datname = current_database()";
	static const struct db_stmt stmt = { "rival_waits", text, text, true };
	int64_t waiting;
	assert_true(db_one_i64(db, &stmt, DB_NO_ARGS, 0, &waiting, err));
	return waiting > 0;
}

static bool disable_beside_rival(struct db_tx *tx, void *unused, struct err *err)
{
	(void)unused;
	if (!disable_apply(tx, rival.ours, err))
		return false;
	assert_int_equal(pthread_create(&rival.thread, NULL, rival_run, NULL), 0);
	while (!atomic_load(&rival.is_over) && !rival_waits(tx->db, err))
		sched_yield();
	return true;
}

/* SQLite lets one process write at a time, so the second one begins when the first is through. */
static void of_two_owners_disabled_at_once_one_stays(void **state)
{
	(void)state;
	struct person ann = { "ann@x.org", ROLE_OWNER, 0 }, bob = { "bob@x.org", ROLE_OWNER, 0 };
	if (store_engine(house.fresh.store) == DB_SQLITE)
		return;
	assert_true(house_do(create_apply, &ann));
	assert_true(house_do(create_apply, &bob));
	struct store_config config = fresh_config(&house.fresh, STORE_COMMAND);
	rival =
	    (struct rival){ .workspace = house_workspace("Other"), .ours = &ann, .theirs = &bob };
	assert_true(store_open(&rival.store, &config, &house.err));
	assert_true(house_do(disable_beside_rival, NULL));
	assert_int_equal(pthread_join(rival.thread, NULL), 0);
	store_close(rival.store, CLOCK_SECOND);
	assert_false(rival.ok);
	assert_int_equal(rival.err.kind, ERR_CONFLICT);
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
		HOUSE_TEST(the_last_owner_who_can_sign_in_is_not_disabled),
		HOUSE_TEST(of_two_owners_disabled_at_once_one_stays),
		HOUSE_TEST(a_member_here_is_nobody_elsewhere),
		HOUSE_TEST(the_first_owner_is_the_oldest),
		HOUSE_TEST(the_audit_log_tells_the_newest_first_and_only_of_here),
	};
	return HOUSE_RUN("users", tests);
}

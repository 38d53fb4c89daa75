/* Who is who: finding, making and merging persons, on SQLite and, when there is a server, on PostgreSQL. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/person.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../db/engines.h"
#include "../feedback/ground.h"

static enum db_engine engine;
static struct ground g;

static int make(void **state)
{
	(void)state;
	ground_make(&g, engine);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	ground_remove(&g);
	return 0;
}

struct upsert {
	struct person_ref ref;
	struct person person;
};

static bool upsert_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct upsert *in = input;
	return person_upsert(tx, &in->ref, 0, &in->person, err);
}

/* The id of whom the four mean; NULL is not given. */
static int64_t person(const char *email, const char *external_id, const char *phone,
                      const char *name)
{
	struct upsert in;
	struct err err = { 0 };
	struct person_input given = { .email = str_of(email),
		                      .external_id = str_of(external_id),
		                      .phone = str_of(phone),
		                      .name = str_of(name) };
	if (!person_ref_check(&g.arena, &given, &in.ref, &err))
		fail_msg("%s %s", err.path, err.msg);
	ground_run(&g, upsert_apply, &in);
	return in.person.id;
}

static size_t identities_of(int64_t id, struct identity **all)
{
	size_t count;
	struct err err;
	assert_true(person_identities(g.db, &g.arena, g.workspace, id, all, &count, &err));
	return count;
}

static void the_same_address_is_the_same_person(void **state)
{
	(void)state;
	int64_t ann = person("Ann@Example.com ", NULL, NULL, NULL);
	assert_int_equal(person("ann@example.COM", NULL, NULL, "Ann"), ann);
	assert_int_equal(person("ann@müller.example", NULL, NULL, NULL),
	                 person("ann@xn--mller-kva.example", NULL, NULL, NULL));
	assert_int_not_equal(person("ann+news@example.com", NULL, NULL, NULL), ann);
	struct identity *all;
	assert_int_equal(identities_of(ann, &all), 1);
	assert_string_equal(str_copy_c(&g.arena, all[0].typed), "Ann@Example.com");
}

static void external_ids_are_compared_by_their_bytes(void **state)
{
	(void)state;
	int64_t lower = person(NULL, "c-1", NULL, NULL);
	assert_int_not_equal(person(NULL, "C-1", NULL, NULL), lower);
	assert_int_not_equal(person(NULL, "c-1 ", NULL, NULL), lower);
	assert_int_equal(person(NULL, "c-1", NULL, NULL), lower);
}

static void an_external_id_is_added_to_the_person_of_the_address(void **state)
{
	(void)state;
	int64_t ann = person("ann@example.com", NULL, NULL, NULL);
	assert_int_equal(person("ann@example.com", "c-1", NULL, NULL), ann);
	assert_int_equal(person(NULL, "c-1", NULL, NULL), ann);
}

static void two_persons_are_never_merged_silently(void **state)
{
	(void)state;
	int64_t ann = person("ann@example.com", NULL, NULL, NULL);
	int64_t c1 = person(NULL, "c-1", NULL, NULL);
	assert_int_equal(person("ann@example.com", "c-1", NULL, NULL), c1);
	assert_int_equal(person("ann@example.com", NULL, NULL, NULL), ann);
}

static void a_shared_address_does_not_join_two_customers(void **state)
{
	(void)state;
	int64_t c1 = person("family@example.com", "c-1", NULL, NULL);
	int64_t c2 = person("family@example.com", "c-2", NULL, NULL);
	assert_int_not_equal(c1, c2);
	assert_int_equal(person(NULL, "c-2", NULL, NULL), c2);
	assert_int_equal(person("family@example.com", NULL, NULL, NULL), c1);
}

static void a_role_address_identifies_nobody_beside_an_id(void **state)
{
	(void)state;
	int64_t info = person("info@example.com", NULL, NULL, NULL);
	assert_int_equal(person("info@example.com", NULL, NULL, NULL), info);
	int64_t c1 = person("info@example.com", "c-1", NULL, NULL);
	assert_int_not_equal(c1, info);
	assert_int_not_equal(person("info@example.com", "c-2", NULL, NULL), c1);
}

static void a_number_identifies_only_where_nothing_stronger_is_given(void **state)
{
	(void)state;
	int64_t ann = person(NULL, NULL, "+49 (0)30 1234-56", NULL);
	assert_int_equal(person(NULL, NULL, "0049 30 123456", NULL), ann);
	assert_int_not_equal(person("bob@example.com", NULL, "+4930123456", NULL), ann);
}

static void a_name_alone_is_somebody_new_each_time(void **state)
{
	(void)state;
	assert_int_not_equal(person(NULL, NULL, NULL, "Müller & Söhne \"Best\" <b>"),
	                     person(NULL, NULL, NULL, "Müller & Söhne \"Best\" <b>"));
	assert_int_equal(person(NULL, NULL, NULL, NULL), 0);
}

static void wrong_addresses_are_refused_by_field(void **state)
{
	const struct {
		struct person_input in;
		const char *path;
	} all[] = {
		{ { .email = STR("ann at example") }, "/email" },
		{ { .phone = STR("call me") }, "/phone" },
	};
	struct person_ref ref;
	struct err err;
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		assert_false(person_ref_check(&g.arena, &all[i].in, &ref, &err));
		assert_int_equal(err.kind, ERR_INVALID);
		assert_string_equal(err.path, all[i].path);
	}
}

struct pair {
	int64_t into, from;
};

static bool merge_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct pair *p = input;
	return person_merge(tx, p->into, p->from, err);
}

static bool unmerge_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct pair *p = input;
	return person_unmerge(tx, p->from, err);
}

static void a_merge_is_a_pointer_and_can_be_undone(void **state)
{
	struct err err;
	struct identity *all;
	(void)state;
	struct pair p = { .into = person("ann@example.com", NULL, NULL, NULL),
		          .from = person("a.smith@example.com", NULL, NULL, NULL) };
	ground_run(&g, merge_apply, &p);
	assert_int_equal(person("a.smith@example.com", NULL, NULL, NULL), p.into);
	assert_int_equal(identities_of(p.into, &all), 2);
	assert_string_equal(str_copy_c(&g.arena, all[0].value), "a.smith@example.com");
	assert_false(ground_try(&g, merge_apply, &p, &err));
	assert_int_equal(err.kind, ERR_CONFLICT);
	ground_run(&g, unmerge_apply, &p);
	assert_int_equal(person("a.smith@example.com", NULL, NULL, NULL), p.from);
	assert_int_equal(identities_of(p.into, &all), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)
		TEST(the_same_address_is_the_same_person),
		TEST(external_ids_are_compared_by_their_bytes),
		TEST(an_external_id_is_added_to_the_person_of_the_address),
		TEST(two_persons_are_never_merged_silently),
		TEST(a_shared_address_does_not_join_two_customers),
		TEST(a_role_address_identifies_nobody_beside_an_id),
		TEST(a_number_identifies_only_where_nothing_stronger_is_given),
		TEST(a_name_alone_is_somebody_new_each_time),
		TEST(wrong_addresses_are_refused_by_field),
		TEST(a_merge_is_a_pointer_and_can_be_undone),
	};
	return ENGINES_RUN("persons", engine, tests, NULL, NULL);
}

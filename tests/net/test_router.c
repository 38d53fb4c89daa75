/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "net/router.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static bool handler(struct request *rq, struct reply *rp, struct err *err)
{
	(void)rq;
	(void)rp;
	(void)err;
	return true;
}

static bool prepare(struct request *rq, struct err *err)
{
	(void)rq;
	(void)err;
	return true;
}

#define ROW(verb, place, name)                                                        \
	{                                                                             \
		.method = (verb), .path = (place), .operation = (name), .open = true, \
		.read = handler                                                       \
	}

/* The operation that serves a place, with the value of its first parameter: "one=x". */
static const char *served(const struct router *router, struct arena *a, const char *method,
                          const char *place)
{
	struct http_head head = { 0 };
	struct target target;
	struct err err;
	assert_true(target_parse(a, str_of(place), &target, &head, &err));
	const struct router_row *row = router_find(router, a, &target, &head);
	if (!row)
		return "nothing";
	row = router_method(row, str_of(method), &head);
	if (!row)
		return "not by this method";
	if (head.param_count == 0)
		return row->route->operation;
	const struct http_field *last = &head.params[head.param_count - 1];
	return str_printf(a, "%s %.*s=%.*s", row->route->operation, STR_FMT(last->name),
	                  STR_FMT(last->value))
	    .at;
}

static void finds_the_row_of_a_place(void **state)
{
	static const struct route first[] = {
		ROW("GET", "/", "root"),
		ROW("GET", "/s/{slug}", "survey"),
		ROW("POST", "/s/{id}", "answer"),
		ROW("GET", "/s/new", "new"),
	};
	static const struct route second[] = {
		ROW("GET", "/s/{slug}/a", "a"),
		ROW("GET", "/s/new/b", "b"),
		ROW("GET", "/f/{path...}", "files"),
		ROW("GET", "/f/fixed", "fixed"),
	};
	const struct route_table tables[] = { { first, 4, NULL }, { second, 4, NULL } };
	struct arena a = { 0 };
	struct router *router;
	struct err err;
	(void)state;
	assert_true(router_build(&a, tables, 2, &router, &err));
	assert_int_equal(router_count(router), 8);
	assert_string_equal(served(router, &a, "GET", "/"), "root");
	assert_string_equal(served(router, &a, "HEAD", "/"), "root");
	assert_string_equal(served(router, &a, "GET", "/s/new"), "new");
	assert_string_equal(served(router, &a, "GET", "/s/old"), "survey slug=old");
	assert_string_equal(served(router, &a, "POST", "/s/old"), "answer id=old");
	assert_string_equal(served(router, &a, "POST", "/s/new"), "not by this method");
	assert_string_equal(served(router, &a, "GET", "/s/new/b"), "b");
	assert_string_equal(served(router, &a, "GET", "/s/new/a"), "a slug=new");
	assert_string_equal(served(router, &a, "GET", "/s/new/c"), "nothing");
	assert_string_equal(served(router, &a, "GET", "/s/"), "nothing");
	assert_string_equal(served(router, &a, "GET", "/s"), "nothing");
	assert_string_equal(served(router, &a, "GET", "/f/fixed"), "fixed");
	assert_string_equal(served(router, &a, "GET", "/f/a/%C3%BC/c"), "files path=a/ü/c");
	assert_string_equal(served(router, &a, "GET", "/f/fixed/a"), "files path=fixed/a");
	arena_free(&a);
}

static void refuses_rows_that_are_wrong(void **state)
{
	const struct route wrong[] = {
		{ .method = "GET", .path = "/a", .operation = "none", .open = true },
		{ .method = "GET", .path = "/a", .operation = "nobody", .read = handler },
		{ .method = "GET",
		  .path = "/a",
		  .operation = "both",
		  .open = true,
		  .roles = ROLES_ALL,
		  .read = handler },
		{ .method = "GET",
		  .path = "/a",
		  .operation = "half",
		  .open = true,
		  .prepare = prepare },
		{ .method = "GET",
		  .path = "/a",
		  .operation = "two",
		  .open = true,
		  .read = handler,
		  .prepare = prepare },
		{ .method = "GET",
		  .path = "/a",
		  .operation = "direct",
		  .roles = ROLES_ALL,
		  .direct = true,
		  .read = handler },
		{ .method = "GET", .path = "/a", .open = true, .read = handler },
	};
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct arena a = { 0 };
		struct router *router;
		struct err err;
		struct route_table table = { &wrong[i], 1, NULL };
		assert_false(router_build(&a, &table, 1, &router, &err));
		assert_non_null(strstr(err.msg, "GET /a"));
		arena_free(&a);
	}
}

static void refuses_two_rows_for_one_place(void **state)
{
	static const struct route rows[] = { ROW("GET", "/s/{slug}", "one"),
		                             ROW("GET", "/s/{id}", "two") };
	struct route_table table = { rows, 2, NULL };
	struct arena a = { 0 };
	struct router *router;
	struct err err;
	(void)state;
	assert_false(router_build(&a, &table, 1, &router, &err));
	assert_non_null(strstr(err.msg, "stands twice"));
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_row_of_a_place),
		cmocka_unit_test(refuses_rows_that_are_wrong),
		cmocka_unit_test(refuses_two_rows_for_one_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Prints every route that the program serves, as a JSON list, so that a test can hold the API's description and what
 * each role and scope may do against the rows themselves.
 *
 *	routes_fixture
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <stdio.h>

#include "app/world.h"
#include "base/json.h"
#include "net/core.h"

static void put_names(struct json_writer *w, const char *key, unsigned set,
                      const char *const names[], size_t count)
{
	json_put_key(w, str_of(key));
	json_put_list(w);
	for (size_t i = 0; i < count; i++)
		if (set & 1u << i)
			json_put_text(w, str_of(names[i]));
	json_put_list_end(w);
}

static void put_route(struct json_writer *w, const struct route *route)
{
	static const char *const roles[] = { "owner", "admin", "analyst", "agent", "viewer" };
	static const char *const scopes[] = { "track", "read", "write", "admin" };
	json_put_dict(w);
	json_put_key_text(w, "method", str_of(route->method));
	json_put_key_text(w, "path", str_of(route->path));
	json_put_key_text(w, "operation", str_of(route->operation));
	json_put_key_bool(w, "open", route->open);
	json_put_key_bool(w, "local", route->local);
	json_put_key_bool(w, "html", route->html);
	json_put_key_bool(w, "names", route->names);
	json_put_key_i64(w, "body_max", (int64_t)route->body_max);
	put_names(w, "roles", route->roles, roles, sizeof roles / sizeof *roles);
	put_names(w, "scopes", route->scopes, scopes, sizeof scopes / sizeof *scopes);
	json_put_dict_end(w);
}

static void put_rows(struct json_writer *w, const struct route *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		put_route(w, &rows[i]);
}

int main(void)
{
	struct world world = { 0 };
	struct route_table tables[WORLD_TABLES_MAX];
	struct json_writer w;
	struct buf out;
	struct err err;
	size_t count;
	if (!world_routes(&world, tables, &count, &err)) {
		fprintf(stderr, "%s\n", err.msg);
		return 1;
	}
	buf_init(&out, (size_t)1 << 20);
	json_put_start(&w, &out);
	json_put_list(&w);
	for (size_t i = 0; i < count; i++)
		put_rows(&w, tables[i].rows, tables[i].count);
	put_rows(&w, health_rows, health_row_count);
	json_put_list_end(&w);
	fwrite(out.at, 1, out.len, stdout);
	buf_free(&out);
	world_routes_close(&world);
	return 0;
}

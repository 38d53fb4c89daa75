/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "net/router.h"

#include "base/die.h"

#define PARAMS_MAX 8

/* One part of a path: a literal, or a {name} that stands for any. */
struct node {
	Str part;
	struct node *literals, *param,
	    *rest;         /* first child of each kind; only one param and rest */
	struct node *next; /* sibling literal */
	struct router_row *rows;
};

struct router {
	struct node root;
	struct router_row *all;
	size_t count;
};

static bool row_check(const struct route *route, struct err *err)
{
	const char *wrong = NULL;
	bool writes = route->prepare || route->apply || route->reply;
	if (!route->method || !route->path || !route->operation)
		wrong = "lacks method, path or operation";
	else if (writes ? !route->prepare || !route->apply || !route->reply : !route->read)
		wrong = "lacks a function";
	else if (writes && route->read)
		wrong = "both reads and writes";
	else if (route->open ? route->roles || route->scopes : !route->roles && !route->scopes)
		wrong = "is open or names roles or scopes, one of the two";
	else if (route->direct && (!route->open || writes))
		wrong = "is direct, but not open or not a read";
	if (!wrong)
		return true;
	return err_set(err, ERR_INTERNAL, "Route %s %s %s.", route->method ? route->method : "?",
	               route->path ? route->path : "?", wrong);
}

static bool part_is_param(Str part)
{
	return part.len > 2 && part.at[0] == '{' && part.at[part.len - 1] == '}';
}

static struct node *literal_child(struct node *node, Str part)
{
	for (struct node *child = node->literals; child; child = child->next)
		if (str_eq(child->part, part))
			return child;
	return NULL;
}

static struct node *child_add(struct arena *a, struct node *node, Str part)
{
	struct node **slot = NULL;
	if (part_is_param(part))
		slot = str_ends(part, STR("...}")) ? &node->rest : &node->param;
	struct node *child = slot ? *slot : literal_child(node, part);
	if (child)
		return child;
	child = ARENA_NEW(a, struct node);
	child->part = part;
	if (slot) {
		*slot = child;
	} else {
		child->next = node->literals;
		node->literals = child;
	}
	return child;
}

static const struct router_row *row_of_method(const struct router_row *rows, Str method)
{
	for (const struct router_row *row = rows; row; row = row->next)
		if (str_eq(str_of(row->route->method), method))
			return row;
	return NULL;
}

static bool row_add(struct arena *a, struct router *router, struct router_row *row, struct err *err)
{
	Str rest = str_from(str_of(row->route->path), 1), part;
	struct node *node = &router->root;
	while (str_cut(&rest, '/', &part))
		node = child_add(a, node, part);
	if (row_of_method(node->rows, str_of(row->route->method)))
		return err_set(err, ERR_INTERNAL, "Route %s %s stands twice.", row->route->method,
		               row->route->path);
	row->next = node->rows;
	node->rows = row;
	return true;
}

bool router_build(struct arena *a, const struct route_table *tables, size_t count,
                  struct router **out, struct err *err)
{
	struct router *router = ARENA_NEW(a, struct router);
	size_t total = 0;
	for (size_t t = 0; t < count; t++)
		total += tables[t].count;
	router->all = ARENA_ARRAY(a, struct router_row, total);
	for (size_t t = 0; t < count; t++)
		for (size_t i = 0; i < tables[t].count; i++) {
			struct router_row *row = &router->all[router->count];
			*row = (struct router_row){ .route = &tables[t].rows[i],
				                    .room = tables[t].room,
				                    .number = router->count };
			if (!row_check(row->route, err) || !row_add(a, router, row, err))
				return false;
			router->count++;
		}
	*out = router;
	return true;
}

size_t router_count(const struct router *router)
{
	return router->count;
}

const struct router_row *router_row(const struct router *router, size_t number)
{
	MUST(number < router->count);
	return &router->all[number];
}

/* Names are those of the row, as two rows may call one place differently. */
static void params_name(const struct router_row *row, struct http_head *head)
{
	Str rest = str_from(str_of(row->route->path), 1), part;
	size_t i = 0;
	while (str_cut(&rest, '/', &part)) {
		if (!part_is_param(part))
			continue;
		size_t braces = str_ends(part, STR("...}")) ? 5 : 2;
		head->params[i++].name = str_slice(part, 1, part.len - braces);
	}
}

/* The rest of the decoded path that starts at `part`. */
static Str path_rest(const struct target *target, size_t part)
{
	size_t skip = 1;
	for (size_t i = 0; i < part; i++)
		skip += target->parts[i].len + 1;
	return str_from(target->path, skip);
}

static const struct node *node_find(const struct node *node, const struct target *target, size_t at,
                                    struct http_head *head)
{
	if (at == target->part_count)
		return node->rows ? node : NULL;
	Str part = target->parts[at];
	size_t params = head->param_count;
	const struct node *found = NULL;
	for (struct node *child = node->literals; child && !found; child = child->next)
		if (str_eq(child->part, part))
			found = node_find(child, target, at + 1, head);
	if (!found && node->param && part.len > 0 && params < PARAMS_MAX) {
		head->params[params].value = part;
		head->param_count = params + 1;
		found = node_find(node->param, target, at + 1, head);
	}
	if (!found && node->rest && params < PARAMS_MAX) {
		head->params[params].value = path_rest(target, at);
		head->param_count = params + 1;
		found = node->rest;
	}
	if (!found)
		head->param_count = params;
	return found;
}

const struct router_row *router_find(const struct router *router, struct arena *a,
                                     const struct target *target, struct http_head *head)
{
	head->params = ARENA_ARRAY(a, struct http_field, PARAMS_MAX);
	head->param_count = 0;
	const struct node *node = node_find(&router->root, target, 0, head);
	return node ? node->rows : NULL;
}

const struct router_row *router_method(const struct router_row *rows, Str method,
                                       struct http_head *head)
{
	const struct router_row *row =
	    row_of_method(rows, str_eq(method, STR("HEAD")) ? STR("GET") : method);
	if (row)
		params_name(row, head);
	return row;
}

Str router_allow(const struct router_row *rows, struct arena *a)
{
	Str allow = STR("OPTIONS");
	for (const struct router_row *row = rows; row; row = row->next) {
		const char *more = str_eq(str_of(row->route->method), STR("GET")) ? ", HEAD" : "";
		allow = str_printf(a, "%s%s, %.*s", row->route->method, more, STR_FMT(allow));
	}
	return allow;
}

/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A request's head, as text: the target on the first line, then "Name: value" lines. What is taken keeps the promises
 * of net/route.h. */
#include "base/die.h"
#include "base/utf8.h"
#include "net/head.h"
#include "net/origin.h"
#include "net/proxy.h"
#include "net/router.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FIELDS_MAX 64

static void is_text(Str s)
{
	MUST(utf8_is_valid(s) && str_find_char(s, '\0', 0) == SIZE_MAX);
}

static void fields_split(Str rest, struct arena *a, struct http_head *head)
{
	Str line, name;
	head->fields = ARENA_ARRAY(a, struct http_field, FIELDS_MAX);
	while (head->field_count < FIELDS_MAX && str_cut(&rest, '\n', &line)) {
		str_cut(&line, ':', &name);
		head->fields[head->field_count++] =
		    (struct http_field){ .name = name, .value = str_trim(line) };
	}
}

static void target_hold(const struct target *target, const struct http_head *head)
{
	is_text(target->path);
	MUST(target->path.len > 0 && target->path.at[0] == '/');
	for (size_t i = 0; i < target->part_count; i++) {
		Str part = target->parts[i];
		is_text(part);
		MUST(str_find_char(part, '/', 0) == SIZE_MAX);
		MUST(!str_eq(part, STR("..")) && !str_eq(part, STR(".")));
		MUST(part.len > 0 || i + 1 == target->part_count);
	}
	for (size_t i = 0; i < head->query.count; i++) {
		is_text(head->query.fields[i].name);
		is_text(head->query.fields[i].value);
	}
}

static void head_hold(struct arena *a, struct http_head *head)
{
	struct framing framing;
	struct origin origin;
	struct proxies proxies;
	struct err err;
	if (!head_check(head, true, &framing, &err))
		return;
	MUST(!(framing.chunked && framing.has_length));
	for (size_t i = 0; i < head->field_count; i++)
		if (!str_eq_ignoring_ascii_case(head->fields[i].name, STR("Cookie")))
			is_text(head->fields[i].value);
	is_text(head_cookie(head, STR("heed")));
	Str host = head_field(head, STR("Host"));
	MUST(host.at);
	MUST(origin_parse(a, STR("https://nps.example.com"), &origin, &err));
	(void)origin_is_host(&origin, host);
	(void)host_is_loopback(host);
	(void)origin_sent(&origin, head, host);
	MUST(proxies_parse(STR("127.0.0.0/8, 2001:db8::/33"), &proxies, &err));
	struct net_address peer, client;
	MUST(address_parse(STR("127.0.0.1"), &peer));
	client = proxies_client(&proxies, &peer, head);
	MUST(address_parse(address_text(a, &client), &peer) && address_eq(&peer, &client));
	(void)proxies_parse(host, &proxies, &err);
	(void)origin_parse(a, host, &origin, &err);
}

static bool handler(struct request *rq, struct reply *rp, struct err *err)
{
	(void)rq;
	(void)rp;
	(void)err;
	return true;
}

static void route_hold(struct arena *a, const struct target *target, struct http_head *head)
{
	static const struct route rows[] = {
		{ .method = "GET", .path = "/", .operation = "1", .open = true, .read = handler },
		{ .method = "GET",
		  .path = "/a/{b}",
		  .operation = "2",
		  .open = true,
		  .read = handler },
		{ .method = "GET",
		  .path = "/a/b/c",
		  .operation = "3",
		  .open = true,
		  .read = handler },
		{ .method = "GET",
		  .path = "/a/{d}/{e}",
		  .operation = "4",
		  .open = true,
		  .read = handler },
		{ .method = "GET",
		  .path = "/f/{g...}",
		  .operation = "5",
		  .open = true,
		  .read = handler },
	};
	struct route_table table = { .rows = rows, .count = sizeof rows / sizeof *rows };
	struct router *router;
	struct err err;
	MUST(router_build(a, &table, 1, &router, &err));
	const struct router_row *found = router_find(router, a, target, head);
	if (!found || !(found = router_method(found, STR("HEAD"), head)))
		return;
	for (size_t i = 0; i < head->param_count; i++) {
		is_text(head->params[i].value);
		MUST(head->params[i].name.len > 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct http_head head = { 0 };
	struct target target;
	struct err err;
	Str rest = { (const char *)data, size }, line;
	if (!str_cut(&rest, '\n', &line))
		return 0;
	if (target_parse(&a, line, &target, &head, &err)) {
		target_hold(&target, &head);
		route_hold(&a, &target, &head);
	}
	fields_split(rest, &a, &head);
	head_hold(&a, &head);
	arena_free(&a);
	return 0;
}

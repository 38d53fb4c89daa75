/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <inttypes.h>

#include "base/clock.h"
#include "net/core.h"

/* Wrong passwords and keys an address may try in a minute. */
#define WRONG_PER_MINUTE 30

static const char wrong_group[] = "wrong credentials";

static Str group_of(const struct route *route)
{
	return str_of(route->limit ? route->limit : route->operation);
}

/* The subscriber's bytes, as a subject of limits. */
static Str subject_of(struct exchange *ex)
{
	struct net_address client;
	if (!address_parse(ex->rq.address, &client))
		return ex->rq.address;
	client = address_subscriber(&client);
	return str_copy(ex->rq.arena, (Str){ (const char *)client.bytes, sizeof client.bytes });
}

static bool is_near(const struct exchange *ex)
{
	struct net_address client;
	return !ex->forwarded && address_parse(ex->rq.address, &client) &&
	       address_is_loopback(&client);
}

/* An address, or a key when `key` is set, takes a token of the route's bucket. */
static bool rate_take(struct exchange *ex, Str subject, int fallback, int64_t *wait_us)
{
	const struct route *route = ex->row->route;
	int rate = route->per_minute ? route->per_minute : fallback;
	if (rate <= 0 || (is_near(ex) && !route->guards))
		return true;
	return limiter_take(ex->server->limiter, group_of(route), subject, rate, clock_monotonic(),
	                    wait_us);
}

static const char too_many[] = "Too many requests; the header Retry-After says when to go on.";

bool access_rate(struct exchange *ex)
{
	if (ex->is_answered)
		return true;
	const struct route *route = ex->row->route;
	bool by_key = !route->open && request_header(&ex->rq, "Authorization").at;
	if (by_key || rate_take(ex, subject_of(ex), ex->server->config.address_per_minute,
	                        &ex->problem.wait_us))
		return true;
	return exchange_refuse(ex, 0, ERR_TOO_MANY, "%s", too_many);
}

static bool is_safe(Str method)
{
	return str_eq(method, STR("GET")) || str_eq(method, STR("HEAD")) ||
	       str_eq(method, STR("OPTIONS"));
}

static bool is_ours(const struct exchange *ex)
{
	const struct origin *also = ex->server->also;
	return origin_sent(&ex->server->origin, &ex->head, ex->host) ||
	       (also && origin_sent(also, &ex->head, ex->host));
}

/* A browser sends cookies on its own, so another site's page could act in a user's name. */
static bool is_forged(const struct exchange *ex)
{
	const struct request *rq = &ex->rq;
	if (rq->caller.user == 0 || is_safe(rq->method))
		return false;
	return !str_eq(request_header(rq, "X-Heed"), STR("1")) || !is_ours(ex);
}

/* Who asks. Those who guess keys are stopped before the guess is looked at. A session is not held up by them: it may share
 * its address with whoever guesses, and its token is nothing that can be guessed. */
static bool caller_find(struct exchange *ex, struct problem *problem)
{
	struct server *server = ex->server;
	struct caller caller = { 0 };
	int64_t now = clock_monotonic();
	bool limited = !is_near(ex) && request_header(&ex->rq, "Authorization").at;
	Str group = str_of(wrong_group), subject = subject_of(ex);
	if (limited &&
	    !limiter_has(server->limiter, group, subject, WRONG_PER_MINUTE, now, &problem->wait_us))
		return err_set(&problem->err, ERR_TOO_MANY, "%s", too_many);
	bool known = !server->config.authenticate ||
	             server->config.authenticate(server->config.auth_context, &ex->rq, &caller,
	                                         &problem->err);
	if (known) {
		ex->rq.caller = caller;
		return true;
	}
	if (limited && problem->err.kind == ERR_UNAUTHENTICATED)
		limiter_take(server->limiter, group, subject, WRONG_PER_MINUTE, now,
		             &(int64_t){ 0 });
	return false;
}

static bool key_rate(struct exchange *ex, struct problem *problem)
{
	int64_t key = ex->rq.caller.key;
	if (key == 0)
		return true;
	Str subject = str_printf(&ex->arena, "key %" PRId64, key);
	return rate_take(ex, subject, ex->server->config.key_per_minute, &problem->wait_us) ||
	       err_set(&problem->err, ERR_TOO_MANY, "%s", too_many);
}

static bool is_somebody(const struct caller *caller, struct err *err)
{
	return caller->user != 0 || caller->key != 0 ||
	       err_set(err, ERR_UNAUTHENTICATED, "Sign in, or send an API key.");
}

static bool is_allowed(const struct caller *caller, const struct route *route, struct err *err)
{
	if (!(caller->role & route->roles) && !(caller->scope & route->scopes))
		return err_set(err, ERR_DENIED, "The role or scope in use does not allow this.");
	if (caller->must_enrol && !route->enrolling)
		return err_set(err, ERR_DENIED,
		               "This workspace wants two-step sign-in of everybody. Set it up in "
		               "your profile first.");
	return !route->names || caller->sees_names ||
	       err_set(err, ERR_DENIED, "Names of people are hidden from you.");
}

bool access_check(struct exchange *ex, struct problem *problem)
{
	const struct route *route = ex->row->route;
	const struct caller *caller = &ex->rq.caller;
	struct err *err = &problem->err;
	if (route->open || (route->local && ex->rq.local))
		return true;
	if (!caller_find(ex, problem))
		return false;
	if (!is_somebody(caller, err))
		return false;
	if (is_forged(ex))
		return err_set(err, ERR_DENIED,
		               "A request by cookie needs X-Heed: 1 and must come from a page of "
		               "this server.");
	return is_allowed(caller, route, err) && key_rate(ex, problem);
}

bool access_again(struct exchange *ex, struct problem *problem)
{
	const struct route *route = ex->row->route;
	struct caller before = ex->rq.caller;
	const struct caller *caller = &ex->rq.caller;
	if (route->open || (route->local && ex->rq.local))
		return true;
	if (!caller_find(ex, problem) || !is_somebody(caller, &problem->err) ||
	    !is_allowed(caller, route, &problem->err))
		return false;
	return (caller->workspace == before.workspace && caller->user == before.user &&
	        caller->key == before.key) ||
	       err_set(&problem->err, ERR_DENIED, "This is somebody else now.");
}

/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/address.h"

#include "account/audit.h"
#include "account/reply_json.h"
#include "account/server_setting.h"
#include "account/workspace.h"
#include "base/die.h"
#include "db/store.h"
#include "net/server.h"
#include "survey/survey_api.h"

#define URL_MAX 300

void address_init(struct address *address, struct account *account, struct survey_room *survey,
                  const struct settings *settings)
{
	*address = (struct address){ .account = account, .survey = survey, .settings = settings };
	MUST(pthread_mutex_init(&address->lock, NULL) == 0);
}

void address_end(struct address *address)
{
	pthread_mutex_destroy(&address->lock);
	arena_free(&address->arena);
}

bool address_is_set(const struct settings *settings)
{
	return setting_text(settings, SETTING_PUBLIC_URL)[0] != '\0';
}

static void links_use(struct address *address, const struct origin *also, const char *url)
{
	address->account->also = also;
	address->account->public_url = url;
	address->survey->public_url = url;
	if (address->server)
		server_answer_to(address->server, also);
}

bool address_take(struct address *address, Str url, struct err *err)
{
	bool ok = true;
	pthread_mutex_lock(&address->lock);
	if (!url.at) {
		links_use(address, NULL, address->started_url);
	} else {
		struct origin *also = ARENA_NEW(&address->arena, struct origin);
		ok = origin_parse(&address->arena, url, also, err);
		/* The browser on this machine may call it by another of its names; where it is https, by this one. */
		also->loopback_too = ok && !also->https && host_is_loopback(also->host);
		if (ok)
			links_use(address, also, str_copy_c(&address->arena, also->text));
	}
	pthread_mutex_unlock(&address->lock);
	return ok;
}

bool address_begin(struct address *address, struct server *server, const char *url, struct err *err)
{
	struct arena scratch = { 0 };
	struct db *db;
	Str stored = { NULL, 0 };
	address->server = server;
	address->started_url = url;
	if (address_is_set(address->settings))
		return true;
	if (!store_reader_open(address->account->store, &db, err))
		return false;
	bool ok = server_setting_find(db, SERVER_PUBLIC_URL, &scratch, &stored, err);
	store_reader_close(address->account->store, db);
	ok = ok && (!stored.at || address_take(address, stored, err));
	arena_free(&scratch);
	return ok;
}

/* Over HTTP */

/* Who can answer a survey at that address. */
static Str reach_of(struct arena *a, const char *url)
{
	struct origin origin;
	struct err ignored;
	if (!origin_parse(a, str_of(url), &origin, &ignored) || host_is_loopback(origin.host))
		return STR("this_machine");
	if (!origin.https)
		return STR("not_https");
	return host_is_private(origin.host) ? STR("own_network") : STR("everybody");
}

static Str source_of(const struct address *address, struct arena *a)
{
	if (address_is_set(address->settings))
		return setting_source_name(a, address->settings, SETTING_PUBLIC_URL);
	return address->account->also ? STR("stored") : STR("default");
}

static bool reply_address(struct request *rq, struct reply *rp, bool may_change, bool demo,
                          struct err *err)
{
	const struct address *address = rq->room;
	const char *url = address->account->public_url;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key_text(w, "public_url", str_of(url));
	json_put_key_text(w, "source", source_of(address, rq->arena));
	json_put_key_bool(w, "may_change", may_change && !address_is_set(address->settings));
	json_put_key_text(w, "reach", reach_of(rq->arena, url));
	json_put_key_bool(w, "demo", demo);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

bool places_find(struct request *rq, struct places *out, struct err *err)
{
	struct workspace_row *rows;
	struct places places = { 0 };
	size_t count;
	db_bind_workspace(rq->db, 0);
	bool ok = workspace_list(rq->db, rq->arena, &rows, &count, err);
	for (size_t i = 0; ok && i < count; i++) {
		struct workspace w;
		if (workspace_find(rq->db, rows[i].id, rq->arena, &w, err)) {
			if (w.demo)
				places.demo = w.id;
			else if (!places.first)
				places.first = w.id;
			continue;
		}
		ok = err->kind == ERR_NOT_FOUND; /* a name without its workspace */
		if (ok)
			err->kind = ERR_NONE;
	}
	db_bind_workspace(rq->db, rq->caller.workspace);
	*out = places;
	return ok;
}

/* A server has one address and may have many workspaces: the owners of the first that is no demo speak for it. */
static bool is_first(struct request *rq, bool *out, bool *demo, struct err *err)
{
	struct places places;
	if (!places_find(rq, &places, err))
		return false;
	*out = rq->caller.workspace == (places.first ? places.first : places.demo);
	*demo = places.demo != 0;
	return true;
}

static bool server_read(struct request *rq, struct reply *rp, struct err *err)
{
	bool first, demo;
	return is_first(rq, &first, &demo, err) &&
	       reply_address(rq, rp, first && rq->caller.role == ROLE_OWNER, demo, err);
}

struct new_address {
	Str url; /* at NULL: none any more */
	Str actor;
	bool demo;
};

static bool server_patch_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "public_url", NULL };
	const struct address *address = rq->room;
	struct new_address *in = ARENA_NEW(rq->arena, struct new_address);
	struct origin origin;
	bool first;
	JsonRef body;
	if (!json_read(rq->arena, rq->body, &body, err) || !json_read_dict(body, err) ||
	    !json_read_only(body, names, err) ||
	    !json_read_text_if_given(json_read_member(body, "public_url"), URL_MAX, &in->url, err))
		return false;
	in->url = str_trim(in->url);
	if (in->url.len == 0)
		in->url.at = NULL;
	if (in->url.at && !origin_parse(rq->arena, in->url, &origin, err))
		return err_at(err, ERR_INVALID, "/public_url", "%s", err->msg);
	if (address_is_set(address->settings))
		return err_set(
		    err, ERR_CONFLICT,
		    "The public address is set outside of Heed's screens (%.*s); change it "
		    "there.",
		    STR_FMT(source_of(address, rq->arena)));
	if (!is_first(rq, &first, &in->demo, err))
		return false;
	in->url = in->url.at ? origin.text : in->url;
	in->actor = rq->caller.name;
	rq->input = in;
	return first || err_set(err, ERR_DENIED,
	                        "The owners of this server's first workspace set its address.");
}

static bool server_patch_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct new_address *in = input;
	return server_setting_set(tx, SERVER_PUBLIC_URL, in->url, err) &&
	       audit_write(tx, in->actor, STR("server.address"), in->url.at ? in->url : STR("none"),
	                   STR(""), err);
}

static bool server_patch_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct new_address *in = rq->input;
	return address_take(rq->room, in->url, err) && reply_address(rq, rp, true, in->demo, err);
}

const struct route address_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/server",
	  .operation = "getServer",
	  .roles = ROLES_ALL,
	  .enrolling = true,
	  .read = server_read },
	{ .method = "PATCH",
	  .path = "/api/v1/server",
	  .operation = "changeServer",
	  .roles = ROLE_OWNER,
	  .body_max = 4096,
	  .prepare = server_patch_prepare,
	  .apply = server_patch_apply,
	  .reply = server_patch_reply },
};
const size_t address_route_count = sizeof address_routes / sizeof address_routes[0];

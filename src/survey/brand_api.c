/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey_api.h"

#include "account/reply_json.h"
#include "survey/brand.h"
#include "survey/team_scope.h"
#include "survey/touchpoint.h"

#define BODY_MAX 16384

static void put_brand(struct request *rq, struct json_writer *w, const struct brand *b)
{
	json_put_dict(w);
	json_put_key_id(w, "id", b->id);
	json_put_key_text(w, "name", b->name);
	json_put_key_text(w, "colour", b->colour);
	json_put_key_text(w, "logo", brand_logo_path(rq->arena, rq->caller.workspace, b));
	json_put_key_time(w, "created_at", b->created_at);
	json_put_key_time(w, "updated_at", b->updated_at);
	json_put_dict_end(w);
}

static bool brands_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct brand *all;
	size_t count;
	if (!brand_list(rq->db, rq->arena, rq->caller.workspace, &all, &count, err))
		return false;
	json_put_dict(w);
	json_put_key(w, STR("brands"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++)
		put_brand(rq, w, &all[i]);
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool brand_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct brand b;
	int64_t id;
	if (!request_param_id(rq, "brand", &id, err) ||
	    !brand_find(rq->db, rq->arena, rq->caller.workspace, id, &b, err))
		return false;
	put_brand(rq, w, &b);
	return reply_json_end(w, rp, 200, err);
}

static bool members_read(struct request *rq, struct brand_input *in, struct err *err)
{
	static const char *const names[] = { "name", "colour", NULL };
	JsonRef body;
	in->arena = rq->arena;
	in->actor = rq->caller.name;
	rq->input = in;
	return json_read(rq->arena, rq->body, &body, err) && json_read_only(body, names, err) &&
	       json_read_text_if_given(json_read_member(body, "name"), BRAND_NAME_MAX, &in->name,
	                               err) &&
	       json_read_text_if_given(json_read_member(body, "colour"), 16, &in->colour, err) &&
	       brand_input_check(rq->arena, in, err);
}

static bool post_prepare(struct request *rq, struct err *err)
{
	return members_read(rq, ARENA_NEW(rq->arena, struct brand_input), err);
}

/* A brand and the journey are the whole workspace's. */
static bool patch_prepare(struct request *rq, struct err *err)
{
	struct brand_input *in = ARENA_NEW(rq->arena, struct brand_input);
	return team_scope_need_all(rq, "brands", err) &&
	       request_param_id(rq, "brand", &in->id, err) && members_read(rq, in, err);
}

static bool logo_prepare(struct request *rq, Str logo, struct err *err)
{
	struct brand_input *in = ARENA_NEW(rq->arena, struct brand_input);
	in->sets_logo = true;
	in->logo = logo;
	in->arena = rq->arena;
	in->actor = rq->caller.name;
	rq->input = in;
	return team_scope_need_all(rq, "brands", err) &&
	       request_param_id(rq, "brand", &in->id, err) && brand_input_check(rq->arena, in, err);
}

static bool logo_put_prepare(struct request *rq, struct err *err)
{
	if (!rq->body.len)
		return err_set(err, ERR_INVALID, "the body must be the picture");
	return logo_prepare(rq, rq->body, err);
}

static bool logo_delete_prepare(struct request *rq, struct err *err)
{
	return logo_prepare(rq, (Str){ 0 }, err);
}

static bool reply_brand(struct request *rq, struct reply *rp, int status, struct err *err)
{
	const struct brand_input *in = rq->input;
	struct json_writer *w = reply_json(rq);
	put_brand(rq, w, &in->brand);
	return reply_json_end(w, rp, status, err);
}

static bool post_reply(struct request *rq, struct reply *rp, struct err *err)
{
	return reply_brand(rq, rp, 201, err);
}

static bool changed_reply(struct request *rq, struct reply *rp, struct err *err)
{
	return reply_brand(rq, rp, 200, err);
}

/* Public: it stands on survey pages and in mails. Its address changes with the picture. */
static bool logo_read(struct request *rq, struct reply *rp, struct err *err)
{
	int64_t workspace, brand;
	Str type;
	if (!request_param_id(rq, "workspace", &workspace, err) ||
	    !request_param_id(rq, "brand", &brand, err) ||
	    !brand_logo(rq->db, rq->arena, workspace, brand, &rp->body, &type, err))
		return false;
	rp->content_type = str_copy_c(rq->arena, type);
	reply_header(rq, rp, "Cache-Control", STR("public, max-age=31536000, immutable"));
	return true;
}

static bool put_journey(struct request *rq, struct reply *rp, const struct touchpoint *all,
                        size_t count, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key(w, STR("touchpoints"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		json_put_dict(w);
		json_put_key_id(w, "id", all[i].id);
		json_put_key_text(w, "code", all[i].code);
		json_put_key_text(w, "name", all[i].name);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool journey_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct touchpoint *all;
	size_t count;
	return touchpoint_list(rq->db, rq->arena, rq->caller.workspace, &all, &count, err) &&
	       put_journey(rq, rp, all, count, err);
}

static bool journey_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "touchpoints", NULL };
	struct touchpoint_input *in = ARENA_NEW(rq->arena, struct touchpoint_input);
	JsonRef body;
	in->arena = rq->arena;
	in->actor = rq->caller.name;
	rq->input = in;
	return team_scope_need_all(rq, "the journey", err) &&
	       json_read(rq->arena, rq->body, &body, err) && json_read_only(body, names, err) &&
	       touchpoints_read(rq->arena, json_read_member(body, "touchpoints"), in, err);
}

static bool journey_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct touchpoint_input *in = rq->input;
	return put_journey(rq, rp, in->result, in->result_count, err);
}

const struct route brand_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/brands",
	  .operation = "listBrands",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = brands_read },
	{ .method = "POST",
	  .path = "/api/v1/brands",
	  .operation = "createBrand",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = post_prepare,
	  .apply = brand_save,
	  .reply = post_reply },
	{ .method = "GET",
	  .path = "/api/v1/brands/{brand}",
	  .operation = "getBrand",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = brand_read },
	{ .method = "PATCH",
	  .path = "/api/v1/brands/{brand}",
	  .operation = "changeBrand",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = patch_prepare,
	  .apply = brand_save,
	  .reply = changed_reply },
	{ .method = "PUT",
	  .path = "/api/v1/brands/{brand}/logo",
	  .operation = "setBrandLogo",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = BRAND_LOGO_MAX,
	  .prepare = logo_put_prepare,
	  .apply = brand_save,
	  .reply = changed_reply },
	{ .method = "DELETE",
	  .path = "/api/v1/brands/{brand}/logo",
	  .operation = "removeBrandLogo",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .prepare = logo_delete_prepare,
	  .apply = brand_save,
	  .reply = changed_reply },
	{ .method = "GET",
	  .path = "/logo/{workspace}/{brand}",
	  .operation = "showBrandLogo",
	  .open = true,
	  .read = logo_read },
	{ .method = "GET",
	  .path = "/api/v1/touchpoints",
	  .operation = "listTouchpoints",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = journey_read },
	{ .method = "PUT",
	  .path = "/api/v1/touchpoints",
	  .operation = "setTouchpoints",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = journey_prepare,
	  .apply = touchpoint_save,
	  .reply = journey_reply },
};
const size_t brand_route_count = sizeof brand_routes / sizeof brand_routes[0];

/* survey/print_api.c - what leaves Heed for paper and for other people's mail: sheets of codes, the mail block. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey_api.h"

#include "account/reply_json.h"
#include "base/b64.h"
#include "survey/brand.h"
#include "survey/language.h"
#include "survey/link.h"
#include "survey/mail_block.h"
#include "survey/named.h"
#include "survey/share.h"
#include "survey/sheet.h"
#include "survey/wording.h"

#define SHEET_BODY_MAX ((size_t)128 << 10)
#define LINK_MAX       600
#define NONCE_BYTES    16

static bool definition_find(struct request *rq, const struct survey *s, struct definition *out,
                            struct err *err)
{
	Str json;
	return survey_definition(rq->db, rq->arena, rq->caller.workspace, s->id, 0, &json, err) &&
	       definition_parse(rq->arena, json, out, err);
}

/* --- the mail block --------------------------------------------------------------------------------- */

static bool personal_read(struct request *rq, bool *out, struct err *err)
{
	Str link = request_query(rq, "link");
	*out = !str_eq(link, STR("public"));
	return !link.at || !*out || str_eq(link, STR("personal")) ||
	       err_at(err, ERR_INVALID, "link", "must be personal or public");
}

static bool labels_read(struct request *rq, Str *channel, Str *source, struct err *err)
{
	*channel = request_query(rq, "c");
	*source = request_query(rq, "s");
	if ((!channel->len || share_label_is(*channel)) &&
	    (!source->len || share_label_is(*source)))
		return true;
	return err_at(err, ERR_INVALID, channel->len && !share_label_is(*channel) ? "c" : "s",
	              "a label has 1 to %d bytes, no line ends and no spaces around it",
	              SHARE_LABEL_MAX);
}

static bool block_read(struct request *rq, const struct survey *s, struct mail_block *out,
                       struct err *err)
{
	const struct survey_room *room = rq->room;
	Str tool = request_query(rq, "tool"), properties = request_query(rq, "with_properties");
	Str channel, source;
	out->field = request_query(rq, "field");
	if (tool.at && !mail_tool_find(tool, &out->tool))
		return err_at(err, ERR_INVALID, "tool",
		              "must be generic, mailchimp, hubspot or brevo");
	if (out->field.len && !mail_field_is(out->field))
		return err_at(err, ERR_INVALID, "field",
		              "a field's name has 1 to %d letters, digits and _", MAIL_FIELD_MAX);
	if (!personal_read(rq, &out->personal, err) || !labels_read(rq, &channel, &source, err))
		return false;
	if (!out->field.len)
		out->field = mail_tool_field(out->tool);
	out->properties = str_eq(properties, STR("1"));
	out->public_link = share_url(rq->arena, room->public_url, s->public_slug,
	                             channel.len ? channel : STR("email"), source);
	return true;
}

static Str language_of(struct request *rq, const struct definition *d)
{
	struct language_preferences wanted = { 0 };
	language_prefer(&wanted, request_query(rq, "lang"));
	return language_pick(d, &wanted);
}

static bool mail_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct survey s;
	struct definition d;
	struct brand brand;
	struct mail_block block = { .definition = &d };
	Str html, text;
	if (!survey_named(rq, &s, err) || !definition_find(rq, &s, &d, err) ||
	    !brand_find(rq->db, rq->arena, rq->caller.workspace, s.brand_id, &brand, err) ||
	    !block_read(rq, &s, &block, err))
		return false;
	block.language = language_of(rq, &d);
	block.brand = brand.name;
	block.colour = brand.colour;
	if (!mail_block_write(rq->arena, &block, &html, &text, err))
		return false;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key_text(w, "html", html);
	json_put_key_text(w, "text", text);
	json_put_key_text(w, "field", block.field);
	json_put_key_text(w, "language", block.language);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

/* --- the sheet -------------------------------------------------------------------------------------- */

/* A personal link of this workspace, or nothing: the sheet is no printer of anybody's addresses. */
static bool personal_link_check(struct request *rq, JsonRef ref, Str link, struct err *err)
{
	const struct survey_room *room = rq->room;
	struct link_token token;
	Str start = str_printf(rq->arena, "%s/r/", room->public_url);
	struct err ignored;
	bool ours = str_starts(link, start) &&
	            link_check(room->keys, rq->db, rq->now, LINK_INVITATION,
	                       str_from(link, start.len), &token, &ignored) &&
	            token.workspace == rq->caller.workspace;
	return ours || err_at(err, ERR_INVALID, ref.path,
	                      "must be a personal link that this workspace has made");
}

static bool code_read(struct request *rq, const struct survey *s, Str channel, JsonRef item,
                      struct sheet_code *out, struct err *err)
{
	static const char *const names[] = { "title", "source", "link", NULL };
	const struct survey_room *room = rq->room;
	JsonRef link = json_read_member(item, "link"), source = json_read_member(item, "source");
	Str label = { NULL, 0 };
	if (!json_read_only(item, names, err) ||
	    !json_read_text(json_read_member(item, "title"), SHEET_TITLE_MAX, &out->title, err) ||
	    !json_read_text_if_given(source, SHARE_LABEL_MAX, &label, err) ||
	    !json_read_text_if_given(link, LINK_MAX, &out->link, err))
		return false;
	if (out->link.at)
		return personal_link_check(rq, link, out->link, err);
	if (label.len && !share_label_is(label))
		return err_at(err, ERR_INVALID, source.path,
		              "a label has no line ends and no spaces around it");
	out->link = share_url(rq->arena, room->public_url, s->public_slug, channel, label);
	return true;
}

static bool codes_read(struct request *rq, const struct survey *s, JsonRef body, Str channel,
                       struct sheet *out, struct err *err)
{
	JsonRef list = json_read_member(body, "codes");
	if (!json_read_list(list, SHEET_CODES_MAX, err))
		return false;
	size_t count = json_read_count(list);
	if (count == 0)
		return err_at(err, ERR_INVALID, "/codes", "must name at least one");
	struct sheet_code *codes = ARENA_ARRAY(rq->arena, struct sheet_code, count);
	for (size_t i = 0; i < count; i++)
		if (!code_read(rq, s, channel, json_read_item(list, i), &codes[i], err))
			return false;
	out->codes = codes;
	out->count = count;
	return true;
}

static bool look_read(JsonRef body, struct sheet *out, struct err *err)
{
	Str paper = STR("a4"), level = STR("M");
	int64_t per_page = 12;
	if (!json_read_text_if_given(json_read_member(body, "paper"), 10, &paper, err) ||
	    !json_read_text_if_given(json_read_member(body, "level"), 1, &level, err) ||
	    !json_read_i64_if_given(json_read_member(body, "per_page"), 1, 30, &per_page, err) ||
	    !json_read_text_if_given(json_read_member(body, "headline"), SHEET_TITLE_MAX,
	                             &out->headline, err))
		return false;
	if (!sheet_paper_find(paper, &out->paper))
		return err_at(err, ERR_INVALID, "/paper", "must be a4 or letter");
	if (!qr_level_find(level, &out->level))
		return err_at(err, ERR_INVALID, "/level", "must be L, M, Q or H");
	if (!sheet_per_page_is(per_page))
		return err_at(err, ERR_INVALID, "/per_page", "must be 1, 2, 4, 6, 9, 12, 20 or 30");
	out->per_page = (int)per_page;
	return true;
}

static bool channel_read(JsonRef body, Str *out, struct err *err)
{
	*out = STR("qr");
	return json_read_text_if_given(json_read_member(body, "channel"), SHARE_LABEL_MAX, out,
	                               err) &&
	       (share_label_is(*out) || err_at(err, ERR_INVALID, "/channel",
	                                       "a label has no line ends and no spaces around it"));
}

static bool sheet_read(struct request *rq, const struct survey *s, struct sheet *out,
                       struct err *err)
{
	static const char *const names[] = { "paper",   "per_page", "level", "headline",
		                             "channel", "codes",    NULL };
	JsonRef body;
	Str channel;
	return json_read(rq->arena, rq->body, &body, err) && json_read_only(body, names, err) &&
	       look_read(body, out, err) && channel_read(body, &channel, err) &&
	       codes_read(rq, s, body, channel, out, err);
}

static bool sheet_make(struct request *rq, struct reply *rp, struct err *err)
{
	struct survey s;
	struct definition d;
	struct sheet sheet = { .style_nonce = b64_random(rq->arena, NONCE_BYTES) };
	if (!survey_named(rq, &s, err) || !definition_find(rq, &s, &d, err) ||
	    !sheet_read(rq, &s, &sheet, err))
		return false;
	sheet.title = s.name;
	sheet.language = d.language;
	sheet.rtl = wording_is_rtl(d.language);
	if (!sheet_write(rq->arena, &sheet, &rp->body, err))
		return false;
	rp->content_type = "text/html; charset=utf-8";
	reply_header(rq, rp, "Content-Security-Policy",
	             str_printf(rq->arena,
	                        "default-src 'none'; style-src 'nonce-%.*s'; base-uri 'none'; "
	                        "form-action 'none'; frame-ancestors 'none'",
	                        STR_FMT(sheet.style_nonce)));
	return true;
}

const struct route print_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/surveys/{survey}/mail-block",
	  .operation = "getMailBlock",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = mail_read },
	{ .method = "POST",
	  .path = "/api/v1/surveys/{survey}/sheet",
	  .operation = "makeSheet",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .body_max = SHEET_BODY_MAX,
	  .read = sheet_make },
};
const size_t print_route_count = sizeof print_routes / sizeof print_routes[0];

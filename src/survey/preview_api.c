/* survey/preview_api.c - what a respondent would see of a definition that is still being written, and Heed's own words. Nothing
 * is stored. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey_api.h"

#include "account/reply_json.h"
#include "base/b64.h"
#include "survey/brand.h"
#include "survey/definition.h"
#include "survey/language.h"
#include "survey/page.h"
#include "survey/named.h"
#include "survey/survey_json.h"
#include "survey/wording.h"

#define BODY_MAX   (DEFINITION_BYTES_MAX + 8192u)
#define NONCE_MAX  64
#define PER_MINUTE 600

struct preview {
	struct definition definition;
	Str language, nonce;
	enum page_step step;
	enum score_group group;
};

static bool step_read(JsonRef ref, enum page_step *out, struct err *err)
{
	static const char *const names[] = {
		[PAGE_ASKS] = "ask", [PAGE_FOLLOWS_UP] = "follow_up", [PAGE_THANKS] = "thanks"
	};
	Str name;
	if (!json_read_text(ref, 32, &name, err))
		return false;
	for (int i = 0; i < 3; i++)
		if (str_eq(name, str_of(names[i]))) {
			*out = (enum page_step)i;
			return true;
		}
	return err_at(err, ERR_INVALID, ref.path, "must be ask, follow_up or thanks");
}

static bool group_read(JsonRef ref, enum score_group *out, struct err *err)
{
	Str name = STR("promoters");
	return json_read_text_if_given(ref, 32, &name, err) &&
	       (score_group_find(name, out) ||
	        err_at(err, ERR_INVALID, ref.path, "must be promoters, passives or detractors"));
}

/* It goes into an attribute and into a policy's reach: nothing but what a nonce is made of. */
static bool nonce_read(struct arena *a, JsonRef ref, Str *out, struct err *err)
{
	*out = b64_random(a, 18);
	if (!json_read_text_if_given(ref, NONCE_MAX, out, err))
		return false;
	for (size_t i = 0; i < out->len; i++) {
		char c = out->at[i];
		bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		            (c >= '0' && c <= '9') || c == '+' || c == '/' || c == '-' ||
		            c == '_' || c == '=';
		if (!good)
			return err_at(err, ERR_INVALID, ref.path, "must be letters and digits");
	}
	return true;
}

static bool preview_parse(struct request *rq, struct preview *out, struct err *err)
{
	static const char *const names[] = { "definition", "language", "step",
		                             "group",      "nonce",    NULL };
	JsonRef body, definition;
	if (!json_read(rq->arena, rq->body, &body, err) || !json_read_only(body, names, err))
		return false;
	definition = json_read_member(body, "definition");
	return json_read_dict(definition, err) &&
	       definition_read(rq->arena, definition, &out->definition, err) &&
	       json_read_text_if_given(json_read_member(body, "language"), LANGUAGE_TAG_MAX,
	                               &out->language, err) &&
	       step_read(json_read_member(body, "step"), &out->step, err) &&
	       group_read(json_read_member(body, "group"), &out->group, err) &&
	       nonce_read(rq->arena, json_read_member(body, "nonce"), &out->nonce, err);
}

static int score_for(const struct preview *p)
{
	static const int scores[GROUP_COUNT] = {
		[GROUP_DETRACTORS] = 3, [GROUP_PASSIVES] = 8, [GROUP_PROMOTERS] = 10
	};
	return p->step == PAGE_ASKS ? PAGE_NO_SCORE : scores[p->group];
}

static bool render(struct request *rq, const struct preview *p, Str language,
                   const struct brand *brand, struct buf *html, struct err *err)
{
	const struct survey_room *room = rq->room;
	struct page_look look = *room->look;
	look.script = (Str){ 0 };
	struct page page = {
		.look = &look,
		.style_nonce = p->nonce,
		.language = language,
		.brand = { brand->name, brand->colour,
		           brand_logo_path(rq->arena, rq->caller.workspace, brand) },
	};
	struct page_form form = { .action = STR("#"), .step = p->step };
	struct page_answer answer = { .score = score_for(p) };
	if (!page_write_form(rq->arena, &page, &p->definition, &form, &answer, html, err))
		return false;
	return !html->overflowed || err_set(err, ERR_TOO_LARGE, "the page would be too large");
}

static bool preview_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct preview p = { 0 };
	struct survey s;
	struct brand brand;
	struct language_preferences languages = { 0 };
	struct buf *html = buf_in(rq->arena, PAGE_BYTES_MAX);
	if (!survey_named(rq, &s, err) || !preview_parse(rq, &p, err) ||
	    !brand_find(rq->db, rq->arena, rq->caller.workspace, s.brand_id, &brand, err))
		return false;
	language_prefer(&languages, p.language);
	Str language = language_pick(&p.definition, &languages);
	if (!render(rq, &p, language, &brand, html, err))
		return false;
	json_put_dict(w);
	json_put_key_text(w, "language", language);
	json_put_key_text(w, "html", buf_str(html));
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static void put_by_group(struct json_writer *w, const char *key, Str all, Str promoter, Str passive,
                         Str detractor)
{
	json_put_key(w, str_of(key));
	json_put_dict(w);
	if (all.at)
		json_put_key_text(w, "all", all);
	json_put_key_text(w, "promoters", promoter);
	json_put_key_text(w, "passives", passive);
	json_put_key_text(w, "detractors", detractor);
	json_put_dict_end(w);
}

static void put_wording(struct json_writer *w, const struct wording *words)
{
	json_put_dict(w);
	json_put_key_text(w, "language", words->code);
	json_put_key_text(w, "question", words->question);
	json_put_key_text(w, "low_label", words->low);
	json_put_key_text(w, "high_label", words->high);
	put_by_group(w, "follow_up", words->reason, words->promoter, words->passive,
	             words->detractor);
	put_by_group(w, "thanks", (Str){ 0 }, words->thanks_promoter, words->thanks_passive,
	             words->thanks_detractor);
	json_put_dict_end(w);
}

static bool wordings_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key(w, STR("wordings"));
	json_put_list(w);
	for (size_t i = 0; i < WORDING_COUNT; i++)
		put_wording(w, wording_at(i));
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route preview_routes[] = {
	{ .method = "POST",
	  .path = "/api/v1/surveys/{survey}/preview",
	  .operation = "previewSurvey",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_READ,
	  .body_max = BODY_MAX,
	  .per_minute = PER_MINUTE,
	  .limit = "preview",
	  .read = preview_read },
	{ .method = "GET",
	  .path = "/api/v1/wordings",
	  .operation = "listWordings",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = wordings_read },
};
const size_t preview_route_count = sizeof preview_routes / sizeof preview_routes[0];

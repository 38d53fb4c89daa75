/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/page_widget.h"

#include "account/reply_json.h"
#include "base/asset.h"
#include "base/b64.h"
#include "base/template.h"
#include "feedback/page_number.h"
#include "net/asset_reply.h"
#include "survey/colour.h"
#include "survey/identity_secret.h"
#include "survey/page_text.h"

#define CLAIM_EXPIRES_MAX 20
#define SAMPLE_MAX        ((size_t)16 << 10)
#define SAMPLE_NONCE      16

void page_widget_open(struct request *rq, struct reply *rp)
{
	reply_header(rq, rp, "Access-Control-Allow-Origin", STR("*"));
}

static void put_texts(struct json_writer *w, const char *name, const Str *texts, size_t count)
{
	json_put_key(w, str_of(name));
	json_put_list(w);
	for (size_t i = 0; i < count; i++)
		json_put_text(w, texts[i]);
	json_put_list_end(w);
}

static void put_choices(struct json_writer *w, const struct definition_question *q,
                        const Str *labels)
{
	json_put_key(w, STR("choices"));
	json_put_list(w);
	for (size_t i = 0; q->kind == QUESTION_CHOICE && i < q->choice_count; i++) {
		json_put_list(w);
		json_put_text(w, q->choices[i].key);
		json_put_text(w, labels[i]);
		json_put_list_end(w);
	}
	json_put_list_end(w);
}

static void put_questions(struct request *rq, struct json_writer *w, const struct definition *d,
                          const struct page_words *words)
{
	json_put_key(w, STR("questions"));
	json_put_list(w);
	for (size_t i = 0; i < d->question_count; i++) {
		const struct definition_question *q = &d->questions[i];
		json_put_dict(w);
		json_put_key_text(w, "name", str_printf(rq->arena, "a_%.*s", STR_FMT(q->key)));
		json_put_key_text(w, "text", words->question_text[i]);
		json_put_key_bool(w, "must", q->required);
		json_put_key(w, STR("groups"));
		json_put_list(w);
		for (int g = 0; g < GROUP_COUNT; g++)
			json_put_bool(w, q->groups[g]);
		json_put_list_end(w);
		put_choices(w, q, words->choice_text[i]);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

static Str hex(struct arena *a, struct colour c)
{
	return str_printf(a, "#%02x%02x%02x", c.red, c.green, c.blue);
}

static void put_brand(struct request *rq, struct json_writer *w, const struct brand *brand)
{
	struct colour colour;
	if (!colour_parse(brand->colour, &colour))
		(void)colour_parse(BRAND_COLOUR_DEFAULT, &colour);
	json_put_key_text(w, "brand", brand->name);
	json_put_key_text(w, "colour", hex(rq->arena, colour));
	json_put_key_text(w, "on", hex(rq->arena, colour_readable_on(colour)));
}

/* Under the thanks of each group: text and address, or null. */
static void put_buttons(struct json_writer *w, const struct definition *d,
                        const struct page_words *words)
{
	json_put_key(w, STR("buttons"));
	json_put_list(w);
	for (int g = 0; g < GROUP_COUNT; g++) {
		if (!words->button[g].at) {
			json_put_null(w);
			continue;
		}
		json_put_list(w);
		json_put_text(w, words->button[g]);
		json_put_text(w, d->buttons[g].url);
		json_put_list_end(w);
	}
	json_put_list_end(w);
}

static void put_words(struct request *rq, struct json_writer *w, const struct definition *d,
                      const struct page_words *words)
{
	json_put_key_text(w, "title", words->title);
	json_put_key_text(w, "question", words->question);
	json_put_key_text(w, "low", words->low);
	json_put_key_text(w, "high", words->high);
	put_texts(w, "follow_up", words->follow_up, words->follow_up_one ? 1 : GROUP_COUNT);
	put_texts(w, "thanks", words->thanks, GROUP_COUNT);
	json_put_key_bool(w, "required", d->follow_up_required);
	json_put_key_text(w, "once", words->built_in->ask_once_more);
	json_put_key_text(w, "open", words->built_in->question_open);
	json_put_key_text(w, "send", words->built_in->send);
	json_put_key_text(w, "close", words->built_in->close);
	json_put_key_text(w, "change", words->built_in->change);
	json_put_key_text(w, "unsent", words->built_in->unsent);
	json_put_key_text(w, "over", words->built_in->closed_title);
	json_put_key_text(w, "over_text", words->built_in->closed_text);
	put_buttons(w, d, words);
	put_questions(rq, w, d, words);
}

static bool reply_survey(struct request *rq, struct reply *rp, const struct page_target *target,
                         Str language, struct err *err)
{
	struct page_words words;
	struct json_writer *w = reply_json(rq);
	page_words_find(rq->arena, &target->definition, language, target->brand.name, &words);
	json_put_dict(w);
	json_put_key_text(w, "n", page_number_make(rq->arena, rq->now));
	json_put_key_i64(w, "v", target->version);
	json_put_key_text(w, "lang", language);
	json_put_key_text(w, "dir", words.rtl ? STR("rtl") : STR("ltr"));
	put_brand(rq, w, &target->brand);
	put_words(rq, w, &target->definition, &words);
	json_put_dict_end(w);
	page_widget_open(rq, rp);
	return reply_json_end(w, rp, 200, err);
}

bool page_widget_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct page_target target;
	struct language_preferences languages;
	if (!page_target_find(rq, PAGE_DOOR_PUBLIC, 0, &target, err) ||
	    !page_target_languages(rq, &target, &languages, err))
		return false;
	if (target.refused)
		return err_set(err, target.notice == PAGE_NOTICE_UNKNOWN ? ERR_NOT_FOUND : ERR_GONE,
		               "this survey takes no answers");
	return reply_survey(rq, rp, &target, language_pick(&target.definition, &languages), err);
}

/* The status says it all; what the page cannot read it cannot tell from a dead network. */
void page_widget_fail(struct request *rq, struct reply *rp, const struct err *err)
{
	(void)err;
	rp->body = STR("{}");
	page_widget_open(rq, rp);
}

bool page_widget_script_read(struct request *rq, struct reply *rp, struct err *err)
{
	const struct asset *script = asset_find(STR("widget/w.js"));
	if (!script)
		return err_set(err, ERR_INTERNAL, "the program was built without its widget");
	/* Its address never changes, so a new one is to be seen within the hour; pages of other origins load it. */
	asset_reply_kept(rq, rp, script, STR("public, max-age=3600"));
	reply_header(rq, rp, "Cross-Origin-Resource-Policy", STR("cross-origin"));
	page_widget_open(rq, rp);
	return true;
}

static bool sample_render(struct request *rq, Str nonce, struct buf *out, struct err *err)
{
	const struct asset *source = asset_find(STR("share/sample.html"));
	const struct template *template;
	struct template_dict *d = template_dict_new(rq->arena);
	Str theme = request_query(rq, "theme"), lang = request_query(rq, "lang");
	if (!source)
		return err_set(err, ERR_INTERNAL, "the program was built without its sample page");
	template_set(d, "slug", request_param(rq, "slug"));
	template_set(d, "style_nonce", nonce);
	template_set(d, "lang", language_is_tag(lang) ? lang : STR("en"));
	template_set(d, "theme", theme.len < LANGUAGE_TAG_MAX ? theme : STR(""));
	template_set_bool(d, "inline", str_eq(request_query(rq, "mode"), STR("inline")));
	template_set_bool(d, "left", str_eq(request_query(rq, "position"), STR("left")));
	return template_parse(rq->arena, source->bytes, &template, err) &&
	       template_render(template, d, out, err);
}

bool page_widget_sample_read(struct request *rq, struct reply *rp, struct err *err)
{
	Str nonce = b64_random(rq->arena, SAMPLE_NONCE);
	struct buf *out = buf_in(rq->arena, SAMPLE_MAX);
	if (!survey_slug_is_valid(request_param(rq, "slug")))
		return err_set(err, ERR_NOT_FOUND, "there is no such survey");
	if (!sample_render(rq, nonce, out, err))
		return false;
	reply_header(rq, rp, "Content-Security-Policy",
	             str_printf(rq->arena,
	                        "default-src 'none'; script-src 'self'; connect-src 'self'; "
	                        "style-src 'nonce-%.*s'; img-src data:; base-uri 'none'; "
	                        "form-action 'none'; frame-ancestors 'self'",
	                        STR_FMT(nonce)));
	reply_header(rq, rp, "X-Robots-Tag", STR("noindex"));
	rp->content_type = "text/html; charset=utf-8";
	rp->body = buf_str(out);
	return true;
}

bool page_widget_identify(struct request *rq, const struct form *form, struct page_take *take,
                          struct err *err)
{
	struct identity_claim claim = {
		.person = form_find(form, "person"),
		.expires = form_find(form, "expires"),
		.signature = form_find(form, "signature"),
	};
	struct identity_secret secrets[2];
	if (take->target.door != PAGE_DOOR_PUBLIC || !claim.person.len)
		return true;
	take->claims = true;
	if (claim.expires.len > CLAIM_EXPIRES_MAX)
		claim.expires = STR("");
	if (!identity_secret_find(rq->db, rq->arena, take->target.survey.workspace, secrets, err))
		return false;
	if (!identity_claim_holds(secrets, &claim, rq->now, &take->claim_fault))
		return true;
	struct person_input who = { .external_id = claim.person };
	return person_ref_check(rq->arena, &who, &take->capture.who, err);
}

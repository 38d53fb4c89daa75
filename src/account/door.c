/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/door.h"

#include <inttypes.h>
#include <string.h>

#include "base/asset.h"
#include "base/b64.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/language.h"

#define PAGE_MAX  ((size_t)64 << 10)
#define NEXT_MAX  2000
#define NONCE_RAW ((size_t)18)

enum door_language door_language(const struct request *rq)
{
	struct language_preferences wishes = { .count = 0 };
	language_prefer_header(&wishes, request_header(rq, "Accept-Language"));
	for (size_t i = 0; i < wishes.count; i++) {
		Str tag = wishes.tags[i], main = str_slice(tag, 0, 2);
		if (tag.len > 2 && tag.at[2] != '-')
			continue;
		if (str_eq_ignoring_ascii_case(main, STR("de")))
			return DOOR_GERMAN;
		if (str_eq_ignoring_ascii_case(main, STR("en")))
			return DOOR_ENGLISH;
	}
	return DOOR_ENGLISH;
}

Str door_own_path(Str next)
{
	bool fine = next.len > 0 && next.len <= NEXT_MAX && next.at[0] == '/' &&
	            (next.len == 1 || (next.at[1] != '/' && next.at[1] != '\\'));
	for (size_t i = 0; fine && i < next.len; i++)
		fine = (unsigned char)next.at[i] > 0x20 && next.at[i] != 0x7f;
	return fine ? next : STR("/");
}

struct template_dict *door_begin(struct request *rq, const char *title)
{
	enum door_language language = door_language(rq);
	struct template_dict *d = template_dict_new(rq->arena);
	const struct asset *css = asset_find(STR("pages/login.css"));
	MUST(css != NULL);
	door_words_set(d, language);
	template_set(d, "css", css->bytes);
	template_set(d, "language", language == DOOR_GERMAN ? STR("de") : STR("en"));
	template_set(d, "title", door_text(language, title));
	return d;
}

static void headers(struct request *rq, struct reply *rp, Str style_nonce)
{
	reply_header(rq, rp, "Content-Security-Policy",
	             str_printf(rq->arena,
	                        "default-src 'none'; style-src 'nonce-%.*s'; img-src data:; "
	                        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	                        STR_FMT(style_nonce)));
	reply_header(rq, rp, "Cache-Control", STR("no-store"));
	reply_header(rq, rp, "Referrer-Policy", STR("no-referrer"));
	reply_header(rq, rp, "X-Robots-Tag", STR("noindex"));
	reply_header(rq, rp, "Vary", STR("Accept-Language"));
	rp->content_type = "text/html; charset=utf-8";
}

/* What stands around all of these pages. */
static bool frame_render(struct request *rq, struct template_dict *d, Str content, struct buf *out,
                         struct err *err)
{
	const struct asset *source = asset_find(STR("pages/door.html"));
	const struct template *frame;
	MUST(source != NULL);
	template_set(d, "content", content);
	return template_parse(rq->arena, source->bytes, &frame, err) &&
	       template_render(frame, d, out, err);
}

bool door_end(struct request *rq, struct reply *rp, const struct template *page,
              struct template_dict *d, int status, struct err *err)
{
	struct buf *content = buf_in(rq->arena, PAGE_MAX), *buf = buf_in(rq->arena, PAGE_MAX);
	Str style_nonce = b64_random(rq->arena, NONCE_RAW);
	template_set(d, "style_nonce", style_nonce);
	if (!template_render(page, d, content, err) ||
	    !frame_render(rq, d, buf_str(content), buf, err))
		return false;
	headers(rq, rp, style_nonce);
	rp->status = status;
	rp->body = buf_str(buf);
	return true;
}

bool account_lost_page(void *context, struct request *rq, struct reply *rp)
{
	const struct account *account = context;
	struct err ignored;
	return door_end(rq, rp, account->lost_page, door_begin(rq, "t_lost"), 404, &ignored);
}

static Str wait_sentence(struct request *rq, enum door_language language)
{
	int64_t seconds = (rq->wait_us + CLOCK_SECOND - 1) / CLOCK_SECOND;
	bool short_one = seconds <= 90;
	Str text = door_text(language, short_one ? "wait_seconds" : "wait_minutes");
	size_t at = str_find_char(text, '#', 0);
	MUST(at != SIZE_MAX);
	return str_printf(rq->arena, "%.*s%" PRId64 "%.*s", (int)at, text.at,
	                  short_one ? seconds : (seconds + 59) / 60,
	                  STR_FMT(str_from(text, at + 1)));
}

/* What our inside has to say stays in the log. */
Str door_sentence(struct request *rq, const struct err *err)
{
	enum door_language language = door_language(rq);
	bool at_code = strcmp(err->path, "/code") == 0,
	     at_password = strcmp(err->path, "/password") == 0;
	bool at_email = strcmp(err->path, "/email") == 0,
	     at_workspace = strcmp(err->path, "/workspace") == 0,
	     at_name = strcmp(err->path, "/name") == 0;
	switch (err->kind) {
	case ERR_IO:
	case ERR_CORRUPT:
	case ERR_INTERNAL:
		return door_text(language, "not_now");
	case ERR_UNAUTHENTICATED:
		return door_text(language, at_code ? "wrong_code" : "wrong");
	case ERR_TOO_MANY:
		return rq->wait_us ? wait_sentence(rq, language) : door_text(language, "too_many");
	case ERR_BUSY:
	case ERR_LOADING:
		return door_text(language, "busy");
	case ERR_INVALID:
		if (at_password)
			return door_text(language, "password_rule");
		if (at_workspace || at_name)
			return door_text(language, at_name ? "name_rule" : "workspace_rule");
		return at_email ? door_text(language, "email_rule") : str_of(err->msg);
	case ERR_GONE:
		return language == DOOR_ENGLISH ? str_of(err->msg)
		                                : door_text(language, "over_sentence");
	case ERR_NONE:
	case ERR_MALFORMED:
	case ERR_DENIED:
	case ERR_NOT_FOUND:
	case ERR_CONFLICT:
	case ERR_TOO_LARGE:
		break;
	}
	return str_of(err->msg);
}

/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/capture.h"

#include "base/fold.h"
#include "base/utf8.h"
#include "stats/nps.h"
#include "survey/survey.h"

#define LANGUAGE_MAX 35
#define WORD_MAX     64

static bool text_check(Str text, size_t max, const char *path, struct err *err)
{
	if (text.len > max)
		return err_at(err, ERR_INVALID, path, "is longer than %zu bytes", max);
	if (!utf8_is_valid(text) || str_find_char(text, '\0', 0) != SIZE_MAX)
		return err_at(err, ERR_INVALID, path, "must be UTF-8 without U+0000");
	return true;
}

bool capture_check(struct arena *a, struct capture_input *in, struct err *err)
{
	if (in->score != SCORE_NONE && (in->score < 0 || in->score > NPS_SCORE_MAX))
		return err_at(err, ERR_INVALID, "/score", "must be between 0 and 10");
	if (!text_check(in->comment, RESPONSE_COMMENT_MAX, "/comment", err) ||
	    !text_check(in->language, LANGUAGE_MAX, "/language", err) ||
	    !text_check(in->channel, WORD_MAX, "/channel", err) ||
	    !text_check(in->source, PERSON_TEXT_MAX, "/source", err) ||
	    !text_check(in->capture_key, CAPTURE_KEY_MAX, "/capture_key", err) ||
	    !text_check(in->survey_slug, SURVEY_SLUG_MAX, "/survey", err))
		return false;
	if (in->comment.at) {
		in->comment = str_trim(in->comment);
		in->comment_folded = fold_text(a, in->comment);
	}
	return true;
}

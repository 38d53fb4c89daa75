/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/sight.h"

#include "account/workspace.h"

bool sight_words(struct db *db, struct arena *a, int64_t workspace, const struct mask_words **out,
                 struct err *err)
{
	struct workspace w;
	if (!workspace_find(db, workspace, a, &w, err))
		return false;
	*out = mask_words_of(w.settings.language_count ? w.settings.languages[0] : STR("en"));
	return true;
}

bool sight_of(struct request *rq, struct sight *out, struct err *err)
{
	struct sight sight = { .names = rq->caller.sees_names };
	if (rq->caller.sees_masked &&
	    !sight_words(rq->db, rq->arena, rq->caller.workspace, &sight.masks, err))
		return false;
	*out = sight;
	return true;
}

Str sight_text_keeping(const struct sight *s, struct arena *a, Str text, struct mask_span *spans,
                       size_t count)
{
	return s->masks && text.at ? mask_personal(a, text, s->masks, spans, count) : text;
}

Str sight_text(const struct sight *s, struct arena *a, Str text)
{
	return sight_text_keeping(s, a, text, NULL, 0);
}

/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/action.h"

#include <inttypes.h>

#include "account/audit.h"
#include "feedback/event.h"
#include "feedback/scope.h"

static const char *const names[] = {
#define ACTION_NAME(action, name) [action] = name,
	ACTIONS(ACTION_NAME)
#undef ACTION_NAME
};

const char *action_name(enum action action)
{
	return names[action];
}

bool action_parse(Str name, const char *path, enum action *out, struct err *err)
{
	for (int i = 0; i < ACTION_COUNT; i++)
		if (str_eq(name, str_of(names[i]))) {
			*out = (enum action)i;
			return true;
		}
	return err_at(err, ERR_INVALID, path,
	              "must be exclude, include, test, delete, restore, purge, tag, untag, star or "
	              "unstar");
}

static bool correct(struct db_tx *tx, const struct action_input *in, enum correction_kind what,
                    struct response *r, bool *changed, struct err *err)
{
	struct correction c = {
		.what = what,
		.from = in->from,
		.reason = in->reason,
		.actor = in->caller->name,
	};
	*changed = false;
	/* What is in the bin is restored first. */
	if (r->state == RESPONSE_DELETED && what != CORRECTION_RESTORE)
		return true;
	return correction_make(tx, &c, r, changed, err);
}

static bool star(struct db_tx *tx, const struct action_input *in, const struct response *r,
                 bool starred, bool *changed, struct err *err)
{
	*changed = r->starred != starred;
	if (!*changed)
		return true;
	return response_set_star(tx, r->id, starred, err) &&
	       event_add(tx, r->id, in->caller->name, starred ? EVENT_STARRED : EVENT_UNSTARRED,
	                 (Str){ 0 }, err);
}

static bool tag(struct db_tx *tx, const struct action_input *in, const struct tag *tag,
                const struct response *r, bool *changed, struct err *err)
{
	bool gives = in->what == ACTION_TAG;
	*changed = false;
	if (!tag->id)
		return true;
	if (!(gives ? tag_give : tag_take)(tx, r->id, tag->id, changed, err))
		return false;
	return !*changed || event_add(tx, r->id, in->caller->name,
	                              gives ? EVENT_TAGGED : EVENT_UNTAGGED, tag->name, err);
}

static bool purge(struct db_tx *tx, const struct response *r, bool *changed, struct err *err)
{
	*changed = r->state == RESPONSE_DELETED;
	return !*changed || response_remove(tx, r->id, err);
}

static bool act(struct db_tx *tx, const struct action_input *in, const struct tag *of,
                struct response *r, bool *changed, struct err *err)
{
	switch (in->what) {
	case ACTION_EXCLUDE:
		return correct(tx, in, CORRECTION_EXCLUDE, r, changed, err);
	case ACTION_INCLUDE:
		return correct(tx, in, CORRECTION_INCLUDE, r, changed, err);
	case ACTION_TEST:
		return correct(tx, in, CORRECTION_TEST, r, changed, err);
	case ACTION_DELETE:
		return correct(tx, in, CORRECTION_DELETE, r, changed, err);
	case ACTION_RESTORE:
		return correct(tx, in, CORRECTION_RESTORE, r, changed, err);
	case ACTION_PURGE:
		return purge(tx, r, changed, err);
	case ACTION_TAG:
	case ACTION_UNTAG:
		return tag(tx, in, of, r, changed, err);
	case ACTION_STAR:
		return star(tx, in, r, true, changed, err);
	case ACTION_UNSTAR:
		return star(tx, in, r, false, changed, err);
	case ACTION_COUNT:
		break;
	}
	return err_set(err, ERR_INTERNAL, "an action without a name");
}

/* Tags and stars are seen in the answer's own past; what moves a figure is for the audit log too. */
static bool audit(struct db_tx *tx, const struct action_input *in, struct err *err)
{
	if (in->changed_count == 0 || in->what >= ACTION_TAG)
		return true;
	Str subject = in->changed_count == 1
	                  ? str_printf(tx->arena, "%" PRId64, in->changed[0])
	                  : str_printf(tx->arena, "%zu answers", in->changed_count);
	return audit_write(tx, in->caller->name,
	                   str_printf(tx->arena, "response.%s", action_name(in->what)), subject,
	                   in->reason.at ? in->reason : STR(""), err);
}

static bool tag_of(struct db_tx *tx, struct action_input *in, struct tag *out, struct err *err)
{
	if (in->what == ACTION_TAG) {
		if (!tag_upsert(tx, &in->tag, out, err))
			return false;
	} else if (in->what == ACTION_UNTAG) {
		if (!tag_find_by_name(tx->db, tx->workspace, in->tag.folded, &out->id, err) ||
		    (out->id && !tag_find(tx->db, tx->arena, tx->workspace, out->id, out, err)))
			return false;
	}
	in->tag_shown = str_copy(in->arena, out->id ? out->name : in->tag.text);
	return true;
}

static bool act_on(struct db_tx *tx, struct action_input *in, const struct team_scope *scope,
                   const struct tag *of, int64_t id, struct err *err)
{
	struct response r;
	bool taken, changed;
	if (!response_find(tx->db, tx->arena, tx->workspace, id, &r, err)) {
		if (err->kind != ERR_NOT_FOUND)
			return false;
		in->missing++;
		return true;
	}
	if (!scope_takes(scope, tx->arena, &r, &taken, err))
		return false;
	if (!taken) {
		in->missing++;
		return true;
	}
	if (!act(tx, in, of, &r, &changed, err))
		return false;
	if (changed)
		in->changed[in->changed_count++] = id;
	else
		in->same++;
	return true;
}

bool action_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct action_input *in = input;
	struct team_scope scope;
	struct tag of = { 0 };
	in->changed = ARENA_ARRAY(in->arena, int64_t, in->count + 1);
	in->changed_count = in->same = in->missing = 0;
	if (!team_scope_load(tx->db, tx->arena, in->caller, &scope, err) ||
	    !tag_of(tx, in, &of, err))
		return false;
	for (size_t i = 0; i < in->count; i++)
		if (!act_on(tx, in, &scope, &of, in->ids[i], err))
			return false;
	if (in->explicit_ids && in->missing == in->count)
		return err_set(err, ERR_NOT_FOUND, "there is none of these answers");
	return audit(tx, in, err);
}

/* account/profile_api.c - what a user sees and changes of their own: name, language, password, sessions. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/account_api.h"

#include "account/agent.h"
#include "account/audit.h"
#include "account/device.h"
#include "account/password.h"
#include "account/reply_json.h"
#include "account/session.h"
#include "account/sign_in.h"
#include "account/throttle.h"
#include "account/user.h"
#include "base/clock.h"
#include "base/language.h"
#include "base/zone.h"

/* Name, language, time zone */

struct profile {
	int64_t user;
	JsonRef name, language,
	    time_zone; /* absent stays; a null language or zone is none of one's own */
	Str typed_name, typed_language, typed_zone;
};

static bool text_or_null(JsonRef ref, size_t max, Str *out, struct err *err)
{
	return json_read_kind(ref) == JSON_NULL_VALUE ||
	       json_read_text_if_given(ref, max, out, err);
}

static bool profile_check(struct arena *a, struct profile *in, struct err *err)
{
	const struct zone *zone;
	in->typed_name = str_trim(in->typed_name);
	if (!user_name_check(in->typed_name, err))
		return false;
	if (in->typed_language.at && !language_is_tag(in->typed_language))
		return err_at(err, ERR_INVALID, "/language", "must be a language such as en or de");
	if (in->typed_zone.at && !zone_load(a, in->typed_zone, &zone, err))
		return err_at(err, ERR_INVALID, "/time_zone",
		              "must be the name of a time zone such as Europe/Berlin");
	return true;
}

bool me_patch_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "name", "language", "time_zone", NULL };
	struct profile *in = ARENA_NEW(rq->arena, struct profile);
	JsonRef body;
	if (!json_read(rq->arena, rq->body, &body, err) || !json_read_dict(body, err) ||
	    !json_read_only(body, names, err))
		return false;
	in->user = rq->caller.user;
	in->name = json_read_member(body, "name");
	in->language = json_read_member(body, "language");
	in->time_zone = json_read_member(body, "time_zone");
	rq->input = in;
	return json_read_text_if_given(in->name, USER_NAME_MAX, &in->typed_name, err) &&
	       text_or_null(in->language, LANGUAGE_TAG_MAX, &in->typed_language, err) &&
	       text_or_null(in->time_zone, 64, &in->typed_zone, err) &&
	       profile_check(rq->arena, in, err);
}

bool me_patch_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct profile *in = input;
	struct user user;
	if (!user_find(tx->db, in->user, tx->arena, &user, err))
		return false;
	if (in->typed_name.at)
		user.name = in->typed_name;
	if (json_read_kind(in->language) != JSON_ABSENT)
		user.language = in->typed_language;
	if (json_read_kind(in->time_zone) != JSON_ABSENT)
		user.time_zone = in->typed_zone;
	tx_changed(tx, CHANGE_MEMBER, user.id);
	return user_set_profile(tx, &user, err);
}

bool me_patch_reply(struct request *rq, struct reply *rp, struct err *err)
{
	return reply_nothing(rq, rp, err);
}

/* One's own password */

struct new_password {
	struct user user; /* as prepare saw it */
	Str hash, session, actor;
};

/* The old password, unless there is none: who came by a link has none yet. */
static bool old_fits(struct request *rq, const struct user *user, Str old, struct err *err)
{
	struct account *account = rq->room;
	struct attempt attempt = { .address = sign_in_place(rq) };
	Str email;
	bool matches;
	int64_t wait;
	if (!user->password_hash.at)
		return true;
	if (!user_email(rq->arena, user->email, &email, &attempt.account, err) ||
	    !device_known(account, rq, user->id, &attempt.device, err))
		return false;
	if (!throttle_take(account->throttle, &attempt, clock_monotonic(), &wait)) {
		rq->wait_us = wait;
		return err_set(err, ERR_TOO_MANY, "Too many wrong tries. Try again in a moment.");
	}
	if (!password_verify(account, user->password_hash, old, &matches, err))
		return false;
	if (!matches)
		return err_at(err, ERR_INVALID, "/old", "This is not your password so far.");
	throttle_forget(account->throttle, &attempt);
	return true;
}

bool password_put_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "old", "new", NULL };
	struct new_password *in = ARENA_NEW(rq->arena, struct new_password);
	JsonRef body;
	Str old = { NULL, 0 }, new;
	if (!json_read(rq->arena, rq->body, &body, err) || !json_read_dict(body, err) ||
	    !json_read_only(body, names, err) ||
	    !json_read_text_if_given(json_read_member(body, "old"), PASSWORD_MAX, &old, err) ||
	    !json_read_text(json_read_member(body, "new"), PASSWORD_MAX, &new, err) ||
	    !user_find(rq->db, rq->caller.user, rq->arena, &in->user, err))
		return false;
	if (!password_check(new, err))
		return err_at(err, ERR_INVALID, "/new", "%s", err->msg);
	if (!old_fits(rq, &in->user, old, err) ||
	    !password_hash(rq->room, rq->arena, new, &in->hash, err))
		return false;
	in->session = rq->caller.session;
	in->actor = rq->caller.name;
	rq->input = in;
	return true;
}

bool password_put_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct new_password *in = input;
	struct user now;
	if (!user_find(tx->db, in->user.id, tx->arena, &now, err))
		return false;
	if (!str_eq(now.password_hash, in->user.password_hash))
		return err_at(
		    err, ERR_CONFLICT, "/old",
		    "The password was changed meanwhile; type the new one as the old one.");
	return user_change_password(tx, in->user.id, in->hash, in->session, err) &&
	       audit_write(tx, in->actor, STR("user.password"), in->user.email, STR(""), err);
}

bool password_put_reply(struct request *rq, struct reply *rp, struct err *err)
{
	return reply_nothing(rq, rp, err);
}

/* Sessions */

static void put_session(struct json_writer *w, const struct session_row *row, Str own)
{
	struct agent_names names = agent_names(row->agent);
	json_put_dict(w);
	json_put_key_id(w, "id", row->id);
	json_put_key_text(w, "browser", names.browser);
	json_put_key_text(w, "system", names.machine);
	json_put_key_text(w, "address", row->address);
	json_put_key_time(w, "since", row->created_at);
	json_put_key_time(w, "seen_at", row->seen_at);
	json_put_key_bool(w, "current", str_eq(row->hash, own));
	json_put_dict_end(w);
}

bool sessions_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct session_row *rows;
	size_t count;
	if (!session_list(rq->db, rq->caller.user, rq->now, rq->arena, &rows, &count, err))
		return false;
	json_put_dict(w);
	json_put_key(w, STR("sessions"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++)
		put_session(w, &rows[i], rq->caller.session);
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

struct sessions_end {
	int64_t user, id; /* 0: all but `own` */
	Str own, actor;
};

bool session_end_prepare(struct request *rq, struct err *err)
{
	struct sessions_end *in = ARENA_NEW(rq->arena, struct sessions_end);
	*in = (struct sessions_end){ rq->caller.user, 0, rq->caller.session, rq->caller.name };
	rq->input = in;
	return !request_param(rq, "session").at || request_param_id(rq, "session", &in->id, err);
}

bool session_end_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct sessions_end *in = input;
	bool ok = in->id ? session_end_by_id(tx, in->user, in->id, err)
	                 : session_end_others(tx, in->user, in->own, err);
	return ok && audit_write(tx, in->actor, STR("session.delete"), in->actor,
	                         in->id ? STR("one") : STR("all others"), err);
}

bool session_end_reply(struct request *rq, struct reply *rp, struct err *err)
{
	return reply_nothing(rq, rp, err);
}

/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/account.h"

#include <stdlib.h>
#include <string.h>

#include "account/api_key.h"
#include "account/session.h"
#include "account/user.h"
#include "account/workspace.h"
#include "base/die.h"
#include "db/store.h"

static bool by_key(struct request *rq, Str bearer, struct caller *caller, struct err *err)
{
	struct api_key key;
	int64_t workspace;
	Str hash;
	bool found = false;
	if (api_key_parse(rq->arena, bearer, &workspace, &hash) &&
	    !api_key_find(rq->db, workspace, hash, rq->arena, &key, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_UNAUTHENTICATED, "this API key is unknown or revoked");
	*caller = (struct caller){
		.workspace = workspace,
		.key = key.id,
		.scope = key.scope,
		.sees_names = key.scope != SCOPE_TRACK,
		.sees_masked = key.sees_masked,
		.name = str_printf(rq->arena, "key %.*s", STR_FMT(key.name)),
	};
	return true;
}

struct seen_unit {
	struct unit unit;
	struct session_seen seen;
	char address[64];
	char hash[32];
};

static void seen_done(struct unit *unit)
{
	free(unit->owner);
}

/* Notes that the session is used, behind everything else and without waiting; a note that is lost is no harm. */
static void note_seen(const struct account *account, const struct request *rq, Str hash,
                      const struct session *session)
{
	struct err ignored;
	if (rq->now - session->seen_at < SESSION_SEEN_EVERY || hash.len != sizeof(char[32]))
		return;
	struct seen_unit *in = mem_zeroed(1, sizeof *in);
	Str address = str_slice(rq->address, 0, sizeof in->address);
	if (address.len)
		memcpy(in->address, address.at, address.len);
	memcpy(in->hash, hash.at, hash.len);
	in->seen = (struct session_seen){ { in->hash, hash.len }, { in->address, address.len } };
	in->unit = (struct unit){ .apply = session_note_seen,
		                  .input = &in->seen,
		                  .class = UNIT_BULK,
		                  .done = seen_done,
		                  .owner = in };
	if (!store_submit(account->store, &in->unit, &ignored))
		free(in);
}

static bool must_enrol(struct request *rq, const struct session *session, bool *out,
                       struct err *err)
{
	*out = false;
	return session->has_second_step ||
	       workspace_wants_second_step(rq->db, session->workspace, out, err);
}

/* A session whose user left the workspace, or whose team is gone, is nobody. */
static bool by_session(const struct account *account, struct request *rq, Str token,
                       struct caller *caller, struct err *err)
{
	struct session session;
	struct member_access access;
	Str hash;
	bool found;
	bool enrols = false;
	if (!token_hash(rq->arena, token, &hash))
		return true;
	if (!session_find(rq->db, hash, rq->now, rq->arena, &session, &found, err))
		return false;
	if (!found)
		return true;
	if (!member_access(rq->db, session.workspace, session.user, rq->arena, &access, err))
		return false;
	if (access.role && !must_enrol(rq, &session, &enrols, err))
		return false;
	if (access.role)
		*caller = (struct caller){
			.workspace = session.workspace,
			.user = session.user,
			.role = access.role,
			.team = access.team,
			.team_scope = access.team_scope,
			.sees_names = access.sees_names,
			.sees_masked = access.sees_masked,
			.name = session.email,
			.session = hash,
			.must_enrol = enrols,
		};
	if (access.role)
		note_seen(account, rq, hash, &session);
	return true;
}

bool account_authenticate(void *context, struct request *rq, struct caller *caller, struct err *err)
{
	const struct account *account = context;
	Str header = request_header(rq, "Authorization");
	if (header.at) {
		if (!str_eq_ignoring_ascii_case(str_slice(header, 0, 7), STR("Bearer ")))
			return err_set(err, ERR_UNAUTHENTICATED,
			               "use the header Authorization: Bearer KEY");
		return by_key(rq, str_trim(str_from(header, 7)), caller, err);
	}
	Str cookie = request_cookie(rq, account_cookie_name(account, rq));
	if (cookie.at == NULL)
		return true;
	return by_session(account, rq, cookie, caller, err);
}

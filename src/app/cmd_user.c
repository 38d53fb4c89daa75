/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/commands.h"

#include <stdio.h>
#include <unistd.h>

#include "account/audit.h"
#include "account/password.h"
#include "account/second_step.h"
#include "account/team.h"
#include "account/user.h"
#include "app/login_link.h"
#include "app/password_read.h"
#include "app/world.h"
#include "base/fold.h"
#include "base/zone.h"

/* What every action on one user needs. */
struct user_unit {
	Str email, folded, name, password_hash;
	enum role role;
	enum member_names names;
	Str team; /* folded; at NULL: none */
	bool disabled;
	int64_t user; /* 0: a new one */
};

static bool who_read(struct call *call, struct user_unit *in, struct err *err)
{
	if (call->argument_count != 2)
		return err_set(err, ERR_INVALID, "use it as: heed user %s EMAIL",
		               call->arguments[0]);
	return user_email(call->arena, str_of(call->arguments[1]), &in->email, &in->folded, err);
}

static bool find(struct call *call, struct world *world, struct user_unit *in, struct err *err)
{
	struct user user;
	struct db *db;
	if (!who_read(call, in, err) || !store_reader_open(world->store, &db, err))
		return false;
	bool ok = user_find_by_email(db, in->folded, call->arena, &user, err);
	store_reader_close(world->store, db);
	in->user = ok ? user.id : 0;
	return ok;
}

static bool new_password(struct call *call, struct world *world, Str *hash, struct err *err)
{
	Str password;
	if (!option_is_set(call, "password-stdin"))
		return true;
	return password_read(call->arena, &password, err) &&
	       password_hash(&world->account, call->arena, password, hash, err);
}

static bool role_option(struct call *call, enum role *out, struct err *err)
{
	const char *role;
	return option_needed(call, "role", &role, err) && role_parse(str_of(role), out, err);
}

/* Adding */

static bool add_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct user_unit *in = input;
	struct user user;
	unsigned role = 0;
	if (user_find_by_email(tx->db, in->folded, tx->arena, &user, err)) {
		if (in->password_hash.at)
			return err_set(err, ERR_CONFLICT,
			               "%.*s is a user already and keeps the password there is; "
			               "leave --password-stdin out",
			               STR_FMT(in->email));
		in->user = user.id;
		if (!member_role(tx->db, tx->workspace, user.id, &role, err))
			return false;
	} else if (err->kind != ERR_NOT_FOUND || !user_create(tx, in->email, in->folded, in->name,
	                                                      in->password_hash, &in->user, err))
		return false;
	if (role)
		return err_set(err, ERR_CONFLICT, "%.*s is a member already; see heed user role",
		               STR_FMT(in->email));
	return member_set(tx, in->user, in->role, err) &&
	       audit_write(tx, AUDIT_COMMAND_LINE, STR("member.add"), in->email,
	                   str_of(role_name(in->role)), err);
}

static bool add(struct call *call, struct world *world, const struct workspace *workspace,
                struct err *err)
{
	const char *name = option_text(call, "name");
	struct user_unit in = { .name = str_of(name) };
	if (in.name.at == NULL)
		in.name = STR("");
	return who_read(call, &in, err) && role_option(call, &in.role, err) &&
	       new_password(call, world, &in.password_hash, err) &&
	       store_run(world->store, workspace->id, UNIT_INTERACTIVE, add_apply, &in, err);
}

/* Changing */

static bool role_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct user_unit *in = input;
	unsigned role;
	if (!member_role(tx->db, tx->workspace, in->user, &role, err))
		return false;
	if (!role)
		return err_set(err, ERR_NOT_FOUND, "%.*s is no member of this workspace",
		               STR_FMT(in->email));
	return member_set(tx, in->user, in->role, err) &&
	       audit_write(tx, AUDIT_COMMAND_LINE, STR("member.role"), in->email,
	                   str_of(role_name(in->role)), err);
}

static bool role(struct call *call, struct world *world, const struct workspace *workspace,
                 struct err *err)
{
	struct user_unit in = { 0 };
	return find(call, world, &in, err) && role_option(call, &in.role, err) &&
	       store_run(world->store, workspace->id, UNIT_INTERACTIVE, role_apply, &in, err);
}

static bool team_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct user_unit *in = input;
	struct team team = { 0 };
	if (in->team.at &&
	    !team_find_by_name(tx->db, tx->workspace, in->team, tx->arena, &team, err))
		return false;
	return member_set_team(tx, in->user, team.id, AUDIT_COMMAND_LINE, err);
}

static bool team(struct call *call, struct world *world, const struct workspace *workspace,
                 struct err *err)
{
	struct user_unit in = { 0 };
	const char *name;
	if (!find(call, world, &in, err) || !option_needed(call, "team", &name, err))
		return false;
	if (!str_eq(str_of(name), STR("none")))
		in.team = fold_text(call->arena, str_of(name));
	return store_run(world->store, workspace->id, UNIT_INTERACTIVE, team_apply, &in, err);
}

static bool names_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct user_unit *in = input;
	return member_set_names(tx, in->user, in->names, AUDIT_COMMAND_LINE, err);
}

static bool names(struct call *call, struct world *world, const struct workspace *workspace,
                  struct err *err)
{
	struct user_unit in = { 0 };
	const char *word;
	if (!find(call, world, &in, err) || !option_needed(call, "names", &word, err) ||
	    !member_names_parse(str_of(word), &in.names, err))
		return false;
	return store_run(world->store, workspace->id, UNIT_INTERACTIVE, names_apply, &in, err);
}

static bool password_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct user_unit *in = input;
	return user_set_password(tx, in->user, in->password_hash, err) &&
	       audit_write(tx, AUDIT_COMMAND_LINE, STR("user.password"), in->email, STR(""), err);
}

static bool password(struct call *call, struct world *world, const struct workspace *workspace,
                     struct err *err)
{
	struct user_unit in = { 0 };
	if (!option_is_set(call, "password-stdin"))
		return err_set(err, ERR_INVALID,
		               "give the new password on standard input, with --password-stdin");
	return find(call, world, &in, err) && new_password(call, world, &in.password_hash, err) &&
	       store_run(world->store, workspace->id, UNIT_INTERACTIVE, password_apply, &in, err);
}

static bool disable_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct user_unit *in = input;
	return user_set_disabled(tx, in->user, in->disabled, err) &&
	       audit_write(tx, AUDIT_COMMAND_LINE,
	                   in->disabled ? STR("user.disable") : STR("user.enable"), in->email,
	                   STR(""), err);
}

static bool set_disabled(struct call *call, struct world *world, const struct workspace *workspace,
                         bool disabled, struct err *err)
{
	struct user_unit in = { .disabled = disabled };
	return find(call, world, &in, err) &&
	       store_run(world->store, workspace->id, UNIT_INTERACTIVE, disable_apply, &in, err);
}

static bool disable(struct call *call, struct world *world, const struct workspace *workspace,
                    struct err *err)
{
	return set_disabled(call, world, workspace, true, err);
}

static bool enable(struct call *call, struct world *world, const struct workspace *workspace,
                   struct err *err)
{
	return set_disabled(call, world, workspace, false, err);
}

/* The second step of somebody whose phone and recovery codes are gone. */

static bool totp_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct user_unit *in = input;
	return second_step_drop(tx, in->user, err) &&
	       audit_write(tx, AUDIT_COMMAND_LINE, STR("two_step.off"), in->email, STR(""), err);
}

static bool totp(struct call *call, struct world *world, const struct workspace *workspace,
                 struct err *err)
{
	struct user_unit in = { 0 };
	if (!option_is_set(call, "reset"))
		return err_set(err, ERR_INVALID,
		               "--reset turns two-step sign-in of this user off; say it");
	return find(call, world, &in, err) &&
	       store_run(world->store, workspace->id, UNIT_INTERACTIVE, totp_apply, &in, err);
}

/* Looking */

static bool list(struct call *call, struct world *world, const struct workspace *workspace,
                 struct err *err)
{
	struct member *members;
	size_t count;
	struct db *db;
	if (!store_reader_open(world->store, &db, err))
		return false;
	bool ok = member_list(db, workspace->id, call->arena, &members, &count, err);
	store_reader_close(world->store, db);
	if (!ok)
		return false;
	printf("%-8s  %-24s  %-8s  %s\n", "ROLE", "SINCE", "STATE", "EMAIL");
	for (size_t i = 0; i < count; i++) {
		char since[32];
		time_write(members[i].since, since);
		printf("%-8s  %-24s  %-8s  %.*s\n", role_name(members[i].role), since,
		       members[i].user.disabled_at ? "disabled" : "good",
		       STR_FMT(members[i].user.email));
	}
	return true;
}

static bool link_print(struct call *call, struct world *world, const struct workspace *workspace,
                       struct err *err)
{
	struct user_unit in = { 0 };
	unsigned role_there;
	struct db *db;
	Str url;
	if (!isatty(STDOUT_FILENO) && !option_is_set(call, "print"))
		return err_set(
		    err, ERR_DENIED,
		    "a login link is a key and goes to a terminal only; --print says that "
		    "you mean it");
	if (!find(call, world, &in, err) || !store_reader_open(world->store, &db, err))
		return false;
	bool ok = member_role(db, workspace->id, in.user, &role_there, err);
	store_reader_close(world->store, db);
	if (!ok)
		return false;
	if (!role_there)
		return err_set(err, ERR_NOT_FOUND, "%.*s is no member of this workspace",
		               STR_FMT(in.email));
	if (!login_link_make(world, call->arena, in.user, workspace->id, &url, err))
		return false;
	printf("%.*s\n", STR_FMT(url));
	return true;
}

static bool user(struct call *call, struct err *err)
{
	static const struct world_action actions[] = {
		{ "add", add },           { "list", list },       { "role", role },
		{ "password", password }, { "disable", disable }, { "enable", enable },
		{ "link", link_print },   { "totp", totp },       { "team", team },
		{ "names", names },
	};
	return world_act(call, actions, sizeof actions / sizeof actions[0], err);
}

static const struct option options[] = {
	{ "workspace", "NAME", "Which workspace; not needed when there is only one." },
	{ "role", "ROLE", "add, role: owner, admin, analyst, agent or viewer." },
	{ "team", "NAME", "team: which, or none for the whole workspace." },
	{ "names", "WORD", "names: seen, hidden, or role for what the role has." },
	{ "name", "NAME", "add: what the person is called." },
	{ "password-stdin", NULL, "add, password: read it from standard input, one line." },
	{ "reset", NULL, "totp: turn two-step sign-in off, for a phone that is lost." },
	{ "print", NULL, "link: print the link even when this is no terminal." },
};

const struct command cmd_user = {
	.name = "user",
	.summary = "Add people, change roles and passwords, make login links",
	.usage =
	    "add EMAIL --role ROLE [--name NAME] [--password-stdin]\nlist\nrole EMAIL --role ROLE\n"
	    "password EMAIL --password-stdin\ndisable EMAIL\nenable EMAIL\nlink EMAIL\n"
	    "totp EMAIL --reset\nteam EMAIL --team NAME\nnames EMAIL --names seen|hidden|role",
	.details = "A new password and disable end all sessions of the user at once, in\n"
		   "every workspace; the last owner of one is not disabled. link prints a link "
		   "that signs the user in: once,\n"
		   "within ten minutes. A team is made in the dashboard; who is in it sees\n"
		   "its answers only. names says whether somebody sees names, emails and\n"
		   "phone numbers: by role agents do, and analysts do not.",
	COMMAND_OPTIONS(options),
	.settings = SETTINGS_STORE,
	.arguments_min = 1,
	.arguments_max = 2,
	.run = user,
};

/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/member_rules.h"

static bool own_check(const struct member_wish *wish, struct err *err)
{
	/* The stronger a role, the smaller its number. */
	if (wish->new_role && wish->new_role < wish->actor_role)
		return err_set(err, ERR_DENIED, "Nobody raises themselves; ask an owner.");
	return !wish->rest ||
	       err_set(err, ERR_DENIED,
	               "Nobody changes their own team or what they see; ask another admin.");
}

bool member_wish_check(const struct member_wish *wish, struct err *err)
{
	if (!(wish->actor_role & ROLES_MANAGE))
		return err_set(err, ERR_DENIED, "Only admins and owners change members.");
	bool owner = wish->actor_role == ROLE_OWNER;
	if (wish->target_role == ROLE_OWNER && !owner)
		return err_set(err, ERR_DENIED, "Only an owner changes or removes an owner.");
	if (wish->new_role == ROLE_OWNER && !owner)
		return err_set(err, ERR_DENIED, "Only an owner makes somebody an owner.");
	return wish->actor == 0 || wish->actor != wish->target || own_check(wish, err);
}

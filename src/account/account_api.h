/* account/account_api.h - the functions behind the room's routes, joined to rows in routes.c.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_ACCOUNT_API_H
#define ACCOUNT_ACCOUNT_API_H

#include "account/account.h"

/* session_api.c */
bool session_post_prepare(struct request *rq, struct err *err);
bool session_post_reply(struct request *rq, struct reply *rp, struct err *err);
bool session_delete_prepare(struct request *rq, struct err *err);
bool session_delete_apply(struct db_tx *tx, void *input, struct err *err);
bool session_delete_reply(struct request *rq, struct reply *rp, struct err *err);
bool session_patch_prepare(struct request *rq, struct err *err);
bool session_patch_apply(struct db_tx *tx, void *input, struct err *err);
bool me_read(struct request *rq, struct reply *rp, struct err *err);

/* login_page.c */
bool login_get_read(struct request *rq, struct reply *rp, struct err *err);
bool login_post_prepare(struct request *rq, struct err *err);
bool login_code_prepare(struct request *rq, struct err *err);
bool login_link_get_read(struct request *rq, struct reply *rp, struct err *err);
bool login_link_post_prepare(struct request *rq, struct err *err);
bool login_reply(struct request *rq, struct reply *rp, struct err *err);
void login_fail(struct request *rq, struct reply *rp, const struct err *err);

/* profile_api.c */
bool me_patch_prepare(struct request *rq, struct err *err);
bool me_patch_apply(struct db_tx *tx, void *input, struct err *err);
bool me_patch_reply(struct request *rq, struct reply *rp, struct err *err);
bool password_put_prepare(struct request *rq, struct err *err);
bool password_put_apply(struct db_tx *tx, void *input, struct err *err);
bool password_put_reply(struct request *rq, struct reply *rp, struct err *err);
bool sessions_read(struct request *rq, struct reply *rp, struct err *err);
bool session_end_prepare(struct request *rq, struct err *err);
bool session_end_apply(struct db_tx *tx, void *input, struct err *err);
bool session_end_reply(struct request *rq, struct reply *rp, struct err *err);

/* second_step_api.c */
bool second_step_read(struct request *rq, struct reply *rp, struct err *err);
bool second_step_post_prepare(struct request *rq, struct err *err);
bool second_step_post_apply(struct db_tx *tx, void *input, struct err *err);
bool second_step_post_reply(struct request *rq, struct reply *rp, struct err *err);
bool second_step_put_prepare(struct request *rq, struct err *err);
bool second_step_put_apply(struct db_tx *tx, void *input, struct err *err);
bool recovery_codes_apply(struct db_tx *tx, void *input, struct err *err);
bool recovery_codes_reply(struct request *rq, struct reply *rp, struct err *err);
bool second_step_end_prepare(struct request *rq, struct err *err);
bool second_step_end_apply(struct db_tx *tx, void *input, struct err *err);
bool second_step_end_reply(struct request *rq, struct reply *rp, struct err *err);

/* key_api.c */
bool keys_read(struct request *rq, struct reply *rp, struct err *err);
bool key_post_prepare(struct request *rq, struct err *err);
bool key_post_apply(struct db_tx *tx, void *input, struct err *err);
bool key_post_reply(struct request *rq, struct reply *rp, struct err *err);
bool key_delete_prepare(struct request *rq, struct err *err);
bool key_delete_apply(struct db_tx *tx, void *input, struct err *err);

/* workspace_api.c */
bool workspace_read(struct request *rq, struct reply *rp, struct err *err);
bool workspace_patch_prepare(struct request *rq, struct err *err);
bool workspace_patch_apply(struct db_tx *tx, void *input, struct err *err);
bool workspace_patch_reply(struct request *rq, struct reply *rp, struct err *err);

/* member_api.c */
bool members_read(struct request *rq, struct reply *rp, struct err *err);
bool member_patch_prepare(struct request *rq, struct err *err);
bool member_patch_apply(struct db_tx *tx, void *input, struct err *err);
bool member_delete_prepare(struct request *rq, struct err *err);
bool member_delete_apply(struct db_tx *tx, void *input, struct err *err);
bool member_restore_apply(struct db_tx *tx, void *input, struct err *err);

/* invite_api.c */
bool invites_read(struct request *rq, struct reply *rp, struct err *err);
bool invite_post_prepare(struct request *rq, struct err *err);
bool invite_post_apply(struct db_tx *tx, void *input, struct err *err);
bool invite_post_reply(struct request *rq, struct reply *rp, struct err *err);
bool invite_delete_prepare(struct request *rq, struct err *err);
bool invite_delete_apply(struct db_tx *tx, void *input, struct err *err);

/* join_page.c */
bool join_get_read(struct request *rq, struct reply *rp, struct err *err);
bool join_post_prepare(struct request *rq, struct err *err);
bool join_post_apply(struct db_tx *tx, void *input, struct err *err);
bool join_reply(struct request *rq, struct reply *rp, struct err *err);
void join_fail(struct request *rq, struct reply *rp, const struct err *err);

/* first_run_api.c */
bool first_run_read(struct request *rq, struct reply *rp, struct err *err);
bool first_run_patch_prepare(struct request *rq, struct err *err);
bool first_run_patch_apply(struct db_tx *tx, void *input, struct err *err);
bool first_run_patch_reply(struct request *rq, struct reply *rp, struct err *err);

/* audit_api.c */
bool audit_read(struct request *rq, struct reply *rp, struct err *err);
bool audit_export_read(struct request *rq, struct reply *rp, struct err *err);

#endif

/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/commands.h"

const struct command *const command_table[] = {
	&cmd_serve,   &cmd_init,    &cmd_user,   &cmd_key,     &cmd_link,   &cmd_survey,
	&cmd_report,  &cmd_analyze, &cmd_import, &cmd_export,  &cmd_backup, &cmd_restore,
	&cmd_migrate, &cmd_config,  &cmd_doctor, &cmd_version,
};
const size_t command_count = sizeof command_table / sizeof command_table[0];

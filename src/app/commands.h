/* app/commands.h - the descriptors of all commands, each in its cmd_<name>.c.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_COMMANDS_H
#define APP_COMMANDS_H

#include "app/command.h"

extern const struct command cmd_serve, cmd_init, cmd_user, cmd_key, cmd_link, cmd_survey,
    cmd_report, cmd_import, cmd_export, cmd_backup, cmd_restore, cmd_migrate, cmd_config,
    cmd_doctor, cmd_analyze, cmd_version;

#endif

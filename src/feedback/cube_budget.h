/* feedback/cube_budget.h - how much memory there is: the machine's, or what a container or service may use of it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_BUDGET_H
#define FEEDBACK_CUBE_BUDGET_H

#include <stddef.h>

/* Bytes. `groups` is this process's list of control groups (/proc/self/cgroup), `root` where they are mounted
 * (/sys/fs/cgroup); what is not there or not to be read limits nothing. */
size_t cube_budget_memory(const char *groups, const char *root);

#endif

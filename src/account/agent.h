/* account/agent.h - what a browser calls itself, as people call it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_AGENT_H
#define ACCOUNT_AGENT_H

#include "base/str.h"

struct agent_names {
	Str browser; /* "Firefox"; empty when it cannot be told */
	Str machine; /* "Windows", "iPhone"; empty likewise */
};

struct agent_names agent_names(Str agent);

#endif

/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/agent.h"

struct mark {
	const char *text, *name;
};

/* The first that stands in it: most browsers also name the one that they descend from. */
static const struct mark browsers[] = {
	{ "Edg", "Edge" },         { "OPR/", "Opera" },
	{ "Vivaldi/", "Vivaldi" }, { "SamsungBrowser/", "Samsung Internet" },
	{ "Firefox/", "Firefox" }, { "FxiOS/", "Firefox" },
	{ "CriOS/", "Chrome" },    { "Chrome/", "Chrome" },
	{ "Safari/", "Safari" },   { "curl/", "curl" },
};
static const struct mark systems[] = {
	{ "iPhone", "iPhone" }, { "iPad", "iPad" },       { "Android", "Android" },
	{ "CrOS", "ChromeOS" }, { "Windows", "Windows" }, { "Macintosh", "Mac" },
	{ "Linux", "Linux" },
};

static Str find(const struct mark *marks, size_t count, Str agent)
{
	for (size_t i = 0; i < count; i++)
		if (str_find(agent, str_of(marks[i].text)) != SIZE_MAX)
			return str_of(marks[i].name);
	return STR("");
}

struct agent_names agent_names(Str agent)
{
	return (struct agent_names){
		find(browsers, sizeof browsers / sizeof *browsers, agent),
		find(systems, sizeof systems / sizeof *systems, agent),
	};
}

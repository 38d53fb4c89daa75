/* app/demo_text.h - what the respondents of the demo workspace say: sentences by language, group and theme, written
 * for Heed. A comment of the demo is one sentence or two of different themes.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_DEMO_TEXT_H
#define APP_DEMO_TEXT_H

#include <stddef.h>

enum demo_language { DEMO_EN, DEMO_DE, DEMO_FR, DEMO_ES, DEMO_LANGUAGES };
enum demo_group { DEMO_DETRACTOR, DEMO_PASSIVE, DEMO_PROMOTER, DEMO_GROUPS };
enum demo_theme {
	DEMO_EASE,
	DEMO_SPEED,
	DEMO_SUPPORT,
	DEMO_PRICE,
	DEMO_BUGS,
	DEMO_ONBOARDING,
	DEMO_FEATURES,
	DEMO_REPORTS,
	DEMO_MOBILE,
	DEMO_QUEUE, /* the Team plan waits for support since last quarter */
	DEMO_THEMES
};

struct demo_line {
	enum demo_language language;
	enum demo_group group;
	enum demo_theme theme;
	const char *text;
};

extern const struct demo_line demo_lines[];
extern const size_t demo_line_count;
extern const char *const demo_language_tags[DEMO_LANGUAGES];
extern const char *const demo_given_names[DEMO_LANGUAGES][16];
extern const char *const demo_family_names[DEMO_LANGUAGES][16];
extern const char *const demo_company_words[24];

#endif

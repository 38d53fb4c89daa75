/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/demo_answers.h"

#include <string.h>

#include "base/clock.h"
#include "base/zone.h"

#define SPAN_DAYS 730

/* SplitMix64 (Steele, Lea & Flood 2014): small, and the same on every machine. */
struct demo_random {
	uint64_t state;
};

static uint64_t next(struct demo_random *r)
{
	uint64_t z = r->state += 0x9E3779B97F4A7C15u;
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

static size_t below(struct demo_random *r, size_t n)
{
	return (size_t)(next(r) % n);
}

static bool chance(struct demo_random *r, int percent)
{
	return below(r, 100) < (size_t)percent;
}

#define SLOW_PLAN "team"
static const char *const plans[] = { "free", SLOW_PLAN, SLOW_PLAN, "business" };
static const char *const countries[DEMO_LANGUAGES][3] = {
	{ "GB", "US", "IE" },
	{ "DE", "DE", "AT" },
	{ "FR", "FR", "BE" },
	{ "ES", "ES", "MX" },
};

static enum demo_language language_draw(struct demo_random *r)
{
	size_t n = below(r, 100);
	return n < 48 ? DEMO_EN : n < 74 ? DEMO_DE : n < 88 ? DEMO_FR : DEMO_ES;
}

/* Companies are as unlike in size as real ones: the first ones have many people. */
static size_t company_draw(struct demo_random *r)
{
	size_t a = below(r, DEMO_COMPANIES), b = below(r, DEMO_COMPANIES);
	return a * b / DEMO_COMPANIES;
}

void demo_person(struct arena *a, int index, struct demo_person *out)
{
	struct demo_random r = { 0xFE4E + (uint64_t)index * 7919 };
	size_t company = company_draw(&r);
	enum demo_language language = language_draw(&r);
	const char *word = demo_company_words[company % 24];
	out->language = language;
	out->company = str_printf(a, "%s-%zu", word, company + 1);
	out->name = str_printf(a, "%s %s", demo_given_names[language][below(&r, 16)],
	                       demo_family_names[language][below(&r, 16)]);
	out->email = str_printf(a, "person%d@%s%zu.example", index + 1, word, company + 1);
	out->plan = plans[company % 4];
	out->country = countries[language][below(&r, 3)];
	out->seats = (int)(5 + (DEMO_COMPANIES - company) * (company % 4 + 1) / 2);
}

/* Shares of detractors and passives in percent, of most and of those whose support became slow. */
static const struct {
	int detractors[2], passives[2];
} mixes[DEMO_SURVEYS] = {
	[DEMO_RELATIONSHIP] = { { 19, 56 }, { 29, 24 } },
	[DEMO_SUPPORT_TICKET] = { { 16, 56 }, { 30, 22 } },
	[DEMO_FIRST_WEEKS] = { { 23, 23 }, { 24, 24 } },
};

static enum demo_group group_draw(struct demo_random *r, enum demo_survey survey, bool slow)
{
	size_t n = below(r, 100);
	size_t detractors = (size_t)mixes[survey].detractors[slow];
	size_t passives = (size_t)mixes[survey].passives[slow];
	return n < detractors              ? DEMO_DETRACTOR
	       : n < detractors + passives ? DEMO_PASSIVE
	                                   : DEMO_PROMOTER;
}

static int score_draw(struct demo_random *r, enum demo_group group)
{
	static const int low[] = { 0, 1, 2, 3, 3, 4, 5, 5, 5, 6, 6, 6 };
	switch (group) {
	case DEMO_DETRACTOR:
		return low[below(r, sizeof low / sizeof low[0])];
	case DEMO_PASSIVE:
		return chance(r, 62) ? 8 : 7;
	case DEMO_PROMOTER:
		return chance(r, 55) ? 10 : 9;
	case DEMO_GROUPS:
		break;
	}
	return -1;
}

/* A sentence of this language and group, of another theme than `not`; of `wanted` when it is a theme. What is said of the
 * slow plan only those say of whom it is wanted. */
static const struct demo_line *line_draw(struct demo_random *r, enum demo_language language,
                                         enum demo_group group, enum demo_theme wanted,
                                         enum demo_theme not )
{
	const struct demo_line *fit[64];
	size_t count = 0;
	for (size_t i = 0; i < demo_line_count; i++) {
		const struct demo_line *line = &demo_lines[i];
		if (line->language != language || line->group != group || line->theme == not )
			continue;
		if (wanted != DEMO_THEMES ? line->theme != wanted : line->theme == DEMO_QUEUE)
			continue;
		if (count < sizeof fit / sizeof fit[0])
			fit[count++] = line;
	}
	return count ? fit[below(r, count)] : NULL;
}

static enum demo_theme theme_wanted(struct demo_random *r, const struct demo_answer *answer,
                                    enum demo_group group, bool slow)
{
	if (slow && group == DEMO_DETRACTOR && chance(r, 70))
		return DEMO_QUEUE;
	if (slow && group == DEMO_PASSIVE && chance(r, 50))
		return DEMO_SUPPORT;
	if (answer->survey == DEMO_SUPPORT_TICKET && chance(r, 75))
		return DEMO_SUPPORT;
	if (answer->survey == DEMO_FIRST_WEEKS && chance(r, 60))
		return DEMO_ONBOARDING;
	return DEMO_THEMES;
}

static Str comment_draw(struct arena *a, struct demo_random *r, const struct demo_answer *answer,
                        enum demo_language language, enum demo_group group, bool slow)
{
	enum demo_theme wanted = theme_wanted(r, answer, group, slow);
	const struct demo_line *first = line_draw(r, language, group, wanted, DEMO_THEMES);
	if (!first)
		first = line_draw(r, language, group, DEMO_THEMES, DEMO_THEMES);
	/* Who is in the middle has something good to say as well. */
	enum demo_group second_group =
	    group == DEMO_PASSIVE && chance(r, 50) ? DEMO_PROMOTER : group;
	const struct demo_line *second =
	    chance(r, 55) ? line_draw(r, language, second_group, DEMO_THEMES, first->theme) : NULL;
	return second ? str_printf(a, "%s %s", first->text, second->text) : str_of(first->text);
}

/* Draws as often whatever the time is, so that all else of an answer stays the same from day to day. */
static int64_t time_draw(struct demo_random *r, double share, int64_t now)
{
	bool at_work = chance(r, 80);
	int64_t second = (int64_t)below(r, 12 * 3600), ago = (int64_t)below(r, 3600);
	int64_t span = SPAN_DAYS * CLOCK_DAY;
	/* More customers every month: answers are denser towards the end. */
	double dense = share * (1.6 - 0.6 * share);
	int64_t day = (now - span + (int64_t)(dense * (double)span)) / CLOCK_DAY;
	int64_t weekday = (day + 4) % 7; /* 0 = Sunday */
	if (at_work && (weekday == 0 || weekday == 6))
		day -= weekday == 0 ? 2 : 1;
	int64_t at = day * CLOCK_DAY + 7 * CLOCK_HOUR + second * CLOCK_SECOND;
	return at < now ? at : now - ago * CLOCK_SECOND;
}

/* The first instant of the last whole quarter. */
static int64_t slow_since(const struct zone *zone, int64_t now)
{
	struct civil day;
	zone_civil(zone, now, &day);
	return zone_day_start(zone, date_to_days(day.year, (day.month - 1) / 3 * 3 - 2, 1));
}

static enum demo_survey survey_draw(struct demo_random *r)
{
	size_t n = below(r, 100);
	return n < 52 ? DEMO_RELATIONSHIP : n < 84 ? DEMO_SUPPORT_TICKET : DEMO_FIRST_WEEKS;
}

void demo_answer(struct arena *a, int index, const struct zone *zone, int64_t now,
                 struct demo_answer *out)
{
	static const char *const channels[] = { "email", "email", "email", "link", "web", "sms" };
	/* Of its own, so that what the day changes in one answer changes no other. */
	struct demo_random own = { 20260653 + (uint64_t)index * 7919 }, *r = &own;
	double share = (double)index / (DEMO_ANSWERS - 1);
	*out = (struct demo_answer){ .survey = survey_draw(r) };
	out->person = (int)below(r, DEMO_PERSONS);
	out->at = time_draw(r, share, now);
	out->channel = channels[below(r, 6)];
	out->unconfirmed = below(r, 200) == 0;
	struct demo_person person;
	demo_person(a, out->person, &person);
	bool slow = out->survey != DEMO_FIRST_WEEKS && strcmp(person.plan, SLOW_PLAN) == 0 &&
	            out->at >= slow_since(zone, now);
	enum demo_group group = group_draw(r, out->survey, slow);
	out->score = score_draw(r, group);
	if (chance(r, group == DEMO_DETRACTOR ? 62 : 44))
		out->comment = comment_draw(a, r, out, person.language, group, slow);
	if (out->survey == DEMO_SUPPORT_TICKET && chance(r, 60))
		out->ease = group == DEMO_PROMOTER ? 4 + (int)below(r, 2) : 1 + (int)below(r, 4);
	size_t kind = below(r, 100);
	if (kind < 2) /* shown and closed */
		out->score = -1, out->comment = (Str){ NULL, 0 }, out->ease = 0;
	else if (kind < 3 && out->comment.at) /* words alone */
		out->score = -1;
}

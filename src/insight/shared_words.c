/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/shared_words.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/zone.h"

#define NARROW 3.0 /* points */

static const struct {
	const char *name;
	const char *texts[DOOR_LANGUAGES];
} words[] = {
	{ "t_relationship", { "Relationship", "Beziehung" } },
	{ "t_transactional", { "After a contact", "Nach einem Kontakt" } },
	{ "t_between", { "Likely between", "Wahrscheinlich zwischen" } },
	{ "t_and", { "and", "und" } },
	{ "t_to", { "to", "bis" } },
	{ "t_count", { "Answers", "Antworten" } },
	{ "t_channel_web", { "Web page", "Webseite" } },
	{ "t_channel_email", { "Email", "E-Mail" } },
	{ "t_channel_sms", { "SMS", "SMS" } },
	{ "t_channel_link", { "Link", "Link" } },
	{ "t_channel_qr", { "QR code", "QR-Code" } },
	{ "t_channel_api", { "API", "API" } },
	{ "t_channel_import", { "Import", "Import" } },
	{ "t_channel_in-app", { "In the app", "In der App" } },
	{ "t_moved",
	  { "A change in bold is more than chance.",
	    "Eine fette Veränderung ist mehr als Zufall." } },
	{ "t_moved_by", { "What moved it", "Was ihn bewegt hat" } },
	{ "t_lead",
	  { "Most of the change goes with", "Das meiste der Veränderung geht einher mit" } },
	{ "t_points", { "points", "Punkte" } },
	{ "t_then", { "Before", "Davor" } },
	{ "t_now", { "Now", "Jetzt" } },
	{ "t_moved_how",
	  { "Full bars are what they said, pale bars are who answered. All bars together are the "
	    "change. "
	    "What goes together need not be the cause.",
	    "Volle Balken sind, was sie sagten, blasse, wer antwortete. Alle Balken zusammen sind "
	    "die "
	    "Veränderung. Was zusammengeht, muss nicht die Ursache sein." } },
	{ "t_answers", { "answers", "Antworten" } },
	{ "t_answers_from", { "answers from", "Antworten von" } },
	{ "t_people", { "people", "Personen" } },
	{ "t_rough", { "Rough: fewer than 30 answers.", "Grob: weniger als 30 Antworten." } },
	{ "t_before", { "against the period before", "gegenüber dem Zeitraum davor" } },
	{ "t_real", { "more than chance", "mehr als Zufall" } },
	{ "t_chance", { "could be chance", "kann Zufall sein" } },
	{ "t_few",
	  { "Fewer than five people answered, so nothing is shown.",
	    "Es haben weniger als fünf Personen geantwortet, darum ist nichts zu sehen." } },
	{ "t_none", { "There are no answers yet.", "Es gibt noch keine Antworten." } },
	{ "t_goal", { "Goal", "Ziel" } },
	{ "t_goal_by", { "by", "bis" } },
	{ "t_trend", { "Over time", "Im Verlauf" } },
	{ "t_table", { "As a table", "Als Tabelle" } },
	{ "t_period", { "Period", "Zeitraum" } },
	{ "t_score", { "Score", "Wert" } },
	{ "t_range", { "Range", "Bereich" } },
	{ "t_change", { "Change", "Veränderung" } },
	{ "t_hidden", { "not shown", "nicht gezeigt" } },
	{ "t_by", { "By", "Nach" } },
	{ "t_group", { "Group", "Gruppe" } },
	{ "t_rest", { "all others", "alle anderen" } },
	{ "t_unknown", { "not known", "nicht bekannt" } },
	{ "t_by_channel", { "channel", "Kanal" } },
	{ "t_by_language", { "language", "Sprache" } },
	{ "t_by_survey", { "survey", "Umfrage" } },
	{ "t_only", { "Only", "Nur" } },
	{ "t_quotes", { "In their own words", "In ihren eigenen Worten" } },
	{ "t_gave", { "Gave", "Gab" } },
	{ "t_last", { "Last answers", "Letzte Antworten" } },
	{ "t_all_time", { "All answers so far", "Alle Antworten bisher" } },
	{ "t_since", { "Since", "Seit" } },
	{ "t_until", { "Until", "Bis" } },
	{ "t_as_of", { "As of", "Stand" } },
	{ "t_how",
	  { "The score is the share of 9s and 10s minus the share of 0s to 6s, from −100 to 100. "
	    "The range "
	    "holds the true score 95 times out of 100. Groups of fewer than five people are not "
	    "shown, nor "
	    "what would give them away.",
	    "Der Wert ist der Anteil der 9 und 10 minus der Anteil der 0 bis 6, von −100 bis 100. "
	    "Der "
	    "Bereich enthält den wahren Wert in 95 von 100 Fällen. Gruppen von weniger als fünf "
	    "Personen "
	    "sind nicht zu sehen, und auch nichts, was sie verriete." } },
	{ "t_shared", { "Shared from Heed", "Geteilt aus Heed" } },
	{ "t_locked", { "This page has a password", "Diese Seite hat ein Passwort" } },
	{ "t_locked_more",
	  { "Whoever sent you the link knows it.",
	    "Wer Ihnen den Link geschickt hat, kennt es." } },
	{ "t_password", { "Password", "Passwort" } },
	{ "t_open", { "Open", "Öffnen" } },
	{ "t_wrong", { "The password is wrong.", "Das Passwort stimmt nicht." } },
	{ "t_wait",
	  { "Too many wrong tries. Try again later.",
	    "Zu viele falsche Versuche. Versuchen Sie es später noch einmal." } },
	{ "t_busy",
	  { "Heed cannot do this right now. Please try again in a moment.",
	    "Heed kann das gerade nicht. Bitte versuchen Sie es gleich noch einmal." } },
	{ "t_too_many",
	  { "Too many requests from this address. Try again in a minute.",
	    "Zu viele Anfragen von dieser Adresse. Versuchen Sie es in einer Minute noch "
	    "einmal." } },
	{ "t_unknown_link", { "There is nothing here", "Hier ist nichts" } },
	{ "t_unknown_link_more",
	  { "The link is not complete, or was never made. Ask whoever sent it to you.",
	    "Der Link ist nicht vollständig, oder es gab ihn nie. Fragen Sie, wer ihn Ihnen "
	    "geschickt hat." } },
	{ "t_revoked", { "This link was withdrawn", "Dieser Link wurde zurückgezogen" } },
	{ "t_revoked_more",
	  { "Whoever shared it has ended it. Ask them for a new one.",
	    "Wer ihn geteilt hat, hat ihn beendet. Bitten Sie dort um einen neuen." } },
	{ "t_expired", { "This link has run out", "Dieser Link ist abgelaufen" } },
	{ "t_expired_more",
	  { "Ask whoever shared it for a new one.",
	    "Bitten Sie, wer ihn geteilt hat, um einen neuen." } },
	{ "t_ended", { "This link no longer works", "Dieser Link gilt nicht mehr" } },
	{ "t_ended_more",
	  { "Who made it may no longer see what it shows. Ask for a new one.",
	    "Wer ihn erstellt hat, darf nicht mehr sehen, was er zeigt. Bitten Sie um einen "
	    "neuen." } },
	{ "t_trouble", { "Not right now", "Gerade nicht" } },
	{ "t_loading", { "The figures are being made ready", "Die Zahlen werden vorbereitet" } },
	{ "t_loading_more",
	  { "This page tries again by itself.", "Diese Seite versucht es von selbst wieder." } },
	{ "t_late", { "No connection since", "Keine Verbindung seit" } },
};

#define COUNT (sizeof words / sizeof words[0])

bool shared_word_find(enum door_language language, const char *name, Str *out)
{
	for (size_t i = 0; i < COUNT; i++)
		if (strcmp(words[i].name, name) == 0) {
			*out = str_of(words[i].texts[language]);
			return true;
		}
	return false;
}

Str shared_word(enum door_language language, const char *name)
{
	Str found;
	MUST(shared_word_find(language, name, &found));
	return found;
}

void shared_words_set(struct template_dict *d, enum door_language language)
{
	for (size_t i = 0; i < COUNT; i++)
		template_set(d, words[i].name, str_of(words[i].texts[language]));
}

Str shared_number(struct arena *a, enum door_language language, int64_t n)
{
	Str plain = str_printf(a, "%" PRId64, n);
	char *out = arena_alloc(a, plain.len * 2 + 1);
	size_t len = 0;
	for (size_t i = 0; i < plain.len; i++) {
		if (i && (plain.len - i) % 3 == 0)
			out[len++] = language == DOOR_GERMAN ? '.' : ',';
		out[len++] = plain.at[i];
	}
	return (Str){ out, len };
}

Str shared_score(struct arena *a, double points)
{
	long whole = lround(points);
	return str_printf(a, "%s%ld", whole < 0 ? "−" : "", labs(whole));
}

Str shared_score_in(struct arena *a, enum door_language language, double points, double width)
{
	long tenths = lround(points * 10);
	if (width >= NARROW)
		return shared_score(a, points);
	return str_printf(a, "%s%ld%c%ld", tenths < 0 ? "−" : "", labs(tenths) / 10,
	                  language == DOOR_GERMAN ? ',' : '.', labs(tenths) % 10);
}

Str shared_change(struct arena *a, double points)
{
	long whole = lround(points);
	return whole > 0 ? str_printf(a, "+%ld", whole) : shared_score(a, points);
}

Str shared_change_in(struct arena *a, enum door_language language, double points, double width)
{
	Str said = shared_score_in(a, language, points, width);
	bool more = width < NARROW ? lround(points * 10) > 0 : lround(points) > 0;
	return more ? str_printf(a, "+%.*s", STR_FMT(said)) : said;
}

static const char *const months[DOOR_LANGUAGES][12] = {
	{ "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" },
	{ "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.",
	  "Dez." },
};

Str shared_day(struct arena *a, enum door_language language, int64_t day)
{
	int year, month, of_month;
	date_from_days(day, &year, &month, &of_month);
	return str_printf(a, "%d%s %s %d", of_month, language == DOOR_GERMAN ? "." : "",
	                  months[language][month - 1], year);
}

Str shared_period(struct arena *a, enum door_language language, enum period_unit unit, int64_t day)
{
	int year, month, of_month;
	date_from_days(day, &year, &month, &of_month);
	const char *name = months[language][month - 1];
	if (unit == PERIOD_QUARTER)
		return str_printf(a, "Q%d %d", (month - 1) / 3 + 1, year);
	if (unit == PERIOD_MONTH)
		return str_printf(a, "%s %d", name, year);
	return str_printf(a, "%d%s %s", of_month, language == DOOR_GERMAN ? "." : "", name);
}

/* account/door_words.c - what the pages in front of the dashboard say. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/door.h"

#include <string.h>

#include "base/die.h"

static const struct {
	const char *name;
	const char *texts[DOOR_LANGUAGES];
} words[] = {
	{ "t_sign_in", { "Sign in", "Anmelden" } },
	{ "t_email", { "Email", "E-Mail-Adresse" } },
	{ "t_password", { "Password", "Passwort" } },
	{ "t_no_password",
	  { "No password, or forgotten? On the machine that runs Heed, this prints a link that "
	    "signs you in:",
	    "Kein Passwort oder vergessen? Auf dem Rechner, auf dem Heed läuft, gibt dies einen "
	    "Link aus, der Sie "
	    "anmeldet:" } },
	{ "t_link_once",
	  { "This link signs you in on this browser. It works once.",
	    "Dieser Link meldet Sie in diesem Browser an. Er gilt ein einziges Mal." } },
	{ "t_with_password", { "Sign in with your password", "Mit dem Passwort anmelden" } },
	{ "t_new_link",
	  { "Or make a new link on the machine that runs Heed:",
	    "Oder erzeugen Sie einen neuen Link auf dem Rechner, auf dem Heed läuft:" } },
	{ "t_code_title", { "One more step", "Noch ein Schritt" } },
	{ "t_code_hint",
	  { "Open the authenticator app on your phone and type the six digits it shows for Heed.",
	    "Öffnen Sie die Authenticator-App auf Ihrem Telefon und geben Sie die sechs Ziffern "
	    "ein, die sie für "
	    "Heed zeigt." } },
	{ "t_code", { "Code", "Code" } },
	{ "t_code_lost",
	  { "Phone not at hand? One of your recovery codes works in the same field, once each.",
	    "Telefon nicht zur Hand? Im selben Feld gilt auch jeder Ihrer Wiederherstellungscodes, "
	    "je ein Mal." } },
	{ "t_start_over", { "Start over", "Von vorn beginnen" } },
	{ "t_over", { "This link is no longer good", "Dieser Link gilt nicht mehr" } },
	{ "over_sentence",
	  { "It was used already, was withdrawn, is too old, or is of somebody who may invite no "
	    "more.",
	    "Er wurde schon benutzt, zurückgezogen, ist zu alt, oder wer ihn gemacht hat, darf "
	    "nicht mehr "
	    "einladen." } },
	{ "wrong",
	  { "The email address or the password is wrong.",
	    "Die E-Mail-Adresse oder das Passwort stimmt nicht." } },
	{ "wrong_code",
	  { "The code is wrong, or was used already. The app shows a new one every 30 seconds.",
	    "Der Code stimmt nicht oder wurde schon benutzt. Die App zeigt alle 30 Sekunden einen "
	    "neuen." } },
	{ "wait_seconds",
	  { "Too many wrong tries. Try again in # seconds.",
	    "Zu viele falsche Versuche. Versuchen Sie es in # Sekunden noch einmal." } },
	{ "wait_minutes",
	  { "Too many wrong tries. Try again in # minutes.",
	    "Zu viele falsche Versuche. Versuchen Sie es in # Minuten noch einmal." } },
	{ "too_many",
	  { "Too many tries from this address. Try again in a minute.",
	    "Zu viele Versuche von dieser Adresse. Versuchen Sie es in einer Minute noch "
	    "einmal." } },
	{ "busy",
	  { "Many people sign in right now. Try again in a moment.",
	    "Gerade melden sich viele an. Versuchen Sie es gleich noch einmal." } },
	{ "not_now",
	  { "Heed cannot do this right now. Please try again in a moment.",
	    "Heed kann das gerade nicht. Bitte versuchen Sie es gleich noch einmal." } },
	{ "password_rule",
	  { "The password must have at least 8 characters.",
	    "Das Passwort braucht mindestens 8 Zeichen." } },
	{ "workspace_rule",
	  { "Your company or team needs a name, of at most 100 letters.",
	    "Ihre Firma oder Ihr Team braucht einen Namen mit höchstens 100 Zeichen." } },
	{ "name_rule",
	  { "A name has at most 100 letters, on one line.",
	    "Ein Name hat höchstens 100 Zeichen in einer Zeile." } },
	{ "email_rule",
	  { "This is no email address that can be used here.",
	    "Diese E-Mail-Adresse kann hier nicht benutzt werden." } },
	{ "t_join_title", { "Join the team", "Zum Team dazukommen" } },
	{ "t_join_to", { "You are invited to", "Sie sind eingeladen zu" } },
	{ "t_join_as", { "You will sign in as", "Sie melden sich an als" } },
	{ "t_your_name", { "Your name", "Ihr Name" } },
	{ "t_new_password", { "Choose a password", "Passwort wählen" } },
	{ "t_password_hint", { "At least 8 characters.", "Mindestens 8 Zeichen." } },
	{ "t_join", { "Join", "Dazukommen" } },
	{ "t_join_known",
	  { "You have an account on this server already. Sign in, and you will come back here.",
	    "Sie haben auf diesem Server schon ein Konto. Melden Sie sich an; danach sind Sie "
	    "wieder hier." } },
	{ "t_join_other",
	  { "This invitation is for somebody else than who is signed in on this browser. Sign out "
	    "first, or open "
	    "the link in a private window.",
	    "Diese Einladung gilt für jemand anderen als die Person, die in diesem Browser "
	    "angemeldet ist. Melden "
	    "Sie sich erst ab, oder öffnen Sie den Link in einem privaten Fenster." } },
	{ "t_join_ask",
	  { "Ask the person who invited you for a new link.",
	    "Bitten Sie die Person, die Sie eingeladen hat, um einen neuen Link." } },
	{ "t_role_owner", { "as an owner", "mit der Rolle Inhaber" } },
	{ "t_role_admin", { "as an admin", "mit der Rolle Admin" } },
	{ "t_role_analyst", { "as an analyst", "mit der Rolle Analyst" } },
	{ "t_role_agent", { "as an agent", "mit der Rolle Agent" } },
	{ "t_role_viewer", { "as a viewer", "mit der Rolle Leser" } },
	{ "t_lost", { "There is no such page", "Diese Seite gibt es nicht" } },
	{ "t_lost_more",
	  { "The address is wrong, or what stood there has been removed.",
	    "Die Adresse stimmt nicht, oder was dort stand, ist entfernt worden." } },
	{ "t_lost_home", { "To the overview", "Zur Übersicht" } },
	{ "t_begin_title", { "Begin with Heed", "Mit Heed beginnen" } },
	{ "t_begin_hint",
	  { "This makes your workspace and you its owner. The set-up that follows takes under "
	    "three minutes.",
	    "Das legt Ihren Arbeitsbereich an, und er gehört Ihnen. Die Einrichtung danach dauert "
	    "keine drei "
	    "Minuten." } },
	{ "t_workspace", { "Company or team", "Firma oder Team" } },
	{ "t_begin", { "Begin", "Beginnen" } },
	{ "t_begin_over",
	  { "This server has a workspace already. Sign in to it.",
	    "Auf diesem Server gibt es schon einen Arbeitsbereich. Melden Sie sich dort an." } },
};

#define COUNT (sizeof words / sizeof words[0])

Str door_text(enum door_language language, const char *name)
{
	for (size_t i = 0; i < COUNT; i++)
		if (strcmp(words[i].name, name) == 0)
			return str_of(words[i].texts[language]);
	UNREACHABLE();
}

void door_words_set(struct template_dict *d, enum door_language language)
{
	for (size_t i = 0; i < COUNT; i++)
		template_set(d, words[i].name, str_of(words[i].texts[language]));
}

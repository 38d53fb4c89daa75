/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Sentences of our own in seven languages, written before the phrases were tried on them. */
#include "text/intent.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Of 100 such sentences at least so many must be understood. */
#define RIGHT_MIN 85

struct sentence {
	enum tongue tongue;
	enum intent intent;
	const char *text;
};

static const struct sentence sentences[] = {
	{ TONGUE_EN, INTENT_PROBLEM, "The app crashes every time I open the camera." },
	{ TONGUE_EN, INTENT_PROBLEM, "I can't log in since the last update" },
	{ TONGUE_EN, INTENT_PROBLEM, "Support never answered my emails." },
	{ TONGUE_EN, INTENT_PROBLEM, "Checkout was slow and confusing" },
	{ TONGUE_EN, INTENT_REQUEST, "Please add a dark mode." },
	{ TONGUE_EN, INTENT_REQUEST, "It would be nice to export to Excel" },
	{ TONGUE_EN, INTENT_REQUEST, "I wish there were more vegetarian dishes" },
	{ TONGUE_EN, INTENT_REQUEST, "You should offer weekend delivery" },
	{ TONGUE_EN, INTENT_QUESTION, "How do I change my address?" },
	{ TONGUE_EN, INTENT_QUESTION, "Is there a student discount?" },
	{ TONGUE_EN, INTENT_PRAISE, "Excellent service, friendly staff, highly recommended!" },
	{ TONGUE_EN, INTENT_PRAISE, "I love how easy it is to use" },
	{ TONGUE_EN, INTENT_CHURN, "I am cancelling my subscription and moving to a competitor" },
	{ TONGUE_EN, INTENT_CHURN, "Never again, I will not come back" },
	{ TONGUE_EN, INTENT_OTHER, "I use it at work on Mondays" },
	{ TONGUE_EN, INTENT_OTHER, "" },
	{ TONGUE_DE, INTENT_PROBLEM, "Die App stürzt ständig ab und lädt nicht." },
	{ TONGUE_DE, INTENT_PROBLEM, "Lieferung kam verspätet, der Karton war kaputt" },
	{ TONGUE_DE, INTENT_REQUEST, "Es wäre schön, wenn man Rechnungen exportieren könnte." },
	{ TONGUE_DE, INTENT_REQUEST, "Ich wünsche mir mehr Auswahl" },
	{ TONGUE_DE, INTENT_QUESTION, "Wie kann ich meine Adresse ändern?" },
	{ TONGUE_DE, INTENT_PRAISE, "Super Beratung, sehr freundliche Mitarbeiter" },
	{ TONGUE_DE, INTENT_CHURN, "Ich habe gekündigt und wechsle zur Konkurrenz." },
	{ TONGUE_FR, INTENT_PROBLEM, "L'application ne fonctionne plus depuis la mise à jour." },
	{ TONGUE_FR, INTENT_PROBLEM, "Trop d'attente, aucune réponse du service client" },
	{ TONGUE_FR, INTENT_REQUEST, "Ce serait bien d'ajouter le paiement par carte." },
	{ TONGUE_FR, INTENT_REQUEST, "J'aimerais plus de choix" },
	{ TONGUE_FR, INTENT_QUESTION, "Comment puis-je modifier ma commande ?" },
	{ TONGUE_FR, INTENT_PRAISE, "Personnel très agréable, je recommande !" },
	{ TONGUE_FR, INTENT_CHURN, "Je vais résilier et passer à la concurrence" },
	{ TONGUE_ES, INTENT_PROBLEM, "La aplicación no funciona y se cierra sola." },
	{ TONGUE_ES, INTENT_PROBLEM, "El pedido llegó con retraso y roto" },
	{ TONGUE_ES, INTENT_REQUEST, "Sería genial poder pagar con tarjeta." },
	{ TONGUE_ES, INTENT_REQUEST, "Me gustaría que hubiera más variedad" },
	{ TONGUE_ES, INTENT_QUESTION, "¿Cómo puedo cambiar mi dirección?" },
	{ TONGUE_ES, INTENT_PRAISE, "Excelente atención, muy amables" },
	{ TONGUE_ES, INTENT_CHURN, "Me doy de baja, no vuelvo nunca más" },
	{ TONGUE_IT, INTENT_PROBLEM, "L'app si blocca e non riesco ad accedere." },
	{ TONGUE_IT, INTENT_PROBLEM, "Camera sporca e rumorosa" },
	{ TONGUE_IT, INTENT_REQUEST, "Sarebbe utile avere più opzioni di pagamento." },
	{ TONGUE_IT, INTENT_QUESTION, "Come posso cambiare la password?" },
	{ TONGUE_IT, INTENT_PRAISE, "Personale gentilissimo, ottima esperienza" },
	{ TONGUE_IT, INTENT_CHURN, "Mai più, cambio operatore" },
	{ TONGUE_PT, INTENT_PROBLEM, "O sistema trava muito e não carrega." },
	{ TONGUE_PT, INTENT_PROBLEM, "Demora no suporte, ninguém responde" },
	{ TONGUE_PT, INTENT_REQUEST, "Seria bom ter mais relatórios." },
	{ TONGUE_PT, INTENT_REQUEST, "Gostaria de poder exportar em PDF" },
	{ TONGUE_PT, INTENT_QUESTION, "Como faço para alterar meu cadastro?" },
	{ TONGUE_PT, INTENT_PRAISE, "Sistema excelente, muito fácil de usar" },
	{ TONGUE_PT, INTENT_CHURN, "Vou cancelar minha assinatura" },
	{ TONGUE_NL, INTENT_PROBLEM, "De app loopt steeds vast en werkt niet." },
	{ TONGUE_NL, INTENT_PROBLEM, "Lange wachttijd en koud eten" },
	{ TONGUE_NL, INTENT_REQUEST, "Het zou fijn zijn als er meer keuze was." },
	{ TONGUE_NL, INTENT_QUESTION, "Hoe kan ik mijn adres wijzigen?" },
	{ TONGUE_NL, INTENT_PRAISE, "Geweldige service, heel vriendelijk personeel" },
	{ TONGUE_NL, INTENT_CHURN, "Ik zeg mijn abonnement op en stap over" },
};

static struct intents read(const char *text, enum tongue tongue)
{
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	struct words w;
	struct plain_words plain;
	struct intents in;
	words_read(r, &a, str_of(text), tongue, &w);
	plain_words(&a, &w, &plain);
	intent_find(intent_make(&a), &a, &plain, &in);
	word_reader_close(r);
	arena_free(&a);
	return in;
}

static void understands_plain_sentences_of_seven_languages(void **state)
{
	(void)state;
	size_t right = 0, count = sizeof sentences / sizeof sentences[0];
	for (size_t i = 0; i < count; i++) {
		struct intents in = read(sentences[i].text, sentences[i].tongue);
		if (in.main != sentences[i].intent)
			print_message("# %.*s, not %.*s: %s\n", STR_FMT(intent_name(in.main)),
			              STR_FMT(intent_name(sentences[i].intent)), sentences[i].text);
		right += in.main == sentences[i].intent;
	}
	assert_in_range(right * 100 / count, RIGHT_MIN, 100);
}

/* Short ones, each with a phrase of its kind. */
static void hears_short_threats_and_requests(void **state)
{
	(void)state;
	static const struct sentence brief[] = {
		{ TONGUE_EN, INTENT_CHURN, "We won't renew" },
		{ TONGUE_EN, INTENT_CHURN, "I will cancel." },
		{ TONGUE_EN, INTENT_CHURN, "You lost a customer" },
		{ TONGUE_NL, INTENT_CHURN, "Opgezegd" },
		{ TONGUE_NL, INTENT_CHURN, "Op zoek naar een alternatief" },
		{ TONGUE_NL, INTENT_CHURN, "Klant kwijt" },
		{ TONGUE_DE, INTENT_CHURN, "App gelöscht" },
		{ TONGUE_DE, INTENT_CHURN, "Konto geschlossen" },
		{ TONGUE_DE, INTENT_CHURN, "Kunden verloren" },
		{ TONGUE_DE, INTENT_CHURN, "Suche einen anderen Anbieter" },
		{ TONGUE_FR, INTENT_CHURN, "Je cherche une alternative" },
		{ TONGUE_FR, INTENT_CHURN, "Compte fermé" },
		{ TONGUE_ES, INTENT_CHURN, "Busco alternativas" },
		{ TONGUE_ES, INTENT_CHURN, "Cuenta cerrada" },
		{ TONGUE_PT, INTENT_CHURN, "Procuro alternativas" },
		{ TONGUE_PT, INTENT_CHURN, "Vou cancelar" },
		{ TONGUE_IT, INTENT_CHURN, "Cerco alternative" },
		{ TONGUE_IT, INTENT_CHURN, "Conto chiuso" },
		{ TONGUE_DE, INTENT_REQUEST, "Könnt ihr einen Dunkelmodus einbauen" },
		{ TONGUE_DE, INTENT_REQUEST, "Bitte eine Suche" },
		{ TONGUE_DE, INTENT_REQUEST, "Ich vermisse eine Druckfunktion" },
		{ TONGUE_DE, INTENT_REQUEST, "Man sollte die Liste filtern können" },
		{ TONGUE_ES, INTENT_REQUEST, "Falta un modo oscuro" },
		{ TONGUE_IT, INTENT_REQUEST, "Manca una modalità scura" },
		{ TONGUE_PT, INTENT_REQUEST, "Falta um filtro por data" },
		{ TONGUE_NL, INTENT_REQUEST, "Er ontbreekt een zoekfunctie" },
		{ TONGUE_FR, INTENT_REQUEST, "Il manque un filtre" },
		{ TONGUE_DE, INTENT_PROBLEM, "Kein Ton." },
		{ TONGUE_DE, INTENT_PROBLEM, "Paket kam nie an." },
		{ TONGUE_ES, INTENT_PROBLEM, "Sin sonido" },
		{ TONGUE_NL, INTENT_PROBLEM, "Geen geluid" },
	};
	size_t wrong = 0;
	for (size_t i = 0; i < sizeof brief / sizeof brief[0]; i++) {
		struct intents in = read(brief[i].text, brief[i].tongue);
		if (in.main == brief[i].intent)
			continue;
		print_error("%.*s, not %.*s: %s\n", STR_FMT(intent_name(in.main)),
		            STR_FMT(intent_name(brief[i].intent)), brief[i].text);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

static void tells_all_that_are_present(void **state)
{
	(void)state;
	struct intents in =
	    read("The app crashes and freezes. Fix it or I'm cancelling my account", TONGUE_EN);
	assert_int_equal(in.main, INTENT_PROBLEM);
	assert_int_equal(in.present, 1u << INTENT_PROBLEM | 1u << INTENT_CHURN);
	assert_int_equal(read("Tuesday", TONGUE_EN).present, 1u << INTENT_OTHER);
}

static void is_not_led_astray_by_a_negation(void **state)
{
	(void)state;
	assert_int_equal(read("No problems at all", TONGUE_EN).present >> INTENT_PROBLEM & 1, 0);
	assert_int_equal(read("It is not very good", TONGUE_EN).present >> INTENT_PRAISE & 1, 0);
	assert_int_equal(read("Keine Probleme", TONGUE_DE).present >> INTENT_PROBLEM & 1, 0);
}

static void says_nothing_of_languages_it_does_not_read(void **state)
{
	(void)state;
	assert_int_equal(read("crash error?", TONGUE_FI).main, INTENT_OTHER);
	assert_false(intent_reads(TONGUE_FI));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(understands_plain_sentences_of_seven_languages),
		cmocka_unit_test(hears_short_threats_and_requests),
		cmocka_unit_test(tells_all_that_are_present),
		cmocka_unit_test(is_not_led_astray_by_a_negation),
		cmocka_unit_test(says_nothing_of_languages_it_does_not_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

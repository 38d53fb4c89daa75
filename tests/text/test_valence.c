/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/valence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct ground {
	struct arena a;
	struct word_reader *reader;
};

static void number(struct ground *g, enum tongue t, const char *text, float *numbers)
{
	struct words w;
	struct valence v;
	words_read(g->reader, &g->a, str_of(text), t, &w);
	valence_read(&g->a, &w, NULL, &v);
	valence_numbers(&w, &v, 0, w.count, numbers);
}

static float one(struct ground *g, enum tongue t, const char *text, enum valence_number which)
{
	float numbers[VALENCE_COUNT];
	number(g, t, text, numbers);
	return numbers[which];
}

static float compound(struct ground *g, enum tongue t, const char *text)
{
	return one(g, t, text, VALENCE_COMPOUND);
}

static int set_up(void **state)
{
	static struct ground g;
	g = (struct ground){ .reader = word_reader_open() };
	*state = &g;
	return 0;
}

static int tear_down(void **state)
{
	struct ground *g = *state;
	word_reader_close(g->reader);
	arena_free(&g->a);
	return 0;
}

static void turns_what_is_negated(void **state)
{
	assert_true(compound(*state, TONGUE_EN, "good") > 0);
	assert_true(compound(*state, TONGUE_EN, "not very good") < 0);
	assert_true(compound(*state, TONGUE_EN, "no problems") > 0);
	assert_true(compound(*state, TONGUE_EN, "not now. Good") > 0);
	assert_true(compound(*state, TONGUE_DE, "gefällt mir nicht") < 0);
	assert_true(compound(*state, TONGUE_DE, "gefällt nicht") < 0);
	assert_true(compound(*state, TONGUE_EN, "it works not") >= 0);
	assert_true(compound(*state, TONGUE_PT, "não gostei") < 0);
	assert_true(compound(*state, TONGUE_ES, "es más rápido") > 0);
	assert_true(compound(*state, TONGUE_ES, "podría ser más rápido") < 0);
	assert_true(compound(*state, TONGUE_ES, "no podría ser mejor") > 0);
	assert_true(compound(*state, TONGUE_FR, "l'efficacité") > 0);
	assert_true(compound(*state, TONGUE_IT, "un'ottima scelta") > 0);
}

static void weighs_degree_and_emphasis(void **state)
{
	float plain = compound(*state, TONGUE_EN, "the food was good");
	assert_true(compound(*state, TONGUE_EN, "the food was very good") > plain);
	assert_true(compound(*state, TONGUE_EN, "the food was somewhat good") < plain);
	assert_true(compound(*state, TONGUE_EN, "the food was GOOD") > plain);
	assert_true(compound(*state, TONGUE_EN, "the food was goood") >= plain);
	assert_true(compound(*state, TONGUE_EN, "the food was too good") < 0);
	assert_true(one(*state, TONGUE_EN, "good!!", VALENCE_CRIES) > 0);
	assert_true(one(*state, TONGUE_EN, "bad!!", VALENCE_CRIES) < 0);
}

static void hears_contrast_and_wishes(void **state)
{
	const char *text = "The room was good but the food was awful";
	assert_true(one(*state, TONGUE_EN, text, VALENCE_BEFORE_CONTRAST) > 0);
	assert_true(one(*state, TONGUE_EN, text, VALENCE_AFTER_CONTRAST) < 0);
	assert_true(one(*state, TONGUE_EN, text, VALENCE_BALANCE) > .2F);
	assert_true(one(*state, TONGUE_EN, "good", VALENCE_AFTER_CONTRAST) == 0);
	assert_true(one(*state, TONGUE_EN, "could be better", VALENCE_WISHED_GOOD) > 0);
	assert_true(one(*state, TONGUE_EN, "is better", VALENCE_WISHED_GOOD) == 0);
	assert_true(one(*state, TONGUE_EN, "No parking", VALENCE_PLAIN_NEGATIONS) > 0);
	assert_true(one(*state, TONGUE_EN, "No parking", VALENCE_BEGINS_NEGATED) == 1);
	assert_true(one(*state, TONGUE_EN, "No problem", VALENCE_PLAIN_NEGATIONS) == 0);
	assert_true(one(*state, TONGUE_EN, "a chair", VALENCE_NONE) == 1);
}

/* Numbers of a range are those of a text of its own. */
static void numbers_a_part_as_a_text(void **state)
{
	struct ground *g = *state;
	struct words w;
	struct valence v;
	float part[VALENCE_COUNT], whole[VALENCE_COUNT];
	words_read(g->reader, &g->a, STR("The food was awful; the staff were very friendly"),
	           TONGUE_EN, &w);
	valence_read(&g->a, &w, NULL, &v);
	assert_int_equal(w.clause_count, 2);
	valence_numbers(&w, &v, w.clauses[1].first, w.clauses[1].count, part);
	number(g, TONGUE_EN, "the staff were very friendly", whole);
	for (size_t i = 0; i < VALENCE_COUNT; i++)
		assert_float_equal(part[i], whole[i], 1e-6);
}

/* Sentences as people write them, by how they are meant: -1 bad, 0 neither, 1 good. */
struct everyday {
	enum tongue tongue;
	int sign;
	const char *text;
};

static void all_mean(struct ground *g, const struct everyday *all, size_t count)
{
	size_t wrong = 0;
	for (size_t i = 0; i < count; i++) {
		float sum = compound(g, all[i].tongue, all[i].text);
		if ((sum > 0) - (sum < 0) == all[i].sign)
			continue;
		print_message("# %+.2f, not %d: %s\n", (double)sum, all[i].sign, all[i].text);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}
#define ALL_MEAN(g, all) all_mean((g), (all), sizeof(all) / sizeof(all)[0])

/* Stop words look like inflected words of feeling: "con" is no kin of "coño". */
static void hears_nothing_in_words_that_say_little(void **state)
{
	static const struct everyday all[] = {
		{ TONGUE_ES, 1, "Estoy muy contento con el servicio y la atención" },
		{ TONGUE_ES, 1, "Muy satisfecho con la compra" },
		{ TONGUE_ES, 0, "Un hotel con piscina" },
		{ TONGUE_ES, 0, "Desde ayer" },
		{ TONGUE_ES, 0, "Vengo con mi familia desde hace años" },
		{ TONGUE_PT, 1, "Tem bom preço" },
		{ TONGUE_PT, 0, "Tem wifi" },
		{ TONGUE_PT, 0, "Ele tem uma conta desde ontem" },
		{ TONGUE_FR, 0, "Il faut ouvrir la porte" },
		{ TONGUE_FR, 0, "Tu peux venir" },
		{ TONGUE_FR, 1, "Il faut dire que le service est excellent" },
		{ TONGUE_NL, 0, "Je kan daar ontbijten" },
		{ TONGUE_NL, -1, "Je kan daar slecht slapen" },
	};
	ALL_MEAN(*state, all);
}

static void hears_nothing_in_neutral_words(void **state)
{
	static const struct everyday all[] = {
		{ TONGUE_FR, 0, "Les prix sont trop élevés" },
		{ TONGUE_FR, 0, "Une nuit à l'hôtel" },
		{ TONGUE_FR, 0, "Les gens sur la plage" },
		{ TONGUE_FR, 0, "Mon conseiller aura les données du paiement" },
		{ TONGUE_FR, 0, "Il y avait une douche dans la chambre" },
		{ TONGUE_FR, -1, "Gros problème de paiement" },
		{ TONGUE_FR, 1, "Agréablement surpris" },
		{ TONGUE_NL, -1, "Grote problemen." },
		{ TONGUE_NL, 0, "Vier dagen achter elkaar" },
		{ TONGUE_NL, 0, "De douche is klaar" },
		{ TONGUE_NL, 1, "De moeite waard" },
		{ TONGUE_DE, -1, "Große Probleme mit der Rechnung." },
		{ TONGUE_DE, -1, "Die Preise sind zu hoch und der Service schlecht" },
		{ TONGUE_DE, 0, "Die Kinder wollen die gleiche Art Wein" },
		{ TONGUE_DE, 0, "Die Bank liegt oben in der Dusche" },
		{ TONGUE_DE, -1, "Komisch" },
		{ TONGUE_ES, 0, "El tiempo de entrega fue de dos días" },
		{ TONGUE_ES, 0, "El banco tiene una oferta y un contrato" },
		{ TONGUE_ES, 0, "El pollo salió del restaurante" },
		{ TONGUE_ES, 1, "Vale la pena" },
		{ TONGUE_IT, 0, "La banca deve i dati della marca" },
		{ TONGUE_IT, 0, "È successo subito, due minuti" },
		{ TONGUE_IT, 0, "Il bar con doccia e torta" },
		{ TONGUE_IT, -1, "La maggiore parte è rotta" },
		{ TONGUE_PT, 0, "Falar com o atendente do restaurante" },
		{ TONGUE_PT, 0, "A gente fez o pagamento de tarde" },
		{ TONGUE_PT, -1, "Grande problema na entrada" },
		{ TONGUE_PT, 1, "Vale a pena" },
		{ TONGUE_FR, 0, "La soupe des chiens" },
		{ TONGUE_FR, 1, "Un personnel attentif" },
		{ TONGUE_ES, 0, "Deportes, tapas y peces de la residencia" },
		{ TONGUE_ES, -1, "Nadie contesta el teléfono" },
		{ TONGUE_IT, 0, "Succo, piante e scaricare la licenza" },
		{ TONGUE_PT, 0, "A bateria carrega no prazo, tem vaga" },
		{ TONGUE_DE, 0, "Der Schalter übrigens unter Umständen" },
		{ TONGUE_NL, 0, "Een opmerking over het gerecht en het onderhoud" },
	};
	ALL_MEAN(*state, all);
}

/* "ne ... pas" is one negation, not two. */
static void takes_negations_that_agree_for_one(void **state)
{
	static const struct everyday all[] = {
		{ TONGUE_FR, -1, "Le service n'est pas bon" },
		{ TONGUE_FR, -1, "Je ne suis pas satisfait" },
		{ TONGUE_FR, -1, "Je n'ai pas aimé" },
		{ TONGUE_FR, -1, "Le personnel n'est jamais disponible" },
		{ TONGUE_FR, 1, "Ce n'est pas cher" },
		{ TONGUE_FR, 1, "Je ne suis pas déçu" },
		{ TONGUE_FR, 1, "Je n'ai jamais eu de problème" },
		{ TONGUE_ES, 1, "No tuve ningún problema" },
		{ TONGUE_ES, 1, "No está nada mal" },
		{ TONGUE_ES, -1, "No está nada bien" },
		{ TONGUE_ES, -1, "Nunca nadie ayuda" },
		{ TONGUE_IT, -1, "Non è mai puntuale" },
		{ TONGUE_IT, 1, "Non ho avuto alcun problema" },
		{ TONGUE_IT, 1, "Non ho mai avuto nessun problema" },
		{ TONGUE_PT, 1, "Não é nada mau" },
		{ TONGUE_PT, 1, "Nunca tive nenhum problema" },
		{ TONGUE_EN, 1, "not without charm" }, /* elsewhere two cancel */
	};
	ALL_MEAN(*state, all);
}

/* What is denied on one side of a comma is not denied on the other. */
static void denies_nothing_across_a_comma(void **state)
{
	static const struct everyday all[] = {
		{ TONGUE_EN, 1, "No complaints, great service." },
		{ TONGUE_EN, 1, "Great service, no complaints." },
		{ TONGUE_EN, 1, "No noise, great bed" },
		{ TONGUE_EN, -1, "No help, rude staff" },
		{ TONGUE_EN, -1, "Not very good, sorry" },
		{ TONGUE_DE, 1, "Keine Probleme, sehr zufrieden." },
		{ TONGUE_DE, 1, "Alles bestens, nichts zu beanstanden." },
		{ TONGUE_DE, -1, "Gefällt mir nicht, schade" },
		{ TONGUE_FR, 1, "Pas de problème, très satisfait." },
		{ TONGUE_FR, 1, "Rien à redire, tout était parfait." },
		{ TONGUE_ES, 1, "Nada que objetar, todo perfecto." },
		{ TONGUE_IT, 1, "Nessun problema, molto soddisfatto." },
		{ TONGUE_PT, 1, "Nada a reclamar, tudo perfeito." },
		{ TONGUE_NL, 1, "Geen problemen, zeer tevreden." },
	};
	ALL_MEAN(*state, all);
}

static void turns_what_there_is_little_of(void **state)
{
	static const struct everyday all[] = {
		{ TONGUE_FR, -1, "Peu fiable." },
		{ TONGUE_FR, -1, "Très peu utile." },
		{ TONGUE_FR, -1, "Peu de propreté et peu d'efficacité" },
		{ TONGUE_FR, 1, "Peu cher" },
		{ TONGUE_FR, -1, "Un peu cher" },
		{ TONGUE_ES, -1, "Poco intuitivo." },
		{ TONGUE_ES, -1, "Muy poco amables." },
		{ TONGUE_ES, 1, "Poca espera" },
		{ TONGUE_ES, -1, "Un poco caro" },
		{ TONGUE_IT, -1, "Molto poco utile." },
		{ TONGUE_IT, -1, "Poca disponibilità" },
		{ TONGUE_IT, -1, "È un po' caro, un poco lento" },
		{ TONGUE_PT, -1, "Pouco prático." },
		{ TONGUE_PT, -1, "Um pouco lento" },
		{ TONGUE_NL, -1, "Weinig behulpzaam." },
		{ TONGUE_NL, -1, "Een weinig traag" },
		{ TONGUE_DE, -1, "Wenig hilfreich." },
		{ TONGUE_DE, -1, "Ein wenig langsam" },
	};
	ALL_MEAN(*state, all);
}

static void knows_superlatives_by_their_words(void **state)
{
	static const struct everyday all[] = {
		{ TONGUE_ES, 1, "Buenísimo." },
		{ TONGUE_ES, 1, "Riquísimo." },
		{ TONGUE_ES, 1, "Amabilísimos." },
		{ TONGUE_ES, 1, "Limpísimo." },
		{ TONGUE_ES, 1, "Comodísima." },
		{ TONGUE_ES, 1, "Rapidisimo" },
		{ TONGUE_ES, -1, "Carísimo." },
		{ TONGUE_ES, -1, "Lentísimas" },
		{ TONGUE_IT, 1, "Gentilissimi." },
		{ TONGUE_IT, 1, "Pulitissimo." },
		{ TONGUE_IT, 1, "Comodissimo." },
		{ TONGUE_IT, -1, "Sporchissimo" },
		{ TONGUE_IT, -1, "Lentissimo" },
		{ TONGUE_PT, 1, "Gostosíssimo." },
		{ TONGUE_PT, 1, "Limpíssimo." },
		{ TONGUE_PT, 1, "Educadíssimos." },
		{ TONGUE_PT, 1, "Agradabilíssimo" },
		{ TONGUE_PT, -1, "Caríssimo" },
		{ TONGUE_ES, 0, "El próximo mes con la misma" },
	};
	float plain = compound(*state, TONGUE_ES, "bueno");
	assert_true(compound(*state, TONGUE_ES, "buenísimo") > plain);
	ALL_MEAN(*state, all);
}

/* "Plus" is more, "personne" a person, unless "ne" stands before them. */
static void hears_more_in_plus_and_people_in_personne(void **state)
{
	static const struct everyday all[] = {
		{ TONGUE_FR, 1, "C'est plus rapide qu'avant" },
		{ TONGUE_FR, 1, "La personne était très aimable" },
		{ TONGUE_FR, 1, "Une personne très compétente m'a aidé" },
		{ TONGUE_FR, -1, "C'est plus cher" },
		{ TONGUE_FR, -1, "Ce n'est plus agréable" },
		{ TONGUE_FR, -1, "Il n'y a vraiment plus personne de compétent" },
		{ TONGUE_FR, -1, "Personne n'est compétent" },
	};
	ALL_MEAN(*state, all);
}

/* Nobody denies what there is no doubt about. */
static void denies_nothing_without_doubt(void **state)
{
	static const struct everyday all[] = {
		{ TONGUE_ES, 1, "Sin duda la mejor" },
		{ TONGUE_ES, -1, "Sin ninguna duda el peor servicio" },
		{ TONGUE_IT, 1, "Senza dubbio il migliore" },
		{ TONGUE_IT, -1, "Senza alcun dubbio il peggior hotel" },
		{ TONGUE_FR, 1, "Sans aucun doute le meilleur" },
		{ TONGUE_FR, -1, "Sans le moindre doute la pire expérience" },
		{ TONGUE_PT, 1, "Sem dúvida o melhor" },
		{ TONGUE_PT, 1, "Sem sombra de dúvida excelente" },
		{ TONGUE_DE, 1, "Ohne Zweifel das Beste" },
		{ TONGUE_DE, 1, "Ohne Frage super" },
		{ TONGUE_DE, -1, "Ohne jeden Zweifel schlecht" },
		{ TONGUE_NL, 1, "Zonder twijfel de beste" },
		{ TONGUE_EN, 1, "No doubt the best" },
		{ TONGUE_EN, -1, "Without a doubt the worst" },
		{ TONGUE_EN, -1, "Without the usual charm" },
	};
	ALL_MEAN(*state, all);
}

static void knows_praise_that_denies(void **state)
{
	static const struct everyday all[] = {
		{ TONGUE_EN, 1, "Could not be better" },
		{ TONGUE_EN, 1, "It can't be better" },
		{ TONGUE_EN, 1, "Nothing could be better" },
		{ TONGUE_EN, 1, "Can't recommend highly enough" },
		{ TONGUE_EN, -1, "Can't recommend this place" },
		{ TONGUE_EN, 1, "Their service is second to none" },
		{ TONGUE_EN, 1, "I was never so happy" },
		{ TONGUE_EN, -1, "It is not better" },
		{ TONGUE_ES, 1, "No puede ser mejor" },
		{ TONGUE_ES, 1, "No podría ser mejor" },
		{ TONGUE_ES, -1, "Podría ser mejor" },
		{ TONGUE_IT, 1, "Non può andare meglio" },
		{ TONGUE_PT, 1, "Não pode ser melhor" },
		{ TONGUE_FR, 1, "On ne peut pas faire mieux" },
		{ TONGUE_FR, 1, "Je n'ai jamais été si content" },
		{ TONGUE_DE, 1, "Besser geht's nicht!" },
		{ TONGUE_DE, 1, "Es könnte nicht besser sein" },
		{ TONGUE_DE, -1, "Es könnte besser sein" },
		{ TONGUE_DE, 1, "Da kann man nicht meckern" },
		{ TONGUE_DE, 1, "Ich habe nichts auszusetzen" },
		{ TONGUE_DE, 1, "Ich kann mich nicht beklagen" },
		{ TONGUE_DE, 1, "Ich war noch nie so zufrieden" },
		{ TONGUE_DE, -1, "Noch nie so schlecht gegessen" },
		{ TONGUE_DE, 1, "brutal gut" },
		{ TONGUE_DE, 1, "Das Essen war Bombe" },
		{ TONGUE_NL, 1, "Het kon niet beter" },
	};
	ALL_MEAN(*state, all);
}

static void knows_sayings_of_praise_and_blame(void **state)
{
	static const struct everyday all[] = {
		{ TONGUE_EN, 1, "I can't live without it." },
		{ TONGUE_EN, 1, "You can't go wrong with this." },
		{ TONGUE_EN, 1, "Cannot fault it" },
		{ TONGUE_EN, 1, "Can't wait to come back." },
		{ TONGUE_EN, 1, "Could not have asked for a better stay" },
		{ TONGUE_EN, -1, "Far from perfect" },
		{ TONGUE_EN, -1, "I want my money back." },
		{ TONGUE_EN, 0, "It is a 5 star hotel" },
		{ TONGUE_DE, 1, "Volle Punktzahl" },
		{ TONGUE_DE, 1, "5 Sterne" },
		{ TONGUE_DE, 1, "Daumen hoch" },
		{ TONGUE_DE, 1, "Hut ab" },
		{ TONGUE_DE, 1, "Nicht mehr wegzudenken." },
		{ TONGUE_DE, 1, "Möchte es nicht missen." },
		{ TONGUE_DE, 1, "Da kann man nichts falsch machen." },
		{ TONGUE_DE, -1, "Null Sterne" },
		{ TONGUE_DE, -1, "Luft nach oben" },
		{ TONGUE_FR, 1, "Personnel à l'écoute" },
		{ TONGUE_FR, 1, "Je ne peux plus m'en passer." },
		{ TONGUE_FR, -1, "Pas terrible" },
		{ TONGUE_FR, -1, "Peut mieux faire" },
		{ TONGUE_FR, -1, "De l'argent jeté par les fenêtres" },
		{ TONGUE_ES, 1, "De diez" },
		{ TONGUE_ES, 1, "No puedo vivir sin ella" },
		{ TONGUE_ES, -1, "Dinero tirado" },
		{ TONGUE_IT, 1, "Voto dieci" },
		{ TONGUE_IT, 1, "Non posso più farne a meno" },
		{ TONGUE_IT, -1, "Soldi buttati" },
		{ TONGUE_PT, 1, "Nota 10" },
		{ TONGUE_PT, 1, "Show de bola" },
		{ TONGUE_PT, 1, "Não vivo mais sem" },
		{ TONGUE_PT, -1, "Dinheiro jogado fora" },
		{ TONGUE_NL, 1, "Een dikke tien" },
		{ TONGUE_NL, 1, "Ik kan niet meer zonder" },
		{ TONGUE_NL, -1, "Kan beter" },
		{ TONGUE_NL, -1, "Het eten kan veel beter" },
		{ TONGUE_NL, 1, "Het kan niet beter" },
	};
	ALL_MEAN(*state, all);
}

static void reads_marks_as_verdicts(void **state)
{
	static const struct everyday all[] = {
		{ TONGUE_EN, 1, "10/10" },        { TONGUE_DE, 1, "9/10, gerne" },
		{ TONGUE_EN, -1, "2/10" },        { TONGUE_FR, -1, "0/20, à fuir" },
		{ TONGUE_EN, 1, "100%" },         { TONGUE_EN, 1, "A+ service" },
		{ TONGUE_EN, 0, "Call us 24/7" }, { TONGUE_EN, 0, "We came on 3/10" },
		{ TONGUE_EN, 0, "3/10/2024" },
	};
	ALL_MEAN(*state, all);
}

static void hears_no_praise_in_wishes(void **state)
{
	static const struct everyday all[] = {
		{ TONGUE_EN, 0, "Would love a widget." },
		{ TONGUE_EN, 0, "It would be nice to have widgets." },
		{ TONGUE_EN, 1, "I would love to come back" },
		{ TONGUE_DE, 0, "Ein Dunkelmodus wäre toll." },
		{ TONGUE_FR, 0, "Ce serait bien d'avoir un filtre." },
		{ TONGUE_ES, 0, "Sería genial un buscador." },
		{ TONGUE_IT, 0, "Sarebbe bello avere un filtro." },
		{ TONGUE_PT, 0, "Seria ótimo ter um filtro." },
		{ TONGUE_NL, 0, "Een filter zou handig zijn." },
		{ TONGUE_EN, 0, "Faster delivery" },
		{ TONGUE_EN, 0, "More friendly staff" },
		{ TONGUE_EN, 1, "Better than expected" },
		{ TONGUE_EN, 1, "Faster now" },
		{ TONGUE_EN, 1, "Better service I have never had anywhere" },
		{ TONGUE_DE, 0, "Schnellere Antworten." },
		{ TONGUE_DE, 1, "Besser als gedacht" },
		{ TONGUE_NL, 0, "Snellere levering" },
	};
	ALL_MEAN(*state, all);
}

static void praises_faults_that_were_mended(void **state)
{
	static const struct everyday all[] = {
		{ TONGUE_EN, 1, "The bug was fixed." },
		{ TONGUE_EN, 1, "They fixed my issue." },
		{ TONGUE_EN, 1, "My complaint was resolved quickly." },
		{ TONGUE_EN, 1, "No more errors." },
		{ TONGUE_EN, -1, "The bug was not fixed." },
		{ TONGUE_EN, -1, "They never fixed my issue." },
		{ TONGUE_EN, -1, "The bugs need to be fixed" },
		{ TONGUE_DE, 1, "Problem gelöst" },
		{ TONGUE_DE, 1, "Fehler wurde behoben." },
		{ TONGUE_DE, 1, "Keine Fehler mehr." },
		{ TONGUE_DE, -1, "Das Problem wurde nicht gelöst" },
		{ TONGUE_FR, 1, "Problème résolu" },
		{ TONGUE_FR, -1, "Le problème n'est toujours pas résolu" },
		{ TONGUE_ES, 1, "Problema resuelto" },
		{ TONGUE_ES, 1, "Me solucionaron el problema" },
		{ TONGUE_ES, -1, "No me solucionaron el problema" },
		{ TONGUE_IT, 1, "Problema risolto" },
		{ TONGUE_IT, -1, "Il problema non è stato risolto" },
		{ TONGUE_PT, 1, "Problema resolvido" },
		{ TONGUE_PT, 1, "Resolveram meu problema" },
		{ TONGUE_PT, -1, "Não resolveram meu problema" },
		{ TONGUE_NL, 1, "Probleem opgelost" },
		{ TONGUE_NL, -1, "Het probleem is niet opgelost" },
	};
	ALL_MEAN(*state, all);
}

static void hears_that_it_was_better_before(void **state)
{
	static const struct everyday all[] = {
		{ TONGUE_EN, -1, "Used to love it" },
		{ TONGUE_EN, -1, "It used to be good." },
		{ TONGUE_EN, -1, "The old version was better." },
		{ TONGUE_EN, -1, "Was good until the update." },
		{ TONGUE_EN, 1, "I am used to good service" },
		{ TONGUE_EN, 1, "It used to be bad, now it is great" },
		{ TONGUE_DE, -1, "Früher war es besser." },
		{ TONGUE_DE, -1, "War mal gut." },
		{ TONGUE_DE, 1, "Das war mal lecker" },
		{ TONGUE_DE, -1, "Die alte Version war besser." },
		{ TONGUE_FR, -1, "C'était mieux avant." },
		{ TONGUE_FR, 1, "C'est mieux qu'avant" },
		{ TONGUE_ES, -1, "Antes era mejor" },
		{ TONGUE_ES, -1, "Antes funcionaba bien" },
		{ TONGUE_ES, 1, "Es mejor que antes" },
		{ TONGUE_IT, -1, "Prima era meglio" },
		{ TONGUE_IT, -1, "Era meglio prima" },
		{ TONGUE_IT, 1, "Prima di tutto ottimo servizio" },
		{ TONGUE_PT, -1, "Antes era melhor" },
		{ TONGUE_PT, -1, "Já foi melhor" },
		{ TONGUE_NL, -1, "Vroeger was het beter" },
		{ TONGUE_NL, -1, "De oude versie was beter" },
	};
	ALL_MEAN(*state, all);
}

static void knows_what_leaves_to_be_desired(void **state)
{
	static const struct everyday all[] = {
		{ TONGUE_ES, -1, "Deja mucho que desear" },
		{ TONGUE_ES, 1, "No deja nada que desear" },
		{ TONGUE_IT, -1, "Lascia a desiderare" },
		{ TONGUE_FR, -1, "Le service laisse à désirer" },
		{ TONGUE_PT, -1, "Deixa muito a desejar" },
		{ TONGUE_DE, -1, "Lässt zu wünschen übrig" },
		{ TONGUE_DE, 1, "Lässt nichts zu wünschen übrig" },
		{ TONGUE_NL, -1, "Laat te wensen over" },
	};
	ALL_MEAN(*state, all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(turns_what_is_negated),
		cmocka_unit_test(weighs_degree_and_emphasis),
		cmocka_unit_test(hears_contrast_and_wishes),
		cmocka_unit_test(numbers_a_part_as_a_text),
		cmocka_unit_test(hears_nothing_in_words_that_say_little),
		cmocka_unit_test(hears_nothing_in_neutral_words),
		cmocka_unit_test(takes_negations_that_agree_for_one),
		cmocka_unit_test(denies_nothing_across_a_comma),
		cmocka_unit_test(turns_what_there_is_little_of),
		cmocka_unit_test(knows_superlatives_by_their_words),
		cmocka_unit_test(hears_more_in_plus_and_people_in_personne),
		cmocka_unit_test(denies_nothing_without_doubt),
		cmocka_unit_test(knows_praise_that_denies),
		cmocka_unit_test(knows_sayings_of_praise_and_blame),
		cmocka_unit_test(reads_marks_as_verdicts),
		cmocka_unit_test(hears_no_praise_in_wishes),
		cmocka_unit_test(praises_faults_that_were_mended),
		cmocka_unit_test(hears_that_it_was_better_before),
		cmocka_unit_test(knows_what_leaves_to_be_desired),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}

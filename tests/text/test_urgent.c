/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Sentences of our own: some that somebody must look at today, and some that only sound so. */
#include "text/urgent.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Of 100 such sentences so many may be missed, and so many harmless ones may be taken for one. */
#define MISSED_MAX 6
#define FALSE_MAX  4

struct sentence {
	enum tongue tongue;
	enum urgent_kind kind;
	const char *text;
};

static const struct sentence urgent[] = {
	{ TONGUE_EN, URGENT_SAFETY,
	  "My daughter had an allergic reaction although we told the waiter twice." },
	{ TONGUE_EN, URGENT_SAFETY, "We both got terribly sick after eating the chicken." },
	{ TONGUE_EN, URGENT_SAFETY, "The charger started smoking while I was asleep." },
	{ TONGUE_EN, URGENT_SAFETY,
	  "I fell on the wet stairs and had to go to the emergency room." },
	{ TONGUE_EN, URGENT_SAFETY, "There was a piece of glass in my soup." },
	{ TONGUE_EN, URGENT_SAFETY,
	  "The lock on the door was broken, we did not feel safe at all." },
	{ TONGUE_EN, URGENT_SAFETY, "The pharmacy gave me the wrong medication!!" },
	{ TONGUE_EN, URGENT_SAFETY, "Brakes failed on the rental car on the motorway" },
	{ TONGUE_EN, URGENT_SAFETY, "Someone is going to die if you do not fix this." },
	{ TONGUE_EN, URGENT_LEGAL, "You will be hearing from my lawyer." },
	{ TONGUE_EN, URGENT_LEGAL, "I am taking you to court over this" },
	{ TONGUE_EN, URGENT_LEGAL, "This is fraud and I have reported it to the police." },
	{ TONGUE_EN, URGENT_LEGAL, "I'll sue if the money is not back by Friday" },
	{ TONGUE_EN, URGENT_LEGAL, "Next step is a complaint to the ombudsman." },
	{ TONGUE_EN, URGENT_ABUSE, "The receptionist made a racist remark to my husband." },
	{ TONGUE_EN, URGENT_ABUSE, "Your driver touched me and I want him fired" },
	{ TONGUE_EN, URGENT_ABUSE, "They refused my wheelchair." },
	{ TONGUE_EN, URGENT_ABUSE, "We were ignored because we are black" },
	{ TONGUE_EN, URGENT_ABUSE,
	  "He shouted at me in front of everybody and called me an idiot." },
	{ TONGUE_EN, URGENT_DATA, "I can see other customers' invoices in my account." },
	{ TONGUE_EN, URGENT_DATA, "My account was hacked and nobody answers" },
	{ TONGUE_EN, URGENT_DATA, "You sold my email address to advertisers." },
	{ TONGUE_EN, URGENT_DATA,
	  "After the update somebody else's medical records were shown to me" },
	{ TONGUE_EN, URGENT_PRESS, "I am going to the press with this story." },
	{ TONGUE_EN, URGENT_PRESS, "A journalist would love to hear about it" },
	{ TONGUE_EN, URGENT_PRESS,
	  "I will post this on Facebook and Twitter so that everyone knows" },
	{ TONGUE_EN, URGENT_SELF_HARM, "I don't want to live anymore." },
	{ TONGUE_EN, URGENT_SELF_HARM, "after this I thought of killing myself" },
	{ TONGUE_DE, URGENT_SAFETY,
	  "Nach dem Essen war die ganze Familie krank, Verdacht auf Lebensmittelvergiftung." },
	{ TONGUE_DE, URGENT_SAFETY, "Der Akku ist explodiert" },
	{ TONGUE_DE, URGENT_SAFETY,
	  "Ich bin auf der nassen Treppe ausgerutscht und musste ins Krankenhaus." },
	{ TONGUE_DE, URGENT_SAFETY, "In der Suppe war eine Glasscherbe." },
	{ TONGUE_DE, URGENT_SAFETY, "Ich habe einen Stromschlag bekommen" },
	{ TONGUE_DE, URGENT_LEGAL, "Sie hören von meinem Anwalt!" },
	{ TONGUE_DE, URGENT_LEGAL, "Das ist Betrug, ich erstatte Anzeige bei der Polizei." },
	{ TONGUE_DE, URGENT_LEGAL, "Ich wende mich an die Verbraucherzentrale" },
	{ TONGUE_DE, URGENT_ABUSE, "Die Mitarbeiterin hat sich rassistisch geäußert." },
	{ TONGUE_DE, URGENT_ABUSE, "Ich wurde wegen meiner Hautfarbe abgewiesen" },
	{ TONGUE_DE, URGENT_ABUSE, "Der Fahrer hat mich angeschrien und beleidigt." },
	{ TONGUE_DE, URGENT_DATA, "Ich sehe die Rechnungen anderer Kunden in meinem Konto." },
	{ TONGUE_DE, URGENT_DATA, "Mein Konto wurde gehackt" },
	{ TONGUE_DE, URGENT_DATA, "Klarer Verstoß gegen den Datenschutz" },
	{ TONGUE_DE, URGENT_PRESS, "Damit gehe ich an die Presse." },
	{ TONGUE_DE, URGENT_SELF_HARM, "Ich will nicht mehr leben." },
	{ TONGUE_FR, URGENT_SAFETY, "Nous avons tous été malades après le repas." },
	{ TONGUE_FR, URGENT_SAFETY,
	  "Ma fille a fait une réaction allergique, direction les urgences." },
	{ TONGUE_FR, URGENT_SAFETY, "Le chargeur a pris feu pendant la nuit" },
	{ TONGUE_FR, URGENT_SAFETY, "Il y avait des punaises de lit dans la chambre" },
	{ TONGUE_FR, URGENT_LEGAL, "Je vais porter plainte et contacter mon avocat." },
	{ TONGUE_FR, URGENT_LEGAL, "Vous recevrez une mise en demeure" },
	{ TONGUE_FR, URGENT_ABUSE, "La serveuse a tenu des propos racistes." },
	{ TONGUE_FR, URGENT_ABUSE, "On m'a refusé l'entrée à cause de mon handicap" },
	{ TONGUE_FR, URGENT_DATA, "J'ai reçu la facture d'un autre client." },
	{ TONGUE_FR, URGENT_DATA, "Mes données ont été piratées" },
	{ TONGUE_FR, URGENT_PRESS, "Je vais alerter les médias" },
	{ TONGUE_FR, URGENT_SELF_HARM, "J'ai envie d'en finir." },
	{ TONGUE_ES, URGENT_SAFETY, "Mi hijo se cayó en la piscina y terminó en urgencias." },
	{ TONGUE_ES, URGENT_SAFETY, "Nos intoxicamos con el pescado" },
	{ TONGUE_ES, URGENT_SAFETY, "El cargador explotó y quemó la mesa" },
	{ TONGUE_ES, URGENT_LEGAL, "Voy a poner una denuncia, ya hablé con mi abogado." },
	{ TONGUE_ES, URGENT_LEGAL, "Presentaré una reclamación oficial en Consumo" },
	{ TONGUE_ES, URGENT_ABUSE, "El encargado me insultó delante de todos." },
	{ TONGUE_ES, URGENT_ABUSE, "Me trataron mal por ser extranjera" },
	{ TONGUE_ES, URGENT_DATA, "Veo los pedidos de otros clientes en mi cuenta." },
	{ TONGUE_ES, URGENT_DATA, "Han hackeado mi cuenta" },
	{ TONGUE_ES, URGENT_PRESS, "Esto lo va a saber la prensa" },
	{ TONGUE_ES, URGENT_SELF_HARM, "Ya no quiero vivir" },
	{ TONGUE_IT, URGENT_SAFETY, "Dopo cena siamo finiti tutti al pronto soccorso." },
	{ TONGUE_IT, URGENT_SAFETY, "La batteria si è gonfiata ed è esplosa" },
	{ TONGUE_IT, URGENT_SAFETY, "C'erano scarafaggi in cucina" },
	{ TONGUE_IT, URGENT_LEGAL, "Mi rivolgerò al mio avvocato." },
	{ TONGUE_IT, URGENT_LEGAL, "Ho sporto denuncia ai carabinieri" },
	{ TONGUE_IT, URGENT_ABUSE, "Il personale ha fatto commenti razzisti." },
	{ TONGUE_IT, URGENT_ABUSE, "Ci hanno trattato come ladri" },
	{ TONGUE_IT, URGENT_DATA, "Ho ricevuto la fattura di un altro cliente." },
	{ TONGUE_IT, URGENT_DATA, "Hanno violato la mia privacy" },
	{ TONGUE_IT, URGENT_PRESS, "Contatterò i giornalisti" },
	{ TONGUE_IT, URGENT_SELF_HARM, "Non ho più voglia di vivere" },
	{ TONGUE_PT, URGENT_SAFETY, "Passei mal depois do jantar e fui parar no hospital." },
	{ TONGUE_PT, URGENT_SAFETY, "O carregador pegou fogo" },
	{ TONGUE_PT, URGENT_SAFETY, "Tinha uma barata no meu prato" },
	{ TONGUE_PT, URGENT_LEGAL, "Vou acionar o Procon e entrar com um processo." },
	{ TONGUE_EN, URGENT_DATA, "Another client's invoices turned up in my account" },
	{ TONGUE_EN, URGENT_DATA, "All their details were visible to me" },
	{ TONGUE_PT, URGENT_LEGAL, "Já registrei reclamação no PROCON" },
	{ TONGUE_PT, URGENT_LEGAL, "Tomaremos as medidas jurídicas" },
	{ TONGUE_PT, URGENT_LEGAL, "O meu jurídico vai entrar em contato." },
	{ TONGUE_PT, URGENT_LEGAL, "Isso é propaganda enganosa, meu advogado já sabe" },
	{ TONGUE_PT, URGENT_ABUSE, "Fui humilhado pelo atendente." },
	{ TONGUE_PT, URGENT_ABUSE, "Sofri preconceito na loja" },
	{ TONGUE_PT, URGENT_DATA, "Recebi o boleto de outro cliente com todos os dados dele." },
	{ TONGUE_PT, URGENT_DATA, "Minha conta foi invadida" },
	{ TONGUE_PT, URGENT_PRESS, "Vou postar isso nas redes sociais" },
	{ TONGUE_PT, URGENT_SELF_HARM, "Não tenho mais vontade de viver" },
	{ TONGUE_NL, URGENT_SAFETY,
	  "Na het eten werden we allebei ziek, waarschijnlijk voedselvergiftiging." },
	{ TONGUE_NL, URGENT_SAFETY, "De oplader vloog in brand" },
	{ TONGUE_NL, URGENT_SAFETY,
	  "Mijn zoontje is van de trap gevallen en lag in het ziekenhuis" },
	{ TONGUE_NL, URGENT_LEGAL, "Ik schakel mijn advocaat in." },
	{ TONGUE_NL, URGENT_LEGAL, "Ik heb aangifte gedaan bij de politie" },
	{ TONGUE_NL, URGENT_ABUSE, "De portier maakte een racistische opmerking." },
	{ TONGUE_NL, URGENT_ABUSE, "Ik werd door uw medewerker uitgescholden" },
	{ TONGUE_NL, URGENT_DATA, "Ik kan de gegevens van andere klanten inzien." },
	{ TONGUE_NL, URGENT_DATA, "Dit is een datalek" },
	{ TONGUE_NL, URGENT_PRESS,
	  "Hier gaat de krant over schrijven, ik heb een journalist gebeld" },
	{ TONGUE_NL, URGENT_SELF_HARM, "Ik wil niet meer leven" },
};

static const struct sentence harmless[] = {
	{ TONGUE_PT, 0, "Nosso setor jurídico gosta do sistema" },
	{ TONGUE_PT, 0, "Tudo revisado pelo jurídico antes da assinatura" },
	{ TONGUE_PT, 0, "Falta um relatório no padrão do Procon" },
	{ TONGUE_EN, 0, "The export is a killer feature." },
	{ TONGUE_EN, 0, "The chocolate cake is to die for" },
	{ TONGUE_EN, 0, "I would kill for a dark mode" },
	{ TONGUE_EN, 0, "Great way to kill time on the train" },
	{ TONGUE_EN, 0, "My battery died twice a day" },
	{ TONGUE_EN, 0, "The team is on fire lately!" },
	{ TONGUE_EN, 0, "It suits me well" },
	{ TONGUE_EN, 0, "Just press the button and it works" },
	{ TONGUE_EN, 0, "I found it by accident and love it" },
	{ TONGUE_EN, 0, "I was bored to death in the queue" },
	{ TONGUE_EN, 0, "The app crashes after every update" },
	{ TONGUE_EN, 0, "Fatal error when I open a file" },
	{ TONGUE_EN, 0, "The tennis court was lovely" },
	{ TONGUE_EN, 0, "I am sick of waiting" },
	{ TONGUE_EN, 0, "Flavours explode in your mouth" },
	{ TONGUE_EN, 0, "Very safe area, we loved it" },
	{ TONGUE_EN, 0, "Free newspaper at breakfast" },
	{ TONGUE_EN, 0, "Please add a report for my manager" },
	{ TONGUE_EN, 0, "Their hospitality is second to none" },
	{ TONGUE_EN, 0, "Dead simple to use" },
	{ TONGUE_DE, 0, "Das Essen war zum Sterben gut" },
	{ TONGUE_DE, 0, "Die Bedienung ist todschick gekleidet und nett" },
	{ TONGUE_DE, 0, "Das Team ist Feuer und Flamme" },
	{ TONGUE_DE, 0, "Mein Handy ist nach zwei Stunden tot" },
	{ TONGUE_DE, 0, "Sichere Zahlung, alles bestens" },
	{ TONGUE_FR, 0, "Ce film est à mourir de rire" },
	{ TONGUE_FR, 0, "Un vrai coup de coeur" },
	{ TONGUE_FR, 0, "Je suis mort de faim en attendant" },
	{ TONGUE_FR, 0, "Facile, rapide, très pratique" },
	{ TONGUE_ES, 0, "Me muero de hambre esperando el pedido" },
	{ TONGUE_ES, 0, "Ideal para matar el tiempo" },
	{ TONGUE_ES, 0, "El consumo de batería es alto" },
	{ TONGUE_IT, 0, "Un dolce buono da morire" },
	{ TONGUE_IT, 0, "Morto di fame dopo un'ora di attesa" },
	{ TONGUE_IT, 0, "La stampante funziona bene" },
	{ TONGUE_PT, 0, "Sobremesa de morrer, maravilhosa" },
	{ TONGUE_PT, 0, "O processo de cadastro é simples" },
	{ TONGUE_PT, 0, "Bom para matar a fome" },
	{ TONGUE_NL, 0, "Doodsimpel in gebruik" },
	{ TONGUE_NL, 0, "Gezellig bij de open haard" },
	{ TONGUE_NL, 0, "Brandschone kamers" },
};

struct reading {
	struct arena a;
	struct word_reader *reader;
	const struct patterns *patterns;
};

static struct urgent read(struct reading *r, const struct sentence *s)
{
	struct words w;
	struct plain_words plain;
	struct urgent u;
	words_read(r->reader, &r->a, str_of(s->text), s->tongue, &w);
	plain_words(&r->a, &w, &plain);
	urgent_find(r->patterns, &r->a, &plain, &u);
	return u;
}

static int open_reading(void **state)
{
	static struct reading r; /* of the test alone */
	r = (struct reading){ .reader = word_reader_open() };
	r.patterns = urgent_make(&r.a);
	*state = &r;
	return 0;
}

static int close_reading(void **state)
{
	struct reading *r = *state;
	word_reader_close(r->reader);
	arena_free(&r->a);
	return 0;
}

static void misses_little_of_what_is_urgent(void **state)
{
	size_t missed = 0, count = sizeof urgent / sizeof urgent[0];
	for (size_t i = 0; i < count; i++) {
		if (read(*state, &urgent[i]).kinds >> urgent[i].kind & 1)
			continue;
		print_message("# missed: %s\n", urgent[i].text);
		missed++;
	}
	assert_in_range(missed * 100 / count, 0, MISSED_MAX);
}

static void leaves_what_only_sounds_so(void **state)
{
	size_t wrong = 0, count = sizeof harmless / sizeof harmless[0];
	for (size_t i = 0; i < count; i++) {
		if (read(*state, &harmless[i]).kinds == 0)
			continue;
		print_message("# harmless: %s\n", harmless[i].text);
		wrong++;
	}
	assert_in_range(wrong * 100 / count, 0, FALSE_MAX);
}

/* Words that look like those of danger, beside sentences that do speak of it. */
static void knows_everyday_words_from_danger(void **state)
{
	static const struct sentence everyday[] = {
		{ TONGUE_DE, 0, "Wunderbar!" },
		{ TONGUE_DE, 0, "wunderschönes Hotel" },
		{ TONGUE_DE, 0, "Kein Wunder, ein Wunder" },
		{ TONGUE_DE, 0, "Die App stürzt ständig ab" },
		{ TONGUE_DE, 0, "Häufige Abstürze, nach dem Absturz ist alles weg" },
		{ TONGUE_DE, 0, "Die Preise werden nicht angezeigt" },
		{ TONGUE_DE, 0, "Mir wird ein Fehler angezeigt" },
		{ TONGUE_DE, 0, "Es gab Waffeln zum Frühstück" },
		{ TONGUE_DE, 0, "Made in Germany" },
		{ TONGUE_DE, 0, "Das Brot war frisch geschnitten" },
		{ TONGUE_DE, 0, "Der Server ist zusammengebrochen" },
		{ TONGUE_DE, 0, "Die Verbindung ist zusammengebrochen" },
		{ TONGUE_DE, 0, "Steak blutig bestellt und bekommen" },
		{ TONGUE_DE, 0, "Blutorangensaft und blutjunge Kellner" },
		{ TONGUE_DE, 0, "Die Paketverfolgung überwacht den Versand" },
		{ TONGUE_DE, 0, "Datenschutz ist sehr gut" },
		{ TONGUE_DE, 0, "Der Datenschutz ist vorbildlich" },
		{ TONGUE_EN, 0, "Data protection is really good" },
		{ TONGUE_EN, 0, "I like the data protection settings" },
		{ TONGUE_EN, 0, "We almost died laughing" },
		{ TONGUE_EN, 0, "I nearly died laughing" },
		{ TONGUE_EN, 0, "The deadline was killing me" },
		{ TONGUE_EN, 0, "Our legal team loves it" },
		{ TONGUE_EN, 0, "The legal department uses it daily" },
		{ TONGUE_EN, 0, "Toxic free paint" },
		{ TONGUE_IT, 0, "Bello esplorare la città" },
		{ TONGUE_IT, 0, "Caduta della linea ogni sera" },
		{ TONGUE_IT, 0, "La caduta di connessione è continua" },
		{ TONGUE_PT, 0, "A viagem a Praga foi linda" },
		{ TONGUE_PT, 0, "Hotel no centro de Praga" },
		{ TONGUE_FR, 0, "C'est mortel, j'adore" },
		{ TONGUE_FR, 0, "Trop mortel ce jeu" },
		{ TONGUE_FR, 0, "La chute des prix" },
		{ TONGUE_FR, 0, "Chute de connexion toutes les heures" },
		{ TONGUE_ES, 0, "La caída del sistema duró horas" },
		{ TONGUE_ES, 0, "Muchas caídas de red" },
		{ TONGUE_ES, 0, "El ratón inalámbrico funciona" },
		{ TONGUE_ES, 0, "El ratón del ordenador" },
		{ TONGUE_NL, 0, "Lekker gesneden kaas" },
		{ TONGUE_NL, 0, "Vers gesneden brood" },
		{ TONGUE_FR, 0, "Explosion de saveurs" },
		{ TONGUE_ES, 0, "Explosión de sabores" },
		{ TONGUE_IT, 0, "Esplosione di sapori" },
		{ TONGUE_IT, 0, "Sono morto dalle risate" },
		{ TONGUE_NL, 0, "Ik lach me dood" },
		{ TONGUE_ES, 0, "Me tocó una habitación fría" },
		{ TONGUE_ES, 0, "Nos tocó esperar una hora" },
		{ TONGUE_IT, 0, "Un posto che mi ha toccato il cuore" },
		{ TONGUE_PT, 0, "O filme me tocou profundamente" },
		{ TONGUE_EN, 0, "They kicked me out of the queue" },
		{ TONGUE_EN, 0, "Sparkling wine and a spark of joy" },
		{ TONGUE_EN, 0, "Grabbed my lunch here, great" },
		{ TONGUE_DE, 0, "Das Buch hat mich gepackt" },
		{ TONGUE_DE, 0, "Der Funke springt über" },
		{ TONGUE_FR, 0, "Le spectacle fait des étincelles" },
		{ TONGUE_IT, 0, "Cucina che fa scintille" },
		{ TONGUE_NL, 0, "De vonk sloeg over" },
		{ TONGUE_NL, 0, "Geweldig eten." },
		{ TONGUE_NL, 0, "Geweldige service, verwonderlijk snel" },
		{ TONGUE_NL, 0, "Automatische incasso werkt prima" },
		{ TONGUE_NL, 0, "De televisie was groot" },
		{ TONGUE_NL, 0, "Mijn infectie is genezen" },
		{ TONGUE_NL, 0, "Het politiebureau zit naast de deur" },
		{ TONGUE_ES, 0, "Qué lástima" },
		{ TONGUE_ES, 0, "La sangría estaba rica" },
		{ TONGUE_ES, 0, "Gran hospitalidad, muy hospitalario" },
		{ TONGUE_ES, 0, "No estamos acostumbrados a esto" },
		{ TONGUE_ES, 0, "Un pueblo atractivo con muchas atracciones" },
		{ TONGUE_ES, 0, "Una tele de 50 pulgadas" },
		{ TONGUE_ES, 0, "La televisión no funciona" },
		{ TONGUE_ES, 0, "Poca intimidad" },
		{ TONGUE_ES, 0, "Me curaron la infección" },
		{ TONGUE_ES, 0, "Los precios son un robo" },
		{ TONGUE_ES, 0, "La comisaría de policía está al lado" },
		{ TONGUE_DE, 0, "Der Arzt hat meine Verletzung gut versorgt" },
		{ TONGUE_DE, 0, "Meine Wunde wurde sehr gut versorgt" },
		{ TONGUE_DE, 0, "Die Polizei ist gleich nebenan" },
		{ TONGUE_DE, 0, "Die Wartezeit betrug zwei Stunden" },
		{ TONGUE_DE, 0, "Notfalls rufe ich an" },
		{ TONGUE_DE, 0, "Fein gehackte Kräuter" },
		{ TONGUE_DE, 0, "Eine geschlagene Stunde gewartet" },
		{ TONGUE_DE, 0, "Das war längst überfällig" },
		{ TONGUE_EN, 0, "They cured my infection" },
		{ TONGUE_EN, 0, "The police station is next door" },
		{ TONGUE_EN, 0, "He treated my injury very well" },
		{ TONGUE_EN, 0, "My infection is gone" },
		{ TONGUE_IT, 0, "La bistecca al sangue era ottima" },
		{ TONGUE_IT, 0, "Il conto era un furto" },
		{ TONGUE_IT, 0, "Tonno scottato squisito" },
		{ TONGUE_IT, 0, "Ho sfruttato l'offerta" },
		{ TONGUE_IT, 0, "Persone umili e gentili" },
		{ TONGUE_IT, 0, "Mi hanno curato la ferita" },
		{ TONGUE_IT, 0, "La televisione non andava" },
		{ TONGUE_FR, 0, "Steak saignant comme demandé" },
		{ TONGUE_FR, 0, "Entrecôte saignante parfaite" },
		{ TONGUE_FR, 0, "Il a bien soigné ma blessure" },
		{ TONGUE_FR, 0, "La télévision est petite" },
		{ TONGUE_FR, 0, "Le commissariat de police est juste à côté" },
		{ TONGUE_FR, 0, "Noyé dans la sauce" },
		{ TONGUE_FR, 0, "La nourriture est infecte" },
		{ TONGUE_PT, 0, "Hospitalidade incrível, muito hospitaleiro" },
		{ TONGUE_PT, 0, "Sangria deliciosa" },
		{ TONGUE_PT, 0, "O preço é um roubo" },
		{ TONGUE_PT, 0, "Curaram minha infecção" },
		{ TONGUE_PT, 0, "Televisão pequena" },
	};
	static const struct sentence grave[] = {
		{ TONGUE_DE, URGENT_SAFETY, "Ich habe eine offene Wunde davongetragen" },
		{ TONGUE_DE, URGENT_SAFETY, "Nach dem Sturz lag sie auf dem Boden" },
		{ TONGUE_DE, URGENT_SAFETY, "Ein Treppensturz wegen der nassen Stufen" },
		{ TONGUE_DE, URGENT_LEGAL, "Ich habe Sie bei der Polizei angezeigt" },
		{ TONGUE_DE, URGENT_LEGAL, "Dafür zeige ich Sie an" },
		{ TONGUE_DE, URGENT_SAFETY, "Er hatte eine Waffe" },
		{ TONGUE_DE, URGENT_SAFETY, "Im Salat war eine Made" },
		{ TONGUE_DE, URGENT_SAFETY, "Ich habe mich am Glas geschnitten" },
		{ TONGUE_DE, URGENT_SAFETY, "Mein Vater ist im Laden zusammengebrochen" },
		{ TONGUE_DE, URGENT_SAFETY, "Alles war voller Blut" },
		{ TONGUE_DE, URGENT_SAFETY, "Blutflecken auf dem Laken" },
		{ TONGUE_DE, URGENT_SAFETY, "Meine Hand blutet" },
		{ TONGUE_DE, URGENT_DATA, "Sie überwachen uns mit Kameras" },
		{ TONGUE_DE, URGENT_DATA, "Wir wurden heimlich überwacht" },
		{ TONGUE_DE, URGENT_DATA, "Datenschutz wird missachtet" },
		{ TONGUE_EN, URGENT_DATA, "This breaks data protection law" },
		{ TONGUE_EN, URGENT_SAFETY, "My father nearly died" },
		{ TONGUE_EN, URGENT_LEGAL, "I will hand this to our legal team" },
		{ TONGUE_EN, URGENT_SAFETY, "Toxic fumes from the paint" },
		{ TONGUE_IT, URGENT_SAFETY, "La bombola è esplosa" },
		{ TONGUE_IT, URGENT_SAFETY, "Il telefono può esplodere" },
		{ TONGUE_IT, URGENT_SAFETY, "Una brutta caduta sulle scale" },
		{ TONGUE_PT, URGENT_SAFETY, "Praga de baratas no quarto" },
		{ TONGUE_PT, URGENT_SAFETY, "Havia uma praga no hotel" },
		{ TONGUE_FR, URGENT_SAFETY, "Un accident mortel" },
		{ TONGUE_FR, URGENT_SAFETY, "Ma mère a fait une chute dans l'escalier" },
		{ TONGUE_ES, URGENT_SAFETY, "Una caída en la piscina" },
		{ TONGUE_ES, URGENT_SAFETY, "Había un ratón en la cocina" },
		{ TONGUE_NL, URGENT_SAFETY, "Ik heb me in mijn vinger gesneden" },
		{ TONGUE_EN, URGENT_SAFETY, "Sparks came out of the socket" },
		{ TONGUE_DE, URGENT_SAFETY, "Aus der Steckdose kamen Funken" },
		{ TONGUE_FR, URGENT_SAFETY, "La prise faisait des étincelles" },
		{ TONGUE_ES, URGENT_SAFETY, "El enchufe soltó chispas" },
		{ TONGUE_NL, URGENT_SAFETY, "Er kwamen vonken uit het stopcontact" },
		{ TONGUE_IT, URGENT_SAFETY, "La presa faceva scintille" },
		{ TONGUE_PT, URGENT_SAFETY, "A tomada soltou faíscas" },
		{ TONGUE_DE, URGENT_SAFETY, "Es roch stark nach Gas" },
		{ TONGUE_FR, URGENT_SAFETY, "Ça sentait le gaz dans la cuisine" },
		{ TONGUE_ES, URGENT_SAFETY, "Olía a gas en el pasillo" },
		{ TONGUE_NL, URGENT_SAFETY, "Het rook naar gas in de keuken" },
		{ TONGUE_IT, URGENT_SAFETY, "Puzzava di gas" },
		{ TONGUE_PT, URGENT_SAFETY, "Cheirava a gás" },
		{ TONGUE_EN, URGENT_SAFETY, "The emergency exit was locked" },
		{ TONGUE_DE, URGENT_SAFETY, "Der Notausgang war abgeschlossen" },
		{ TONGUE_FR, URGENT_SAFETY, "L'issue de secours était bloquée" },
		{ TONGUE_ES, URGENT_SAFETY, "La salida de emergencia estaba cerrada" },
		{ TONGUE_IT, URGENT_SAFETY, "Uscita di emergenza chiusa" },
		{ TONGUE_PT, URGENT_SAFETY, "A saída de emergência estava trancada" },
		{ TONGUE_NL, URGENT_SAFETY, "De nooduitgang zat op slot" },
		{ TONGUE_EN, URGENT_DATA, "Someone else is using my account" },
		{ TONGUE_DE, URGENT_DATA, "Jemand anderes benutzt mein Konto" },
		{ TONGUE_FR, URGENT_DATA, "Quelqu'un d'autre utilise mon compte" },
		{ TONGUE_ES, URGENT_DATA, "Alguien más está usando mi cuenta" },
		{ TONGUE_IT, URGENT_DATA, "Qualcun altro usa il mio account" },
		{ TONGUE_PT, URGENT_DATA, "Alguém está usando minha conta" },
		{ TONGUE_NL, URGENT_DATA, "Iemand anders gebruikt mijn account" },
		{ TONGUE_EN, URGENT_ABUSE, "The guard grabbed my arm" },
		{ TONGUE_DE, URGENT_ABUSE, "Der Türsteher hat mich am Arm gepackt" },
		{ TONGUE_FR, URGENT_ABUSE, "Il m'a attrapée par le bras" },
		{ TONGUE_ES, URGENT_ABUSE, "El masajista me tocó" },
		{ TONGUE_ES, URGENT_ABUSE, "Me agarró del brazo" },
		{ TONGUE_IT, URGENT_ABUSE, "Mi ha toccata senza permesso" },
		{ TONGUE_PT, URGENT_ABUSE, "O segurança agarrou meu braço" },
		{ TONGUE_NL, URGENT_ABUSE, "De beveiliger greep mij bij mijn arm" },
		{ TONGUE_EN, URGENT_SAFETY, "The nurse gave me the wrong injection" },
		{ TONGUE_DE, URGENT_SAFETY, "Ich bekam die falsche Spritze" },
		{ TONGUE_FR, URGENT_SAFETY, "On m'a fait la mauvaise injection" },
		{ TONGUE_ES, URGENT_SAFETY, "Me pusieron la inyección equivocada" },
		{ TONGUE_IT, URGENT_SAFETY, "Mi hanno fatto l'iniezione sbagliata" },
		{ TONGUE_PT, URGENT_SAFETY, "Deram a injeção errada" },
		{ TONGUE_NL, URGENT_SAFETY, "Ik kreeg de verkeerde injectie" },
		{ TONGUE_DE, URGENT_SAFETY, "Aus dem Ladegerät kam Rauch" },
		{ TONGUE_NL, URGENT_SAFETY, "De portier gebruikte geweld" },
		{ TONGUE_NL, URGENT_SAFETY, "Gewelddadige beveiliging" },
		{ TONGUE_NL, URGENT_SAFETY, "Ik was gewond en bloedde" },
		{ TONGUE_NL, URGENT_LEGAL, "Het incassobureau belt mij" },
		{ TONGUE_ES, URGENT_SAFETY, "Me lastimé la mano y terminé lastimado" },
		{ TONGUE_ES, URGENT_SAFETY, "Mi hija estaba sangrando" },
		{ TONGUE_ES, URGENT_SAFETY, "Sufrimos un atraco en la puerta" },
		{ TONGUE_ES, URGENT_ABUSE, "Sufrí acoso" },
		{ TONGUE_ES, URGENT_SAFETY, "Acabé en el hospital" },
		{ TONGUE_DE, URGENT_SAFETY, "Meine Verletzung wurde nicht versorgt" },
		{ TONGUE_DE, URGENT_SAFETY, "Im Keller waren Ratten" },
		{ TONGUE_DE, URGENT_LEGAL, "Das ist Betrug" },
		{ TONGUE_FR, URGENT_SAFETY, "Mon fils saignait du nez" },
		{ TONGUE_FR, URGENT_SAFETY, "J'ai failli m'étouffer avec un os" },
		{ TONGUE_FR, URGENT_SAFETY, "Ma plaie s'est infectée" },
		{ TONGUE_IT, URGENT_SAFETY, "C'era sangue sul letto" },
		{ TONGUE_IT, URGENT_SAFETY, "Mi sono scottato la mano" },
		{ TONGUE_IT, URGENT_ABUSE, "Sono stato umiliato davanti a tutti" },
		{ TONGUE_IT, URGENT_LEGAL, "Abbiamo subito un furto in camera" },
		{ TONGUE_EN, URGENT_SAFETY, "I got an infection after the treatment" },
		{ TONGUE_EN, URGENT_LEGAL, "I called the police" },
		{ TONGUE_PT, URGENT_SAFETY, "Minha filha sangrou muito" },
		{ TONGUE_PT, URGENT_SAFETY, "Fui assaltado na porta" },
		{ TONGUE_PT, URGENT_SAFETY, "Fui para o hospital" },
	};
	size_t wrong = 0;
	for (size_t i = 0; i < sizeof everyday / sizeof everyday[0]; i++)
		if (read(*state, &everyday[i]).kinds != 0) {
			print_message("# everyday: %s\n", everyday[i].text);
			wrong++;
		}
	for (size_t i = 0; i < sizeof grave / sizeof grave[0]; i++)
		if (!(read(*state, &grave[i]).kinds >> grave[i].kind & 1)) {
			print_message("# missed: %s\n", grave[i].text);
			wrong++;
		}
	assert_int_equal(wrong, 0);
}

static void shows_the_words(void **state)
{
	struct sentence s = { TONGUE_EN, URGENT_LEGAL, "Bad. I'm calling MY LAWYER now!" };
	struct urgent u = read(*state, &s);
	assert_int_equal(u.count, 1);
	assert_true(
	    str_eq(str_slice(str_of(s.text), u.finds[0].from, u.finds[0].len), STR("LAWYER")));
	assert_true(str_eq(urgent_name(u.finds[0].kind), STR("legal")));
}

static void says_nothing_of_languages_it_does_not_read(void **state)
{
	struct sentence s = { TONGUE_FI, URGENT_LEGAL, "fraud lawyer" };
	assert_int_equal(read(*state, &s).kinds, 0);
	assert_false(urgent_reads(TONGUE_FI));
	assert_true(urgent_reads(TONGUE_NL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(misses_little_of_what_is_urgent),
		cmocka_unit_test(leaves_what_only_sounds_so),
		cmocka_unit_test(knows_everyday_words_from_danger),
		cmocka_unit_test(shows_the_words),
		cmocka_unit_test(says_nothing_of_languages_it_does_not_read),
	};
	return cmocka_run_group_tests(tests, open_reading, close_reading);
}

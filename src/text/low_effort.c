/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/low_effort.h"

#include "base/utf8.h"

/* Longer ones say something, be it about having nothing to say. */
#define WORDS_MAX 12
/* A run along a row of the keyboard is no word from so many letters. */
#define ROW_LETTERS 4

/* AS_IS: nothing to say to who asks what could be better; elsewhere "no change" is a complaint, and "no problems" praise. */
enum label { NOTHING = 1, POLITE, OKAY, AS_IS };

static const struct pattern_list lists[] = {
	{ TONGUE_OTHER, NOTHING,
	  "k.a,n.a,n.v.t,r.a.s,n.d,don't|dont know,do not know,i do not know,"
	  "mir fallt ... nichts ein,fallt mir ... nichts ein,nothing of note,"
	  "nothing not to like|love,"
	  "nothing worth|noteworthy mentioning|noting|reporting,"
	  "nothing|nothin was|is|were wrong|bad,nothng,nothin,noting to add,"
	  "no|non negative|negatives|positive|positives|negativo|positivo,n a,na,n d,"
	  "nd,nil,null,void,none,"
	  "none ... think|mind|whatsoever|all|now|moment|date|far,no,nope,nah,nothing,"
	  "nothing|anything really|else|much|special|specific|particular|additional|"
	  "further|more|else|comes|yet|now,nothing at all|present|moment|this,"
	  "nothing in particular|general,nothing that|which i ... think|remember,"
	  "nothing i|we ... think|add|say,"
	  "nothing to add|say|report|comment|mention|complain|declare|improve|note|"
	  "share|criticise|criticize|fault|dislike|improve|suggest,"
	  "nothing to complain about|of,nothing comes|springs to mind,"
	  "nothing bad|negative|wrong|to,nothing bad|negative to say,"
	  "not|non applicable,not really|much,not at all|present|moment|this,"
	  "no comment*|opinion|feedback|suggestion*|idea|remarks|remark|reason|thanks|thank,"
	  "no further|other|additional|more|real|major|particular comment*|feedback|"
	  "suggestion*|remark*,not|unsure sure,unsure,no clue,"
	  "don't|dont|do know|not know,i don't|dont know,idk,dunno,"
	  "can't|cannot|cant|couldn't think|complain|fault|say|comment,"
	  "i can't|cannot|cant|couldn't think|complain|fault|say|comment,"
	  "can't|cannot|cant|couldn't think of|about anything|nothing|any,"
	  "i|we can't|cannot|cant|couldn't think of|about anything|nothing|any|one,"
	  "i have|had nothing|no|none ... add|say|comment*|complaint*|report,"
	  "i have|had nothing|none,there is|was|were|are nothing|none|no,"
	  "there is|was nothing ... add|say|complain|improve|dislike|report|mind,"
	  "there|it wasn't|isn't|weren't anything|any|one,"
	  "same|as|see above|before|previous,same as above|before,blank,"
	  "nothing|nil|none specific" },
	{ TONGUE_OTHER, NOTHING,
	  "nichts,nix,garnichts,gar nichts,"
	  "nichts|nix weiter|besonderes|neues|mehr|dergleichen|konkretes,"
	  "nichts zu beanstanden|meckern|sagen|bemangeln|erganzen|berichten|"
	  "kritisieren|verbessern|bemerken,"
	  "nichts hinzuzufugen|auszusetzen|beizufugen|einzuwenden|anzumerken,"
	  "mir fallt|fallt nichts|grad|gerade|momentan|spontan|leider ... nichts|ein,"
	  "mir fallt nichts ein,fallt mir nichts ein,kein|keine|keiner|keinen,"
	  "kein|keine|keinen kommentar*|angabe*|meinung|anmerkung*|vorschlag*|"
	  "vorschlage|verbesserungsvorschlag*|verbesserungsvorschlage|beanstandung*|kritik|wunsche|"
	  "idee|ideen|ahnung|"
	  "einwande|bemerkung*,k a,ka,weiss|weis nicht,weiss es|noch nicht,"
	  "wusste nichts|nicht,mir fallt ... nix ein,fallt mir ... nix ein,"
	  "weiss ich nicht,ich weiss nicht,weiss nich,entfallt,nein,siehe|s oben,"
	  "ohne kommentar|angabe,gibt es nichts|keine,es gibt nichts,passt so,"
	  "alles gesagt" },
	{ TONGUE_OTHER, NOTHING,
	  "rien,"
	  "rien a dire|signaler|ajouter|redire|declarer|reprocher|commenter|ameliorer|"
	  "changer,rien de special|particulier|plus|negatif|mal|tout,rien du tout,"
	  "r a s,ras,aucun*,"
	  "aucun* commentaire*|remarque*|avis|idee|suggestion*|critique*|point|reproche*,"
	  "pas de|d commentaire*|remarque*|avis|idee|suggestion*|critique*,"
	  "je|j|jsais|chais sais pas,jsais pas,chais pas,sans commentaire*|opinion|avis|objet,je "
	  "ne|n sais pas,"
	  "je ne vois|sais ... pas|rien,"
	  "je n ai rien|pas|aucun* ... dire|ajouter|commentaire*|remarque*,ne sais pas,"
	  "sais pas,non,neant,nsp,il n y a rien,idem,voir ci dessus" },
	{ TONGUE_OTHER, NOTHING,
	  "nada,"
	  "nada que|a|para anadir|agregar|decir|comentar|objetar|declarar|reportar|"
	  "mejorar|destacar|reclamar|senalar,"
	  "nada mas|especial|particular|negativo|malo|relevante|en,"
	  "nada en particular|especial|absoluto,ninguno,ninguna,ningun*,"
	  "ningun* comentario*|opinion|sugerencia*|observacion*,"
	  "sin comentario*|opinion|sugerencia*|observacion*|novedad*,no se,no lo se,"
	  "no tengo nada|comentario*|ningun*|opinion|sugerencia*|quejas|idea,"
	  "no tengo nada|ningun* ... anadir|agregar|decir|comentario*|queja,"
	  "no hay nada|comentario*,no aplica,s c,ns,nc,ns nc" },
	{ TONGUE_OTHER, NOTHING,
	  "niente,nulla,"
	  "niente|nulla da aggiungere|dire|segnalare|dichiarare|commentare|migliorare|"
	  "eccepire|obiettare|ridire|rilevare,"
	  "niente|nulla di particolare|che|piu|speciale|negativo,nient altro,"
	  "niente altro,nulla altro,nessun*,"
	  "boh,nessun* commento|opinione|suggerimento|osservazione|idea|"
	  "nota,senza commento|commenti|opinione,non so,non lo so,non saprei,"
	  "non ho nulla|niente|commenti|suggerimenti|opinioni,"
	  "non ho nulla|niente ... aggiungere|dire|segnalare,non c e niente|nulla,"
	  "non applicabile|pervenuto,n p" },
	{ TONGUE_OTHER, NOTHING,
	  "nao,nada,"
	  "nada a|para|que acrescentar|declarar|dizer|comentar|reclamar|relatar|opinar|"
	  "melhorar|adicionar|observar,nada a declarar|acrescentar ... momento,"
	  "nada mais|especial|de|no|por,nada no momento,nada por enquanto,nenhum,"
	  "nenhuma,"
	  "nda,nenhum* comentario*|opiniao|sugestao|observacao|motivo,"
	  "sem comentario*|opiniao|sugestao|sugestoes|mais|observacoes|motivo,nao sei,nao sei "
	  "dizer|informar|responder|opinar,"
	  "nao tenho nada|comentario*|nenhum*|opiniao|sugestao|sugestoes|reclamacoes|"
	  "queixas,"
	  "nao tenho nada|nenhum* ... acrescentar|declarar|dizer|comentar|reclamar|"
	  "sugestao|reclamacao,nao ha nada|comentario*,nao se aplica,"
	  "nao opinou|informado,nada consta,prefiro nao" },
	{ TONGUE_OTHER, NOTHING,
	  "niets,niks,nee,neen,geen,"
	  "niets|niks toe te|speciaals|bijzonders|negatiefs|bijzonder|om|meer|verder,"
	  "niets|niks toe te voegen,"
	  "niets|niks te melden|klagen|zeggen|verbeteren|vermelden,"
	  "niets|niks op|aan aan|te ... merken,"
	  "geen opmerking*|commentaar|mening|idee|suggestie*|verbeterpunten|reden|bijzonderheden,"
	  "geen verdere opmerking*|suggestie*,ik weet het niet,weet ik|het|zo niet,"
	  "weet niet,nvt,n v t,zou het niet|zo weten,zou niet weten" },
	{ TONGUE_OTHER, NOTHING,
	  "ingenting,intet,inget,ingen kommentar*|kommentarer|mening|anledning,"
	  "intet at tilfoje|bemaerke,inget|inga att|kommentar* tillagga,"
	  "vet ikke|inte|ej,ei|eipa mitaan|mikaan|kommentoitavaa|ole|tietoa,"
	  "en osaa|tieda sanoa,en tieda,nic,brak,brak uwag|komentarza|opinii|zdania,"
	  "nie wiem|mam,nie mam zdania|uwag,nevim,zadne|zadny pripominky|komentar,yok,"
	  "bir sey yok,hicbir sey,yorum|fikrim yok,bilmiyorum,ничего,нет,не знаю,"
	  "нет комментар*|замечан*,без комментар*" },
	{ TONGUE_OTHER, POLITE,
	  "absolutely,literally,thanks,thank you,thx,sorry,please,really,so far,"
	  "at all|present|moment,at the moment,at this time|moment|point,right now,"
	  "for now,to be honest,honestly,i think,as of now,yet,currently,today,just,"
	  "danke,vielen dank,momentan,im moment,zur zeit,zurzeit,derzeit,aktuell,"
	  "bisher,leider,eigentlich,spontan,merci,pour le moment|l,pour l instant,"
	  "actuellement,a ce jour,desole,gracias,por ahora,por el momento,de momento,"
	  "hasta ahora,grazie,al momento,per ora,per adesso,obrigado,obrigada,"
	  "por enquanto,no momento,por agora,ate|ate agora|o,bedankt,dank je|u,"
	  "op dit moment,momenteel,eigenlijk,verder,kiitos,tack,takk,tak,dziekuje,and,"
	  "i,it,to,und,y,e,et,en" },
	{ TONGUE_OTHER, AS_IS,
	  "no improvement|improvements|change|changes,no changes|improvements needed|necessary|"
	  "required,kein|keine verbesserung|verbesserungen|anderung|anderungen,"
	  "aucun|aucune amelioration|ameliorations|changement|changements,"
	  "ningun|ninguna mejora|cambio,sin mejora|mejoras|cambios,"
	  "nessun|nessuna miglioramento|modifica|cambiamento,"
	  "nenhum|nenhuma melhoria|melhora|mudanca,sem melhoria|melhorias|mudancas,"
	  "geen verbetering|verbeteringen|verandering|veranderingen,"
	  "no complaint*|dislikes|issue|issues|problem|problems|concerns,"
	  "no further|other|additional|more|real|major|particular "
	  "complaint*|issue*|problem*|dislikes,"
	  "kein|keine|keinerlei problem|probleme|mangel|beschwerden|beschwerde|fehler,"
	  "aucun|aucune probleme|souci|plainte,pas de|d probleme|problemes|souci|soucis,"
	  "ningun*|sin queja|quejas|problema|problemas,"
	  "nessun|nessuna|senza problema|problemi|reclamo,"
	  "nenhum*|sem problema|problemas|reclamacao|reclamacoes|queixa|queixas,"
	  "geen|zonder klachten|klacht|problemen|probleem" },
	{ TONGUE_OTHER, OKAY,
	  "ok,okay,oke,okey,okej,okk,ok ok,k,test,testing,teste,prueba,prova,hello,hi,"
	  "hey,hallo,hola,ola,oi,ciao,bonjour,salut,lorem ipsum,blah,bla,blabla,haha,"
	  "hehe,lol,hmm,hm,yes,ja,oui,si,sim,da,xd,xx,xxx,asd,asdf,asdasd,qwe,qwerty,"
	  "abc,dd,ff,idem,same" },
};

bool low_effort_reads(enum tongue t)
{
	static const enum tongue listed[] = {
		TONGUE_EN, TONGUE_DE, TONGUE_FR, TONGUE_ES, TONGUE_IT,
		TONGUE_PT, TONGUE_NL, TONGUE_DA, TONGUE_SV, TONGUE_NO
	};
	for (size_t i = 0; i < sizeof listed / sizeof listed[0]; i++)
		if (listed[i] == t)
			return true;
	return false;
}

const struct patterns *low_effort_make(struct arena *a)
{
	return patterns_make(a, lists, sizeof lists / sizeof lists[0]);
}

static bool is_along(Str word, Str row)
{
	return str_find(row, word) != SIZE_MAX;
}

static bool is_along_a_row(Str word)
{
	static const char *const rows[] = { "qwertyuiop", "poiuytrewq", "qwertzuiop", "poiuztrewq",
		                            "azertyuiop", "asdfghjkl",  "lkjhgfdsa",  "qsdfghjklm",
		                            "zxcvbnm",    "yxcvbnm",    "mnbvcxz",    "123456789" };
	for (size_t i = 0; word.len >= ROW_LETTERS && i < sizeof rows / sizeof rows[0]; i++)
		if (is_along(word, str_of(rows[i])))
			return true;
	return false;
}

/* "aa" (of "aaaaa"), "sdfsdf", "lala": a beginning of one to three letters, again and again. */
static bool repeats_itself(Str word)
{
	for (size_t period = 1; period <= 3 && period * 2 <= word.len; period++) {
		size_t at = period;
		while (at < word.len && word.at[at] == word.at[at - period])
			at++;
		if (at == word.len)
			return true;
	}
	return false;
}

static bool has_vowel(Str word)
{
	for (size_t i = 0; i < word.len; i++)
		if (str_find_char(STR("aeiouy"), word.at[i], 0) != SIZE_MAX)
			return true;
	return false;
}

/* In Latin letters without accents; a word in capitals may be an abbreviation. */
static bool is_slip(const struct word *w, Str bare)
{
	if (w->kind != WORD_LETTERS || bare.len == 0 || utf8_ascii_prefix(bare) != bare.len)
		return false;
	if (bare.len == 1 || is_along_a_row(bare))
		return true;
	return (bare.len > 2 && !has_vowel(bare) && !w->capitals) ||
	       ((w->stretched || bare.len > 3) && repeats_itself(bare));
}

static bool has_letters(Str bare)
{
	for (size_t i = 0; i < bare.len; i++)
		if (bare.at[i] > '9' || (unsigned char)bare.at[i] >= 0x80)
			return true;
	return false;
}

/* Digits alone; "gr8" is none. */
static bool is_number(const struct plain_words *w, size_t i)
{
	return w->words->words[w->at[i].word].kind == WORD_NUMBER && !has_letters(w->at[i].bare);
}

static bool has_emoji(const struct words *w)
{
	for (size_t i = 0; i < w->count; i++)
		if (w->words[i].kind == WORD_EMOJI)
			return true;
	return false;
}

/* "10/10", "A+", "cannot fault it". */
static bool has_verdict(const struct words *w)
{
	for (size_t i = 0; i < w->count; i++)
		if (w->words[i].saying != 0)
			return true;
	return false;
}

enum low_effort low_effort_of(const struct patterns *patterns, struct arena *a,
                              const struct plain_words *w, enum question_leaning asked)
{
	struct pattern_hit *hits;
	bool covered[WORDS_MAX] = { false };
	unsigned labels = 0;
	if (has_emoji(w->words) || w->count > WORDS_MAX)
		return LOW_EFFORT_NONE;
	size_t numbers = 0;
	for (size_t i = 0; i < w->count; i++)
		numbers += is_number(w, i);
	bool verdict = has_verdict(w->words);
	if (numbers == w->count)
		return verdict ? LOW_EFFORT_NONE : LOW_EFFORT_EMPTY;
	if (verdict && asked != QUESTION_ASKS_BAD)
		return LOW_EFFORT_NONE;
	size_t count = patterns_find(patterns, a, w, &hits);
	for (size_t i = 0; i < count; i++) {
		if (hits[i].label == AS_IS && asked != QUESTION_ASKS_BAD)
			continue;
		labels |= 1u << hits[i].label;
		for (size_t k = 0; k < hits[i].plain_count; k++)
			covered[hits[i].plain_first + k] = true;
	}
	for (size_t i = 0; i < w->count; i++) {
		const struct word *word = &w->words->words[w->at[i].word];
		bool slip = !covered[i] && is_slip(word, w->at[i].bare);
		if (!covered[i] && !slip && !is_number(w, i))
			return LOW_EFFORT_NONE;
		labels |= slip ? 1u << OKAY : 0;
	}
	if (labels & (1u << NOTHING | 1u << AS_IS))
		return LOW_EFFORT_NOTHING;
	return labels & 1u << OKAY ? LOW_EFFORT_FILLER : LOW_EFFORT_NONE;
}

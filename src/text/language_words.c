/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/language_words.h"

static const char *const words[TONGUE_COUNT] = {
	[TONGUE_EN] =
	    "the and is was of to in it that for you with this but not are be have they we "
	    "my very so good great all at as on were your there from more had would when "
	    "just too easy nice service nothing everything love could staff please better "
	    "friendly always never thanks it's don't i'm excellent helpful quick what which no "
	    "one location room rooms clean comfortable breakfast small close near bad slow "
	    "work works update because really much than them been about after before",
	[TONGUE_DE] =
	    "der die das und ist nicht ich es ein eine zu sehr gut mit auf für von den dem "
	    "im war sind auch aber wir sie nur noch mehr alles bei wie nichts leider immer "
	    "kein keine schnell einfach zufrieden super danke bin hat haben wird man so als "
	    "wenn schon über wäre könnte besser freundlich gute guter schlecht mir mich uns "
	    "lage zimmer ständig toll tolle teuer ab essen personal frühstück bedienung",
	[TONGUE_FR] =
	    "le la les et est pas je de du des un une pour très bien dans que qui il elle "
	    "nous vous sur avec ce cette mais plus tout rien trop au aux en sont était "
	    "service merci bon bonne rapide j'ai c'est n'est ne se sa son mes leur être "
	    "toujours jamais aucun mieux facile équipe personnel qualité à sans",
	[TONGUE_ES] =
	    "el la los las y es no de que en un una por para muy bien con se lo su pero más "
	    "todo nada me mi está son fue han ha buena bueno excelente servicio gracias "
	    "siempre nunca fácil rápido atención mejor cuando porque sin muy hay del al "
	    "ser estaba tiene falta mal malo nos ya como gusta personal trato",
	[TONGUE_IT] =
	    "il lo la gli e è non di che un una per molto bene con si ma più tutto niente "
	    "sono mi ho della del nel alla ottimo buono buona servizio grazie sempre mai "
	    "facile veloce personale qualità anche come questo questa ci abbiamo era stato "
	    "troppo poco nulla gentile dei delle dal al i le ottima perfetto",
	[TONGUE_PT] =
	    "o a os as e é não nao de que em um uma para muito bem com se mas mais tudo nada "
	    "por do da no na dos das foi são está bom boa ótimo ótima otimo serviço "
	    "atendimento sempre nunca fácil rápido rapido obrigado obrigada melhor quando "
	    "porque sem sistema suporte ao pelo pela ser estou minha meu nos facilidade você "
	    "excelente pois gostei demais nenhum nenhuma facilita agilidade praticidade melhorar",
	[TONGUE_NL] =
	    "de het een en is niet ik van te dat die voor met op zeer goed heel erg was zijn "
	    "ook maar wij we bij als er aan om nog meer alles niets geen altijd nooit snel "
	    "makkelijk tevreden bedankt lekker eten vriendelijk bediening personeel hebben "
	    "heeft wel dan naar werd worden kan uit over je mijn beter goede prima",
	[TONGUE_DA] =
	    "og er det jeg en et ikke til på for med af der den som har var meget god godt "
	    "fra at vi kan men hurtig venlig altid aldrig alt intet tak mere også bedre nem "
	    "mig",
	[TONGUE_SV] =
	    "och är det jag en ett inte till på för med av som den har var mycket bra från "
	    "att vi kan men snabb trevlig alltid aldrig allt inget tack mer också bättre "
	    "lätt mig väldigt dålig",
	[TONGUE_NO] =
	    "og er det jeg en et ikke til på for med av som den har var veldig bra fra å vi "
	    "kan men rask hyggelig alltid aldri alt ingenting takk mer også bedre enkelt meg "
	    "mye",
	[TONGUE_FI] =
	    "ja on ei se että oli hyvä hyvin mutta en olen minä kun kuin niin ovat myös "
	    "kaikki mitään aina kiitos nopea helppo todella palvelu erittäin paljon vain jos "
	    "parempi huono",
	[TONGUE_PL] =
	    "i w nie na jest się z do to że jak ale bardzo dobry dobra dobrze od za po przez "
	    "są był była tak już wszystko nic zawsze nigdy dziękuję szybko łatwo obsługa "
	    "polecam tylko jestem lepiej brak",
	[TONGUE_CS] =
	    "a je se na v že to s z do jsem byl byla bylo ale velmi dobrý dobrá dobře od za "
	    "po pro jsou jako tak už vše nic vždy nikdy děkuji rychle snadno obsluha jen mi "
	    "lepší není",
	[TONGUE_TR] =
	    "ve bir bu çok için ile de da ama iyi değil ne daha var yok gibi kadar her güzel "
	    "teşekkürler hızlı kolay hizmet olarak sonra ben biz hiç kötü memnun oldu",
};

Str language_words(enum tongue t)
{
	return str_of(words[t]);
}

/* survey/wording_texts.c - the nine languages. A text is written for readers of that language, not word by word:
 * who changes one looks at what it stands beside on the page (tests/browser/contact_sheet.mjs). */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/wording_texts.h"

/* clang-format off: one text a line reads best, however long the line. */

const struct wording wording_texts[WORDING_COUNT] = {
	{
	    .code = TEXT("en"),
	    .title = TEXT("Feedback for {brand}"),
	    .question = TEXT("On a scale of 0 to 10, how likely are you to recommend {brand} to a "
	                     "friend or colleague?"),
	    .low = TEXT("Not at all likely"),
	    .high = TEXT("Extremely likely"),
	    .promoter = TEXT("What do you like most?"),
	    .passive = TEXT("What would make it a 10?"),
	    .detractor = TEXT("What could we do to improve?"),
	    .reason = TEXT("What is the primary reason for your score?"),
	    .thanks_promoter = TEXT("Thank you! It means a lot to hear that."),
	    .thanks_passive = TEXT("Thank you. Your answer helps us get better."),
	    .thanks_detractor =
		TEXT("Thank you for being frank with us. It helps us see what to do better."),
	    .ask_once_more = TEXT("A few words would help us a great deal. If you would rather "
	                          "not, just press “Send” again."),
	    .send = TEXT("Send"),
	    .confirm = TEXT("Send {score}"),
	    .change = TEXT("Change my answer"),
	    .your_score = TEXT("Your score: {score}"),
	    .your_comment = TEXT("Your comment"),
	    .saved = TEXT("Your score has been saved."),
	    .unsent = TEXT("Not sent yet. Your answer is kept on this device and goes out as soon "
	                   "as you are back online."),
	    .final = TEXT("This answer can no longer be changed. Thank you for taking the time."),
	    .closed_title = TEXT("This survey is closed"),
	    .closed_text =
		TEXT("Answers are no longer being collected. Thank you for your interest."),
	    .paused_title = TEXT("This survey is taking a break"),
	    .paused_text = TEXT("Please try again a little later. Thank you for your patience."),
	    .expired_title = TEXT("This link has expired"),
	    .expired_text = TEXT("Personal links work for a limited time only. Thank you all the "
	                         "same for wanting to answer."),
	    .revoked_title = TEXT("This link is no longer valid"),
	    .revoked_text = TEXT("The sender has withdrawn it. If you would still like to answer, "
	                         "please ask them for a new one."),
	    .unknown_title = TEXT("We cannot find this survey"),
	    .unknown_text = TEXT("Please check that the address is complete, or open the link "
	                         "again from the message you received."),
	    .tampered_title = TEXT("This link is incomplete"),
	    .tampered_text = TEXT("Part of the address is missing or was changed. Please open the "
	                          "link again from the message you received."),
	    .too_many_title = TEXT("One moment, please"),
	    .too_many_text = TEXT("A great many answers are coming from your network right now. "
	                          "Please try again in a minute."),
	    .trouble_title = TEXT("Your answer could not be saved"),
	    .trouble_text = TEXT("The fault is ours. Please go back and try again in a moment."),
	},
	{
	    .code = TEXT("de"),
	    .title = TEXT("Ihre Meinung zu {brand}"),
	    .question = TEXT("Wie wahrscheinlich ist es auf einer Skala von 0 bis 10, dass Sie "
	                     "{brand} im Freundes- oder Kollegenkreis weiterempfehlen?"),
	    .low = TEXT("Überhaupt nicht wahrscheinlich"),
	    .high = TEXT("Äußerst wahrscheinlich"),
	    .promoter = TEXT("Was gefällt Ihnen am besten?"),
	    .passive = TEXT("Was müsste anders sein, damit es eine 10 wird?"),
	    .detractor = TEXT("Was können wir besser machen?"),
	    .reason = TEXT("Was ist der Hauptgrund für Ihre Bewertung?"),
	    .thanks_promoter = TEXT("Vielen Dank! Das freut uns sehr."),
	    .thanks_passive = TEXT("Vielen Dank! Ihre Antwort hilft uns, besser zu werden."),
	    .thanks_detractor = TEXT("Vielen Dank für Ihre offenen Worte. So erkennen wir, was wir "
	                             "besser machen müssen."),
	    .ask_once_more =
		TEXT("Ein paar Worte dazu würden uns sehr helfen. Wenn Sie lieber nichts schreiben "
	             "möchten, tippen Sie einfach noch einmal auf „Senden“."),
	    .send = TEXT("Senden"),
	    .confirm = TEXT("{score} senden"),
	    .change = TEXT("Antwort ändern"),
	    .your_score = TEXT("Ihre Bewertung: {score}"),
	    .your_comment = TEXT("Ihr Kommentar"),
	    .saved = TEXT("Ihre Bewertung ist gespeichert."),
	    .unsent = TEXT("Noch nicht gesendet. Ihre Antwort bleibt auf diesem Gerät gespeichert "
	                   "und wird übermittelt, sobald Sie wieder online sind."),
	    .final = TEXT("Diese Antwort lässt sich nicht mehr ändern. Danke, dass Sie sich die "
	                  "Zeit genommen haben."),
	    .closed_title = TEXT("Diese Umfrage ist beendet"),
	    .closed_text =
		TEXT("Es werden keine Antworten mehr angenommen. Vielen Dank für Ihr Interesse."),
	    .paused_title = TEXT("Diese Umfrage macht gerade Pause"),
	    .paused_text =
		TEXT("Bitte versuchen Sie es etwas später noch einmal. Danke für Ihre Geduld."),
	    .expired_title = TEXT("Dieser Link ist abgelaufen"),
	    .expired_text = TEXT("Persönliche Links gelten nur für begrenzte Zeit. Trotzdem vielen "
	                         "Dank, dass Sie antworten wollten."),
	    .revoked_title = TEXT("Dieser Link ist nicht mehr gültig"),
	    .revoked_text = TEXT("Der Absender hat ihn zurückgezogen. Wenn Sie trotzdem antworten "
	                         "möchten, bitten Sie ihn um einen neuen Link."),
	    .unknown_title = TEXT("Diese Umfrage gibt es hier nicht"),
	    .unknown_text =
		TEXT("Bitte prüfen Sie, ob die Adresse vollständig ist, oder öffnen Sie den Link "
	             "noch einmal aus der Nachricht, die Sie erhalten haben."),
	    .tampered_title = TEXT("Dieser Link ist unvollständig"),
	    .tampered_text =
		TEXT("Ein Teil der Adresse fehlt oder wurde verändert. Bitte öffnen Sie den Link "
	             "noch einmal aus der Nachricht, die Sie erhalten haben."),
	    .too_many_title = TEXT("Einen Moment, bitte"),
	    .too_many_text = TEXT("Aus Ihrem Netz kommen gerade sehr viele Antworten. Bitte "
	                          "versuchen Sie es in einer Minute noch einmal."),
	    .trouble_title = TEXT("Ihre Antwort konnte nicht gespeichert werden"),
	    .trouble_text = TEXT("Das liegt an uns. Bitte gehen Sie zurück und versuchen Sie es "
	                         "gleich noch einmal."),
	},
	{
	    .code = TEXT("fr"),
	    .title = TEXT("Votre avis sur {brand}"),
	    .question = TEXT("Sur une échelle de 0 à 10, quelle est la probabilité que vous "
	                     "recommandiez {brand} à un ami ou à un collègue\u202f?"),
	    .low = TEXT("Pas du tout probable"),
	    .high = TEXT("Extrêmement probable"),
	    .promoter = TEXT("Qu’appréciez-vous le plus\u202f?"),
	    .passive = TEXT("Que faudrait-il pour que vous mettiez 10\u202f?"),
	    .detractor = TEXT("Que pourrions-nous améliorer\u202f?"),
	    .reason = TEXT("Quelle est la principale raison de votre note\u202f?"),
	    .thanks_promoter = TEXT("Merci\u202f! Cela nous fait très plaisir."),
	    .thanks_passive = TEXT("Merci. Votre réponse nous aide à progresser."),
	    .thanks_detractor = TEXT(
		"Merci de votre franchise. Elle nous aide à voir ce que nous devons améliorer."),
	    .ask_once_more =
		TEXT("Quelques mots nous aideraient beaucoup. Si vous préférez ne rien ajouter, "
	             "appuyez simplement de nouveau sur «\u00a0Envoyer\u00a0»."),
	    .send = TEXT("Envoyer"),
	    .confirm = TEXT("Envoyer la note {score}"),
	    .change = TEXT("Modifier ma réponse"),
	    .your_score = TEXT("Votre note\u00a0: {score}"),
	    .your_comment = TEXT("Votre commentaire"),
	    .saved = TEXT("Votre note est enregistrée."),
	    .unsent = TEXT("Pas encore envoyée. Votre réponse est conservée sur cet appareil et "
	                   "partira dès que la connexion sera rétablie."),
	    .final = TEXT("Cette réponse ne peut plus être modifiée. Merci d’avoir pris le temps "
	                  "de répondre."),
	    .closed_title = TEXT("Cette enquête est terminée"),
	    .closed_text = TEXT("Les réponses ne sont plus acceptées. Merci de votre intérêt."),
	    .paused_title = TEXT("Cette enquête est en pause"),
	    .paused_text = TEXT("Veuillez réessayer un peu plus tard. Merci de votre patience."),
	    .expired_title = TEXT("Ce lien a expiré"),
	    .expired_text = TEXT("Les liens personnels ne sont valables qu’un certain temps. Merci "
	                         "tout de même d’avoir voulu répondre."),
	    .revoked_title = TEXT("Ce lien n’est plus valable"),
	    .revoked_text = TEXT("L’expéditeur l’a retiré. Si vous souhaitez tout de même "
	                         "répondre, demandez-lui un nouveau lien."),
	    .unknown_title = TEXT("Cette enquête est introuvable"),
	    .unknown_text = TEXT("Vérifiez que l’adresse est complète ou ouvrez de nouveau le lien "
	                         "depuis le message que vous avez reçu."),
	    .tampered_title = TEXT("Ce lien est incomplet"),
	    .tampered_text = TEXT("Une partie de l’adresse manque ou a été modifiée. Ouvrez de "
	                          "nouveau le lien depuis le message que vous avez reçu."),
	    .too_many_title = TEXT("Un instant, s’il vous plaît"),
	    .too_many_text = TEXT("Votre réseau envoie beaucoup de réponses en ce moment. Veuillez "
	                          "réessayer dans une minute."),
	    .trouble_title = TEXT("Votre réponse n’a pas pu être enregistrée"),
	    .trouble_text = TEXT(
		"Le problème vient de chez nous. Revenez en arrière et réessayez dans un instant."),
	},
	{
	    .code = TEXT("es"),
	    .title = TEXT("Su opinión sobre {brand}"),
	    .question = TEXT("En una escala del 0 al 10, ¿qué probabilidad hay de que recomiende "
	                     "{brand} a un amigo o colega?"),
	    .low = TEXT("Nada probable"),
	    .high = TEXT("Extremadamente probable"),
	    .promoter = TEXT("¿Qué es lo que más le gusta?"),
	    .passive = TEXT("¿Qué haría falta para que nos diera un 10?"),
	    .detractor = TEXT("¿Qué podríamos mejorar?"),
	    .reason = TEXT("¿Cuál es el motivo principal de su puntuación?"),
	    .thanks_promoter = TEXT("¡Muchas gracias! Nos alegra mucho saberlo."),
	    .thanks_passive = TEXT("Muchas gracias. Su respuesta nos ayuda a mejorar."),
	    .thanks_detractor =
		TEXT("Gracias por su sinceridad. Nos ayuda a ver qué debemos mejorar."),
	    .ask_once_more = TEXT("Unas palabras nos ayudarían mucho. Si prefiere no añadir nada, "
	                          "pulse «Enviar» otra vez."),
	    .send = TEXT("Enviar"),
	    .confirm = TEXT("Enviar un {score}"),
	    .change = TEXT("Cambiar mi respuesta"),
	    .your_score = TEXT("Su puntuación: {score}"),
	    .your_comment = TEXT("Su comentario"),
	    .saved = TEXT("Su puntuación se ha guardado."),
	    .unsent = TEXT("Aún no se ha enviado. Su respuesta se conserva en este dispositivo y "
	                   "se enviará en cuanto vuelva a tener conexión."),
	    .final = TEXT("Esta respuesta ya no se puede cambiar. Gracias por su tiempo."),
	    .closed_title = TEXT("Esta encuesta está cerrada"),
	    .closed_text = TEXT("Ya no se recogen respuestas. Gracias por su interés."),
	    .paused_title = TEXT("Esta encuesta está en pausa"),
	    .paused_text = TEXT("Inténtelo de nuevo un poco más tarde. Gracias por su paciencia."),
	    .expired_title = TEXT("Este enlace ha caducado"),
	    .expired_text = TEXT("Los enlaces personales solo funcionan durante un tiempo "
	                         "limitado. Gracias de todos modos por querer responder."),
	    .revoked_title = TEXT("Este enlace ya no es válido"),
	    .revoked_text =
		TEXT("El remitente lo ha retirado. Si aún desea responder, pídale uno nuevo."),
	    .unknown_title = TEXT("No encontramos esta encuesta"),
	    .unknown_text = TEXT("Compruebe que la dirección esté completa o vuelva a abrir el "
	                         "enlace desde el mensaje que recibió."),
	    .tampered_title = TEXT("Este enlace está incompleto"),
	    .tampered_text = TEXT("Falta una parte de la dirección o se ha modificado. Vuelva a "
	                          "abrir el enlace desde el mensaje que recibió."),
	    .too_many_title = TEXT("Un momento, por favor"),
	    .too_many_text = TEXT("Están llegando muchísimas respuestas desde su red. Inténtelo de "
	                          "nuevo dentro de un minuto."),
	    .trouble_title = TEXT("No se pudo guardar su respuesta"),
	    .trouble_text = TEXT(
		"El problema es nuestro. Vuelva atrás e inténtelo de nuevo dentro de un momento."),
	},
	{
	    .code = TEXT("it"),
	    .title = TEXT("La Sua opinione su {brand}"),
	    .question = TEXT("Su una scala da 0 a 10, con quale probabilità consiglierebbe {brand} "
	                     "a un amico o a un collega?"),
	    .low = TEXT("Per niente probabile"),
	    .high = TEXT("Estremamente probabile"),
	    .promoter = TEXT("Che cosa apprezza di più?"),
	    .passive = TEXT("Che cosa servirebbe per arrivare a 10?"),
	    .detractor = TEXT("Che cosa potremmo migliorare?"),
	    .reason = TEXT("Qual è il motivo principale del Suo voto?"),
	    .thanks_promoter = TEXT("Grazie! Ci fa davvero piacere."),
	    .thanks_passive = TEXT("Grazie. La Sua risposta ci aiuta a migliorare."),
	    .thanks_detractor = TEXT(
		"Grazie per la Sua sincerità. Ci aiuta a capire che cosa dobbiamo migliorare."),
	    .ask_once_more = TEXT("Qualche parola ci aiuterebbe molto. Se preferisce non "
	                          "aggiungere nulla, prema di nuovo «Invia»."),
	    .send = TEXT("Invia"),
	    .confirm = TEXT("Invia il voto {score}"),
	    .change = TEXT("Modifica la risposta"),
	    .your_score = TEXT("Il Suo voto: {score}"),
	    .your_comment = TEXT("Il Suo commento"),
	    .saved = TEXT("Il Suo voto è stato salvato."),
	    .unsent = TEXT("Non ancora inviata. La risposta è conservata su questo dispositivo e "
	                   "partirà appena tornerà la connessione."),
	    .final = TEXT("Questa risposta non può più essere modificata. Grazie per il tempo che "
	                  "ci ha dedicato."),
	    .closed_title = TEXT("Questo sondaggio è chiuso"),
	    .closed_text = TEXT("Le risposte non vengono più raccolte. Grazie per l’interesse."),
	    .paused_title = TEXT("Questo sondaggio è in pausa"),
	    .paused_text = TEXT("Riprovi un po’ più tardi. Grazie per la pazienza."),
	    .expired_title = TEXT("Questo link è scaduto"),
	    .expired_text = TEXT("I link personali valgono solo per un certo periodo. Grazie "
	                         "comunque per aver voluto rispondere."),
	    .revoked_title = TEXT("Questo link non è più valido"),
	    .revoked_text = TEXT(
		"Il mittente lo ha ritirato. Se desidera ancora rispondere, ne chieda uno nuovo."),
	    .unknown_title = TEXT("Non troviamo questo sondaggio"),
	    .unknown_text = TEXT("Controlli che l’indirizzo sia completo oppure apra di nuovo il "
	                         "link dal messaggio ricevuto."),
	    .tampered_title = TEXT("Questo link è incompleto"),
	    .tampered_text = TEXT("Una parte dell’indirizzo manca o è stata modificata. Apra di "
	                          "nuovo il link dal messaggio ricevuto."),
	    .too_many_title = TEXT("Un attimo, per favore"),
	    .too_many_text =
		TEXT("Dalla Sua rete stanno arrivando moltissime risposte. Riprovi tra un minuto."),
	    .trouble_title = TEXT("Non è stato possibile salvare la risposta"),
	    .trouble_text = TEXT("Il problema è nostro. Torni indietro e riprovi tra un momento."),
	},
	{
	    .code = TEXT("pt"),
	    .title = TEXT("A sua opinião sobre {brand}"),
	    .question = TEXT("Numa escala de 0 a 10, qual é a probabilidade de recomendar {brand} "
	                     "a um amigo ou colega?"),
	    .low = TEXT("Nada provável"),
	    .high = TEXT("Extremamente provável"),
	    .promoter = TEXT("O que mais lhe agrada?"),
	    .passive = TEXT("O que faltou para dar um 10?"),
	    .detractor = TEXT("O que poderíamos melhorar?"),
	    .reason = TEXT("Qual é o principal motivo da sua nota?"),
	    .thanks_promoter = TEXT("Muito obrigado! É ótimo saber disso."),
	    .thanks_passive =
		TEXT("Muito obrigado. A sua resposta é uma grande ajuda para melhorarmos."),
	    .thanks_detractor =
		TEXT("Muito obrigado pela sinceridade. Ela mostra o que podemos melhorar."),
	    .ask_once_more = TEXT("Algumas palavras seriam uma grande ajuda. Se preferir não "
	                          "escrever nada, basta tocar em “Enviar” outra vez."),
	    .send = TEXT("Enviar"),
	    .confirm = TEXT("Enviar nota {score}"),
	    .change = TEXT("Alterar a minha resposta"),
	    .your_score = TEXT("A sua nota: {score}"),
	    .your_comment = TEXT("O seu comentário"),
	    .saved = TEXT("A sua nota foi recebida."),
	    .unsent = TEXT("Ainda não foi enviada. A sua resposta fica neste dispositivo e será "
	                   "enviada assim que houver internet."),
	    .final = TEXT("Não é mais possível alterar esta resposta. Obrigado pelo seu tempo."),
	    .closed_title = TEXT("Este questionário está encerrado"),
	    .closed_text = TEXT("Não é mais possível responder. Obrigado pelo interesse."),
	    .paused_title = TEXT("Este questionário está em pausa"),
	    .paused_text = TEXT("Tente novamente um pouco mais tarde. Obrigado pela paciência."),
	    .expired_title = TEXT("Este link expirou"),
	    .expired_text = TEXT("Os links pessoais só funcionam por tempo limitado. Obrigado, "
	                         "mesmo assim, por querer responder."),
	    .revoked_title = TEXT("Este link não é mais válido"),
	    .revoked_text =
		TEXT("Foi cancelado pelo remetente. Se ainda quiser responder, peça um novo."),
	    .unknown_title = TEXT("Não encontramos este questionário"),
	    .unknown_text = TEXT("Verifique se o endereço está completo ou abra novamente o link a "
	                         "partir da mensagem que recebeu."),
	    .tampered_title = TEXT("Este link está incompleto"),
	    .tampered_text = TEXT("Falta uma parte do endereço ou ela foi alterada. Abra novamente "
	                          "o link a partir da mensagem que recebeu."),
	    .too_many_title = TEXT("Um momento, por favor"),
	    .too_many_text = TEXT("Há muitas respostas vindas da sua rede neste momento. Tente "
	                          "novamente dentro de um minuto."),
	    .trouble_title = TEXT("Não conseguimos receber a sua resposta"),
	    .trouble_text =
		TEXT("O problema é nosso. Volte à página anterior e tente novamente em instantes."),
	},
	{
	    .code = TEXT("nl"),
	    .title = TEXT("Uw mening over {brand}"),
	    .question = TEXT("Hoe waarschijnlijk is het, op een schaal van 0 tot 10, dat u {brand} "
	                     "zou aanbevelen aan een vriend of collega?"),
	    .low = TEXT("Helemaal niet waarschijnlijk"),
	    .high = TEXT("Zeer waarschijnlijk"),
	    .promoter = TEXT("Wat spreekt u het meest aan?"),
	    .passive = TEXT("Wat zou er een 10 van maken?"),
	    .detractor = TEXT("Wat kunnen we verbeteren?"),
	    .reason = TEXT("Wat is de belangrijkste reden voor uw score?"),
	    .thanks_promoter = TEXT("Dank u wel! Dat doet ons goed."),
	    .thanks_passive = TEXT("Dank u wel. Met uw antwoord kunnen we beter worden."),
	    .thanks_detractor =
		TEXT("Dank u wel voor uw eerlijkheid. Zo zien we wat er beter moet."),
	    .ask_once_more = TEXT("Een paar woorden zouden ons enorm helpen. Liever niet? Druk dan "
	                          "gewoon nog een keer op ‘Versturen’."),
	    .send = TEXT("Versturen"),
	    .confirm = TEXT("{score} versturen"),
	    .change = TEXT("Mijn antwoord wijzigen"),
	    .your_score = TEXT("Uw score: {score}"),
	    .your_comment = TEXT("Uw opmerking"),
	    .saved = TEXT("Uw score is opgeslagen."),
	    .unsent = TEXT("Nog niet verstuurd. Uw antwoord blijft op dit apparaat bewaard en "
	                   "wordt verstuurd zodra u weer online bent."),
	    .final = TEXT("Dit antwoord kan niet meer worden gewijzigd. Bedankt voor uw tijd."),
	    .closed_title = TEXT("Deze enquête is gesloten"),
	    .closed_text =
		TEXT("Er worden geen antwoorden meer verzameld. Bedankt voor uw interesse."),
	    .paused_title = TEXT("Deze enquête is even gepauzeerd"),
	    .paused_text = TEXT("Probeer het later nog eens. Bedankt voor uw geduld."),
	    .expired_title = TEXT("Deze link is verlopen"),
	    .expired_text = TEXT("Persoonlijke links werken maar een beperkte tijd. Toch bedankt "
	                         "dat u wilde antwoorden."),
	    .revoked_title = TEXT("Deze link is niet meer geldig"),
	    .revoked_text = TEXT("De afzender heeft hem ingetrokken. Wilt u toch antwoorden? Vraag "
	                         "dan om een nieuwe link."),
	    .unknown_title = TEXT("We kunnen deze enquête niet vinden"),
	    .unknown_text = TEXT("Controleer of het adres volledig is of open de link opnieuw "
	                         "vanuit het bericht dat u hebt ontvangen."),
	    .tampered_title = TEXT("Deze link is onvolledig"),
	    .tampered_text = TEXT("Een deel van het adres ontbreekt of is gewijzigd. Open de link "
	                          "opnieuw vanuit het bericht dat u hebt ontvangen."),
	    .too_many_title = TEXT("Een ogenblik geduld"),
	    .too_many_text = TEXT("Er komen op dit moment heel veel antwoorden vanaf uw netwerk. "
	                          "Probeer het over een minuut nog eens."),
	    .trouble_title = TEXT("Uw antwoord kon niet worden opgeslagen"),
	    .trouble_text = TEXT("Dat ligt aan ons. Ga terug en probeer het zo meteen nog eens."),
	},
	{
	    .code = TEXT("ja"),
	    .title = TEXT("{brand}についてのご意見"),
	    .question = TEXT("{brand}"
	                     "を親しいご友人や同僚の方にすすめる可能性はどのくらいありますか？0から"
	                     "10でお答えください。"),
	    .low = TEXT("まったくすすめない"),
	    .high = TEXT("ぜひすすめたい"),
	    .promoter = TEXT("特に気に入っている点をお聞かせください。"),
	    .passive = TEXT("どのような点が良くなれば10点になりますか？"),
	    .detractor = TEXT("改善してほしい点をお聞かせください。"),
	    .reason = TEXT("その点数をつけた一番の理由をお聞かせください。"),
	    .thanks_promoter = TEXT("ありがとうございます！とても励みになります。"),
	    .thanks_passive =
		TEXT("ありがとうございます。いただいたご意見を今後の改善に役立てます。"),
	    .thanks_detractor =
		TEXT("率直なご意見をありがとうございます。改善に役立ててまいります。"),
	    .ask_once_more = TEXT("ひと言だけでもお聞かせいただけると大変助かります。このまま終える"
	                          "場合は、もう一度「送信」を押してください。"),
	    .send = TEXT("送信"),
	    .confirm = TEXT("{score}点で送信"),
	    .change = TEXT("回答を変更する"),
	    .your_score = TEXT("あなたの点数：{score}"),
	    .your_comment = TEXT("ご意見"),
	    .saved = TEXT("点数を保存しました。"),
	    .unsent = TEXT("まだ送信されていません。回答はこの端末に保存されており、接続が回復する"
	                   "と自動的に送信されます。"),
	    .final = TEXT("この回答は変更できなくなりました。ご協力ありがとうございました。"),
	    .closed_title = TEXT("このアンケートは終了しました"),
	    .closed_text =
		TEXT("回答の受付は締め切りました。ご関心をお寄せいただきありがとうございます。"),
	    .paused_title = TEXT("このアンケートは一時休止中です"),
	    .paused_text = TEXT("しばらくしてからもう一度お試しください。"),
	    .expired_title = TEXT("このリンクは有効期限が切れています"),
	    .expired_text = TEXT("個別のリンクには有効期限があります。ご回答いただこうとしてくださ"
	                         "り、ありがとうございます。"),
	    .revoked_title = TEXT("このリンクは無効になりました"),
	    .revoked_text = TEXT("送信者によって取り消されました。回答をご希望の場合は、送信者に新"
	                         "しいリンクをご依頼ください。"),
	    .unknown_title = TEXT("アンケートが見つかりません"),
	    .unknown_text = TEXT("アドレスがすべて入力されているかご確認いただくか、受け取ったメッ"
	                         "セージのリンクをもう一度開いてください。"),
	    .tampered_title = TEXT("リンクが正しくありません"),
	    .tampered_text = TEXT("アドレスの一部が欠けているか、変更されています。受け取ったメッセ"
	                          "ージのリンクをもう一度開いてください。"),
	    .too_many_title = TEXT("少々お待ちください"),
	    .too_many_text = TEXT("現在、お使いのネットワークから多数の回答が届いています。1分ほど"
	                          "してからもう一度お試しください。"),
	    .trouble_title = TEXT("回答を保存できませんでした"),
	    .trouble_text = TEXT(
		"こちら側の問題です。前のページに戻り、しばらくしてからもう一度お試しください。"),
	},
	{
	    .code = TEXT("ar"),
	    .rtl = true,
	    .title = TEXT("رأيك في {brand}"),
	    .question = TEXT("على مقياس من 0 إلى 10، ما مدى احتمال أن ترشّح {brand} لصديق أو زميل؟"),
	    .low = TEXT("غير محتمل إطلاقًا"),
	    .high = TEXT("محتمل جدًا"),
	    .promoter = TEXT("ما أكثر شيء يعجبك؟"),
	    .passive = TEXT("ما الذي ينقصنا لنستحق 10؟"),
	    .detractor = TEXT("ما الذي يمكننا تحسينه؟"),
	    .reason = TEXT("ما السبب الرئيسي لهذا التقييم؟"),
	    .thanks_promoter = TEXT("شكرًا جزيلًا! يسعدنا سماع ذلك."),
	    .thanks_passive = TEXT("شكرًا لك. إجابتك تساعدنا على أن نتحسّن."),
	    .thanks_detractor = TEXT("شكرًا على صراحتك. فهي تساعدنا على معرفة ما يجب تحسينه."),
	    .ask_once_more = TEXT("بضع كلمات منك تفيدنا كثيرًا. وإن كنت تفضّل عدم الكتابة، فاضغط على "
	                          "«إرسال» مرة أخرى."),
	    .send = TEXT("إرسال"),
	    .confirm = TEXT("إرسال التقييم {score}"),
	    .change = TEXT("تعديل إجابتي"),
	    .your_score = TEXT("تقييمك: {score}"),
	    .your_comment = TEXT("تعليقك"),
	    .saved = TEXT("تم حفظ تقييمك."),
	    .unsent = TEXT("لم تُرسَل بعد. إجابتك محفوظة على هذا الجهاز وستُرسَل فور عودة الاتصال."),
	    .final = TEXT("لم يعد من الممكن تعديل هذه الإجابة. شكرًا على وقتك."),
	    .closed_title = TEXT("هذا الاستبيان مغلق"),
	    .closed_text = TEXT("لم نعد نستقبل الإجابات. شكرًا على اهتمامك."),
	    .paused_title = TEXT("هذا الاستبيان متوقف مؤقتًا"),
	    .paused_text = TEXT("يُرجى المحاولة لاحقًا. شكرًا على صبرك."),
	    .expired_title = TEXT("انتهت صلاحية هذا الرابط"),
	    .expired_text = TEXT("الروابط الشخصية صالحة لمدة محدودة. نشكرك على رغبتك في الإجابة."),
	    .revoked_title = TEXT("لم يعد هذا الرابط صالحًا"),
	    .revoked_text =
		TEXT("لقد ألغاه المرسِل. إذا كنت لا تزال ترغب في الإجابة، فاطلب منه رابطًا جديدًا."),
	    .unknown_title = TEXT("لم نعثر على هذا الاستبيان"),
	    .unknown_text = TEXT(
		"يُرجى التأكد من أن العنوان كامل، أو فتح الرابط مرة أخرى من الرسالة التي وصلتك."),
	    .tampered_title = TEXT("هذا الرابط غير مكتمل"),
	    .tampered_text = TEXT("جزء من العنوان مفقود أو تم تغييره. يُرجى فتح الرابط مرة أخرى من "
	                          "الرسالة التي وصلتك."),
	    .too_many_title = TEXT("لحظة من فضلك"),
	    .too_many_text =
		TEXT("تصلنا الآن إجابات كثيرة جدًا من شبكتك. يُرجى المحاولة مرة أخرى بعد دقيقة."),
	    .trouble_title = TEXT("تعذّر حفظ إجابتك"),
	    .trouble_text = TEXT("الخلل من جانبنا. يُرجى الرجوع والمحاولة مرة أخرى بعد قليل."),
	},
};

/* feedback/mask.c - each finder marks the bytes that it would not show; marks of one kind that touch become one. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/mask.h"

#include <string.h>

#include "base/fold.h"
#include "base/utf8.h"
#include "text/runs.h"
#include "text/written_date.h"

#define ENDING_LETTERS 2 /* that a language may put behind a name */
#define SHORT_NAME     4 /* letters; below it a word is a name only as it is */

#define NAMED_DIGITS 7 /* of a number that is masked by its kind */

struct marks {
	Str text;
	uint8_t *at; /* by byte: 0, or 1 + enum personal_kind; HIDDEN without words */
	const struct mask_words *words; /* NULL: MASK in place of everything */
};
#define HIDDEN 1

static void mark(struct marks *m, size_t from, size_t to, uint8_t as)
{
	memset(m->at + from, as, to - from);
}

static void find_personal_data(struct marks *m, struct arena *a)
{
	struct personal_data *found;
	size_t count = personal_data_find(a, m->text, &found);
	for (size_t i = 0; i < count; i++)
		mark(m, found[i].from, found[i].from + found[i].len, HIDDEN);
}

/* By kind */

static size_t digits_in(Str text)
{
	size_t count = 0;
	uint32_t cp;
	for (size_t at = 0; at < text.len;) {
		at = run_char(text, at, &cp);
		count += run_is_digit(cp);
	}
	return count;
}

/* A card and an IBAN have check digits; all else that has the form of a date is one, whatever word stands before it. */
static bool tells_somebody(enum personal_kind kind, Str found)
{
	if (kind != PERSONAL_CARD && kind != PERSONAL_IBAN && written_date_is(found))
		return false;
	return (kind != PERSONAL_NUMBER && kind != PERSONAL_CODE) ||
	       digits_in(found) >= NAMED_DIGITS;
}

static void find_by_kind(struct marks *m, struct arena *a)
{
	struct personal_data *found;
	size_t count = personal_data_find(a, m->text, &found);
	for (size_t i = 0; i < count; i++) {
		Str text = str_slice(m->text, found[i].from, found[i].len);
		size_t from = found[i].from;
		from -= from > 0 && found[i].kind == PERSONAL_PHONE && m->text.at[from - 1] == '+';
		if (tells_somebody(found[i].kind, text))
			mark(m, from, found[i].from + found[i].len, (uint8_t)(1 + found[i].kind));
	}
}

/* Names */

static size_t letters(Str word)
{
	return utf8_count(word);
}

/* Both folded. */
static bool is_name(Str word, Str name)
{
	if (str_eq(word, name))
		return true;
	return letters(name) >= SHORT_NAME && str_starts(word, name) &&
	       letters(word) - letters(name) <= ENDING_LETTERS;
}

static void find_words(struct marks *m, struct arena *a, Str name)
{
	size_t position = 0, from, to;
	while (run_next(m->text, &position, run_is_word, &from, &to))
		if (is_name(fold_text(a, str_slice(m->text, from, to - from)), name))
			mark(m, from, to, HIDDEN);
}

static void find_anywhere(struct marks *m, Str name)
{
	size_t at;
	for (size_t from = 0; (at = str_find(str_from(m->text, from), name)) != SIZE_MAX;) {
		mark(m, from + at, from + at + name.len, HIDDEN);
		from += at + name.len;
	}
}

static void find_name(struct marks *m, struct arena *a, Str name)
{
	size_t position = 0, from, to;
	uint32_t cp;
	while (run_next(name, &position, run_is_word, &from, &to)) {
		Str word = str_slice(name, from, to - from);
		run_char(word, 0, &cp);
		if (run_is_unspaced(cp))
			find_anywhere(m, word);
		else if (letters(word) > 1)
			find_words(m, a, fold_text(a, word));
	}
}

/* What stands in place of the mark that the byte is in. */
static Str shown_for(const struct marks *m, size_t byte)
{
	return m->words ? m->words->of[m->at[byte] - 1] : MASK;
}

static bool goes_on(const struct marks *m, size_t byte)
{
	return byte > 0 && byte < m->text.len && m->at[byte] && m->at[byte] == m->at[byte - 1];
}

static size_t longest_word(const struct marks *m)
{
	size_t longest = MASK.len;
	for (int kind = 0; m->words && kind < PERSONAL_KIND_COUNT; kind++)
		if (m->words->of[kind].len > longest)
			longest = m->words->of[kind].len;
	return longest;
}

/* place[i]: where byte i of the text, or what stands for the mark that it is in, is in what is written. */
static Str written(struct arena *a, const struct marks *m, size_t *place)
{
	char *out = arena_alloc(a, m->text.len * longest_word(m) + 1);
	size_t len = 0;
	for (size_t i = 0; i < m->text.len; i++) {
		bool on = goes_on(m, i);
		place[i] = on ? place[i - 1] : len;
		if (!m->at[i]) {
			out[len++] = m->text.at[i];
		} else if (!on) {
			Str word = shown_for(m, i);
			memcpy(out + len, word.at, word.len);
			len += word.len;
		}
	}
	place[m->text.len] = len;
	return (Str){ out, len };
}

static void move_span(const struct marks *m, const size_t *place, struct mask_span *span)
{
	size_t all = m->text.len;
	size_t from = span->from < all ? span->from : all;
	size_t to = span->len < all - from ? from + span->len : all;
	/* The whole of a mask in which the span ends. */
	size_t end = to > from && goes_on(m, to) ? place[to] + shown_for(m, to).len : place[to];
	*span = (struct mask_span){ place[from], end - place[from] };
}

static Str finish(struct arena *a, const struct marks *m, struct mask_span *spans,
                  size_t span_count)
{
	size_t *place = ARENA_ARRAY(a, size_t, m->text.len + 1);
	Str out = written(a, m, place);
	for (size_t i = 0; i < span_count; i++)
		move_span(m, place, &spans[i]);
	return out;
}

Str mask_text_keeping(struct arena *a, Str text, const Str *names, size_t count,
                      struct mask_span *spans, size_t span_count)
{
	struct marks m = { .text = text, .at = ARENA_ARRAY(a, uint8_t, text.len + 1) };
	find_personal_data(&m, a);
	for (size_t i = 0; i < count; i++)
		find_name(&m, a, names[i]);
	return finish(a, &m, spans, span_count);
}

/* With words */

static const struct {
	const char *language;
	struct mask_words words;
} languages[] = {
#define TEXT(literal)                           \
	{                                       \
		"" literal, sizeof(literal) - 1 \
	}
#define WORDS(tag, email, phone, card, account, iban, page, handle, number)                       \
	{                                                                                         \
		tag,                                                                              \
		{                                                                                 \
			{                                                                         \
				[PERSONAL_NUMBER] = TEXT(number), [PERSONAL_CODE] = TEXT(number), \
				[PERSONAL_PHONE] = TEXT(phone),                                   \
				[PERSONAL_ACCOUNT] = TEXT(account), [PERSONAL_CARD] = TEXT(card), \
				[PERSONAL_PAGE] = TEXT(page), [PERSONAL_HANDLE] = TEXT(handle),   \
				[PERSONAL_EMAIL] = TEXT(email), [PERSONAL_IBAN] = TEXT(iban)      \
			}                                                                         \
		}                                                                                 \
	}
	WORDS("en", "[email]", "[phone]", "[card number]", "[account number]", "[IBAN]", "[link]",
	      "[user name]", "[number]"),
	WORDS("de", "[E-Mail]", "[Telefon]", "[Kartennummer]", "[Kontonummer]", "[IBAN]", "[Link]",
	      "[Benutzername]", "[Nummer]"),
	WORDS("fr", "[e-mail]", "[téléphone]", "[numéro de carte]", "[numéro de compte]", "[IBAN]",
	      "[lien]", "[identifiant]", "[numéro]"),
	WORDS("es", "[correo]", "[teléfono]", "[número de tarjeta]", "[número de cuenta]", "[IBAN]",
	      "[enlace]", "[usuario]", "[número]"),
	WORDS("it", "[e-mail]", "[telefono]", "[numero di carta]", "[numero di conto]", "[IBAN]",
	      "[link]", "[utente]", "[numero]"),
	WORDS("pt", "[e-mail]", "[telefone]", "[número do cartão]", "[número da conta]", "[IBAN]",
	      "[link]", "[usuário]", "[número]"),
	WORDS("nl", "[e-mail]", "[telefoon]", "[kaartnummer]", "[rekeningnummer]", "[IBAN]",
	      "[link]", "[gebruikersnaam]", "[nummer]"),
#undef WORDS
#undef TEXT
};

const struct mask_words *mask_words_of(Str language)
{
	for (size_t i = 1; language.len >= 2 && i < sizeof languages / sizeof languages[0]; i++)
		if (str_eq_ignoring_ascii_case(str_slice(language, 0, 2),
		                               str_of(languages[i].language)) &&
		    (language.len == 2 || language.at[2] == '-'))
			return &languages[i].words;
	return &languages[0].words;
}

#define PASSES_MAX 100

static Str mask_once(struct arena *a, Str text, const struct mask_words *words,
                     struct mask_span *spans, size_t span_count)
{
	struct marks m = { .text = text,
		           .at = ARENA_ARRAY(a, uint8_t, text.len + 1),
		           .words = words };
	find_by_kind(&m, a);
	return finish(a, &m, spans, span_count);
}

/* What stands for a find may say what a number near it is ("[IBAN] 013000"): so until nothing is found. */
Str mask_personal(struct arena *a, Str text, const struct mask_words *words,
                  struct mask_span *spans, size_t span_count)
{
	Str shown = text, before;
	int passes = 0;
	do {
		before = shown;
		shown = mask_once(a, before, words, spans, span_count);
	} while (!str_eq(shown, before) && ++passes < PASSES_MAX);
	return shown;
}

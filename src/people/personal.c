/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/personal.h"

#include "base/fold.h"
#include "people/properties.h"

#define PHONE_DIGITS_MIN 7

/* Folded; found anywhere in a name. */
static const char *const anywhere[] = {
	"name",   "mail",     "phone",  "telefon",   "telefoon", "mobil",  "handy",
	"nombre", "apellido", "prenom", "prénom",    "cognome",  "correo", "courriel",
	"имя",    "фамил",    "почт",   "телефон",   "氏名",     "名前",   "メール",
	"電話",   "お名前",   "soyad",  "cellulare",
};
/* A whole word of a name. */
static const char *const words[] = { "tel", "nom", "nome", "cell", "fax", "isim", "姓", "名" };

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static bool has_word(Str text, Str word)
{
	for (size_t at = 0; at + word.len <= text.len; at++) {
		size_t end = at + word.len;
		if (str_eq(str_slice(text, at, word.len), word) &&
		    (at == 0 || !is_word_byte(text.at[at - 1])) &&
		    (end == text.len || !is_word_byte(text.at[end])))
			return true;
	}
	return false;
}

bool personal_name(struct arena *a, Str property)
{
	Str folded = fold_text(a, property);
	for (size_t i = 0; i < sizeof anywhere / sizeof anywhere[0]; i++)
		if (str_find(folded, str_of(anywhere[i])) != SIZE_MAX)
			return true;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (has_word(folded, str_of(words[i])))
			return true;
	return false;
}

/* +49 30 123456, (030) 123-456, 0301234567: nothing but digits and what stands between them. */
static bool is_phone(Str value)
{
	size_t digits = 0;
	if (value.len == 0 || !(value.at[0] == '+' || value.at[0] == '0' || value.at[0] == '('))
		return false;
	for (size_t i = 0; i < value.len; i++) {
		char c = value.at[i];
		if (c >= '0' && c <= '9')
			digits++;
		else if (str_find_char(STR("+ ()-/."), c, 0) == SIZE_MAX)
			return false;
	}
	return digits >= PHONE_DIGITS_MIN;
}

bool personal_value(Str value)
{
	size_t at = str_find_char(value, '@', 0);
	return (at != SIZE_MAX && at > 0 && at + 1 < value.len) || is_phone(str_trim(value));
}

bool personal_strip(struct arena *a, Str canonical, Str *out, struct err *err)
{
	struct property *all;
	size_t count, kept = 0;
	if (!properties_list(a, canonical, &all, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!personal_name(a, all[i].name) && !personal_value(property_text(a, &all[i])))
			all[kept++] = all[i];
	*out = kept == count ? canonical : properties_of_list(a, all, kept);
	return true;
}

Str personal_shown(struct arena *a, Str canonical, bool names)
{
	struct err ignored;
	Str shown;
	if (names)
		return canonical;
	return personal_strip(a, canonical, &shown, &ignored) ? shown : PROPERTIES_NONE;
}

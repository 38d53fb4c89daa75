/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/people_list.h"

#include "base/fold.h"
#include "people/properties.h"
#include "survey/language.h"

#define NAMES_MAX 20

/* As plain_name leaves them; the likeliest first. Exports of Mailchimp, HubSpot and Brevo among them. */
static const char *const names[PEOPLE_LIST_FIELD_COUNT][NAMES_MAX] = {
	[PEOPLE_LIST_EMAIL] = { "email", "emailaddress", "mail", "emailadresse", "mailadresse",
	                        "emailaddresse", "correo", "correoelectrónico", "courriel",
	                        "adresseemail", "adressemail", "indirizzoemail", "emailadres",
	                        "メール", "メールアドレス", "البريدالإلكتروني" },
	[PEOPLE_LIST_PHONE] = { "phone", "phonenumber", "mobile", "mobilephonenumber", "sms",
	                        "telefon", "telefonnummer", "handy", "mobil", "teléfono",
	                        "téléphone", "telefono", "telefone", "telefoon", "電話番号",
	                        "الهاتف" },
	[PEOPLE_LIST_ID] = { "externalid", "extid", "customerid", "userid", "contactid", "recordid",
	                     "id", "kundennummer", "kundennr", "kundenid", "customernumber",
	                     "numéroclient", "clientid", "klantnummer" },
	[PEOPLE_LIST_NAME] = { "name", "fullname", "contactname", "customername", "kundenname",
	                       "vollständigername", "nombrecompleto", "nomcomplet", "nomecompleto",
	                       "naam", "氏名", "名前", "الاسم" },
	[PEOPLE_LIST_FIRST] = { "firstname", "fname", "vorname", "givenname", "prénom", "nombre",
	                        "nome", "voornaam" },
	[PEOPLE_LIST_LAST] = { "lastname", "lname", "nachname", "surname", "familyname", "nom",
	                       "apellido", "apellidos", "cognome", "sobrenome", "achternaam" },
	[PEOPLE_LIST_ACCOUNT] = { "account", "accountid", "company", "companyname", "firma",
	                          "unternehmen", "organisation", "organization", "empresa",
	                          "entreprise", "société", "azienda", "bedrijf" },
	[PEOPLE_LIST_LANGUAGE] = { "language", "lang", "locale", "sprache", "langue", "idioma",
	                           "lingua", "taal" },
};

const char *people_list_field_name(enum people_list_field field)
{
	static const char *const all[] = {
#define PEOPLE_LIST_NAME_OF(field, name) [field] = name,
		PEOPLE_LIST_FIELDS(PEOPLE_LIST_NAME_OF)
#undef PEOPLE_LIST_NAME_OF
	};
	return all[field];
}

/* "E-Mail-Adresse" is "emailadresse". */
static Str plain_name(struct arena *a, Str header)
{
	Str folded = fold_text(a, header);
	char *out = arena_alloc(a, folded.len + 1);
	size_t len = 0;
	for (size_t i = 0; i < folded.len; i++) {
		unsigned char c = (unsigned char)folded.at[i];
		if (c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			out[len++] = (char)c;
	}
	return (Str){ out, len };
}

static size_t find_plain(const Str *plain, size_t count, Str name)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(plain[i], name))
			return i;
	return PEOPLE_LIST_NONE;
}

static size_t find_field(const Str *plain, size_t count, enum people_list_field field)
{
	size_t found = PEOPLE_LIST_NONE;
	for (size_t n = 0; n < NAMES_MAX && names[field][n] && found == PEOPLE_LIST_NONE; n++)
		found = find_plain(plain, count, str_of(names[field][n]));
	return found;
}

static bool find_named(struct arena *a, const Str *plain, size_t count, Str named,
                       enum people_list_field field, size_t *out, struct err *err)
{
	*out = find_plain(plain, count, plain_name(a, named));
	return *out != PEOPLE_LIST_NONE ||
	       err_at(err, ERR_INVALID, people_list_field_name(field),
	              "the list has no column \"%.*s\"", STR_FMT(named));
}

static bool is_taken(const struct people_list_columns *columns, size_t index)
{
	for (int f = 0; f < PEOPLE_LIST_FIELD_COUNT; f++)
		if (columns->of[f] == index)
			return true;
	return false;
}

/* Of two columns with one name the first is the property. */
static bool is_named(const struct people_list_columns *c, Str name)
{
	for (size_t i = 0; i < c->property_count; i++)
		if (str_eq(c->property_names[i], name))
			return true;
	return false;
}

static void find_properties(struct arena *a, const Str *header, size_t count,
                            const struct definition *d, struct people_list_columns *out)
{
	for (size_t i = 0; i < count && out->property_count < DEFINITION_PROPERTIES_MAX; i++) {
		Str name = str_trim(header[i]);
		if (is_taken(out, i) || !definition_allows_property(d, name) || is_named(out, name))
			continue;
		out->properties[out->property_count] = i;
		out->property_names[out->property_count++] = str_copy(a, name);
	}
}

/* A list that came back has our two columns at its end; they are made anew. */
static void find_ours(const Str *header, size_t count, struct people_list_columns *out)
{
	bool again =
	    count > 2 && str_eq(header[count - 1], STR(PEOPLE_LIST_PROBLEM)) &&
	    (str_eq(header[count - 2], STR("link")) || str_eq(header[count - 2], STR("heed_link")));
	out->passed = again ? count - 2 : count;
	out->link_name = STR("link");
	for (size_t i = 0; i < out->passed; i++)
		if (str_eq_ignoring_ascii_case(str_trim(header[i]), STR("link")))
			out->link_name = STR("heed_link");
}

/* The first line of a list without a header would be taken for names, and its person be lost. */
static bool looks_like_a_person(const Str *header, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_find_char(header[i], '@', 0) != SIZE_MAX)
			return true;
	return false;
}

static bool check(const Str *header, size_t count, const struct people_list_columns *c,
                  struct err *err)
{
	if (looks_like_a_person(header, count))
		return err_set(err, ERR_INVALID,
		               "the first line must name the columns, such as email,name");
	if (c->of[PEOPLE_LIST_EMAIL] != PEOPLE_LIST_NONE ||
	    c->of[PEOPLE_LIST_PHONE] != PEOPLE_LIST_NONE ||
	    c->of[PEOPLE_LIST_ID] != PEOPLE_LIST_NONE)
		return true;
	return err_at(err, ERR_INVALID, "email",
	              "No column is called email, phone or customer id. Say which one it is.");
}

bool people_list_columns_find(struct arena *a, const Str *header, size_t count,
                              const Str named[static PEOPLE_LIST_FIELD_COUNT],
                              const struct definition *d, struct people_list_columns *out,
                              struct err *err)
{
	struct people_list_columns c = { .count = count };
	if (count > PEOPLE_LIST_COLUMNS_MAX)
		return err_set(err, ERR_TOO_LARGE, "a list has at most %d columns",
		               PEOPLE_LIST_COLUMNS_MAX);
	Str *plain = ARENA_ARRAY(a, Str, count + 1);
	for (size_t i = 0; i < count; i++)
		plain[i] = plain_name(a, header[i]);
	for (int f = 0; f < PEOPLE_LIST_FIELD_COUNT; f++) {
		c.of[f] = find_field(plain, count, (enum people_list_field)f);
		if (named[f].len && !find_named(a, plain, count, named[f],
		                                (enum people_list_field)f, &c.of[f], err))
			return false;
	}
	find_ours(header, count, &c);
	find_properties(a, header, c.passed, d, &c);
	if (!check(header, count, &c, err))
		return false;
	*out = c;
	return true;
}

static Str cell(const struct people_list_columns *c, const Str *cells, size_t count,
                enum people_list_field field)
{
	size_t at = c->of[field];
	return at < count ? str_trim(cells[at]) : (Str){ NULL, 0 };
}

static Str name_of(struct arena *a, const struct people_list_columns *c, const Str *cells,
                   size_t count)
{
	Str whole = cell(c, cells, count, PEOPLE_LIST_NAME);
	Str first = cell(c, cells, count, PEOPLE_LIST_FIRST);
	Str last = cell(c, cells, count, PEOPLE_LIST_LAST);
	if (whole.len || (!first.len && !last.len))
		return whole;
	return str_trim(str_printf(a, "%.*s %.*s", STR_FMT(first), STR_FMT(last)));
}

static bool properties_of(struct arena *a, const struct people_list_columns *c, const Str *cells,
                          size_t count, Str *out, struct err *err)
{
	struct property all[DEFINITION_PROPERTIES_MAX + 1];
	size_t n = 0;
	Str language = cell(c, cells, count, PEOPLE_LIST_LANGUAGE);
	if (language_is_tag(language))
		all[n++] = (struct property){ .name = STR("language"),
			                      .kind = JSON_TEXT,
			                      .text = language };
	for (size_t i = 0; i < c->property_count; i++) {
		Str value = c->properties[i] < count ? str_trim(cells[c->properties[i]]) : STR("");
		if (value.len)
			all[n++] = (struct property){ .name = c->property_names[i],
				                      .kind = JSON_TEXT,
				                      .text = value };
	}
	return properties_write(a, all, n, out, err);
}

/* A number without its country is no reason to leave out somebody whose address is known. */
static bool who_of(struct arena *a, struct person_input in, struct person_ref *out, struct err *err)
{
	struct err first;
	if (person_ref_check(a, &in, out, &first))
		return true;
	bool known_otherwise = in.email.len || in.external_id.len;
	if (known_otherwise && str_eq(str_of(first.path), STR("/phone"))) {
		in.phone = (Str){ 0 };
		return person_ref_check(a, &in, out, err);
	}
	*err = first;
	return false;
}

bool people_list_row(struct arena *a, const struct people_list_columns *c, const Str *cells,
                     size_t count, struct person_ref *who, Str *properties, struct err *err)
{
	struct person_input in = {
		.email = cell(c, cells, count, PEOPLE_LIST_EMAIL),
		.external_id = cell(c, cells, count, PEOPLE_LIST_ID),
		.phone = cell(c, cells, count, PEOPLE_LIST_PHONE),
		.name = name_of(a, c, cells, count),
		.account = cell(c, cells, count, PEOPLE_LIST_ACCOUNT),
	};
	if (!in.email.len && !in.external_id.len && !in.phone.len)
		return err_set(err, ERR_INVALID, "has no address, number or id");
	if (count > c->count)
		return err_set(err, ERR_INVALID, "has %zu cells, but there are %zu columns", count,
		               c->count);
	return who_of(a, in, who, err) && properties_of(a, c, cells, count, properties, err);
}

/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/person.h"

#include <idn2.h>

#include "base/fold.h"
#include "people/properties.h"

#define LOCAL_PART_MAX 64
#define DOMAIN_MAX     255
#define PHONE_DIGITS   5 /* the fewest that are a number */

/* Addresses that several people read: RFC 2142 and what companies use. */
static const Str roles[] = {
	{ "abuse", 5 },    { "accounting", 10 }, { "accounts", 8 },  { "admin", 5 },
	{ "billing", 7 },  { "contact", 7 },     { "help", 4 },      { "hello", 5 },
	{ "hostmaster", 10 }, { "info", 4 },     { "kontakt", 7 },   { "mail", 4 },
	{ "marketing", 9 }, { "no-reply", 8 },   { "noreply", 7 },   { "office", 6 },
	{ "orders", 6 },   { "postmaster", 10 }, { "press", 5 },     { "privacy", 7 },
	{ "purchasing", 10 }, { "sales", 5 },    { "security", 8 },  { "service", 7 },
	{ "support", 7 },  { "team", 4 },        { "webmaster", 9 },
};

static bool is_role(Str local)
{
	for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
		if (str_eq(roles[i], local))
			return true;
	return false;
}

static bool has_space_or_control(Str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.at[i] <= ' ' || s.at[i] == 0x7f)
			return true;
	return false;
}

static bool is_ascii(Str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.at[i] >= 0x80)
			return false;
	return true;
}

/* The domain in its ASCII form, lower case. */
static bool domain_fold(struct arena *a, Str typed, Str *out)
{
	if (is_ascii(typed)) {
		*out = str_ascii_lower(a, typed);
		return true;
	}
	uint8_t *ascii = NULL;
	int rc = idn2_lookup_u8((const uint8_t *)str_copy_c(a, typed), &ascii,
	                        IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
	if (rc != IDN2_OK)
		return false;
	*out = str_copy(a, str_of((const char *)ascii));
	idn2_free(ascii);
	return true;
}

static bool domain_is_valid(Str domain)
{
	if (!domain.len || domain.len > DOMAIN_MAX || domain.at[0] == '.' ||
	    str_ends(domain, STR(".")) || str_find(domain, STR("..")) != SIZE_MAX)
		return false;
	for (size_t i = 0; i < domain.len; i++) {
		char c = domain.at[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
		      c == '_' || c == '[' || c == ']' || c == ':'))
			return false;
	}
	return true;
}

static bool email_check(struct arena *a, Str typed, struct person_ref *out, struct err *err)
{
	Str text = str_trim(typed);
	if (!text.len)
		return true;
	size_t at = SIZE_MAX;
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] == '@')
			at = i;
	if (text.len > PERSON_TEXT_MAX)
		return err_at(err, ERR_INVALID, "/email", "is longer than %d bytes",
		              PERSON_TEXT_MAX);
	Str domain;
	if (at == SIZE_MAX || at == 0 || at > LOCAL_PART_MAX || has_space_or_control(text) ||
	    !domain_fold(a, str_from(text, at + 1), &domain) || !domain_is_valid(domain))
		return err_at(err, ERR_INVALID, "/email", "is not an e-mail address");
	Str local = str_ascii_lower(a, fold_nfc(a, str_slice(text, 0, at)));
	out->email = (struct identity){
		.kind = IDENTITY_EMAIL,
		.value = str_printf(a, "%.*s@%.*s", STR_FMT(local), STR_FMT(domain)),
		.typed = str_copy(a, text),
	};
	out->role_address = is_role(local);
	return true;
}

/* Digits with a leading '+' when it had one or began with 00; the usual separators are dropped. */
static bool phone_check(struct arena *a, Str typed, struct person_ref *out, struct err *err)
{
	Str text = str_trim(typed);
	if (!text.len)
		return true;
	if (text.len > PERSON_TEXT_MAX)
		return err_at(err, ERR_INVALID, "/phone", "is longer than %d bytes",
		              PERSON_TEXT_MAX);
	char *digits = arena_alloc(a, text.len + 1);
	size_t n = 0;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		if ((c >= '0' && c <= '9') || (c == '+' && n == 0))
			digits[n++] = c;
		else if (c != ' ' && c != '-' && c != '.' && c != '/' && c != '(' && c != ')')
			return err_at(err, ERR_INVALID, "/phone", "is not a phone number");
	}
	Str folded = { digits, n };
	if (str_starts(folded, STR("00")))
		folded = str_printf(a, "+%.*s", STR_FMT(str_from(folded, 2)));
	if (folded.len < PHONE_DIGITS)
		return err_at(err, ERR_INVALID, "/phone", "is not a phone number");
	out->phone = (struct identity){ IDENTITY_PHONE, folded, str_copy(a, text) };
	return true;
}

/* Nothing but length is asked of the others; an empty one is not given. */
static bool text_check(Str typed, const char *path, Str *out, struct err *err)
{
	if (typed.len > PERSON_TEXT_MAX)
		return err_at(err, ERR_INVALID, path, "is longer than %d bytes", PERSON_TEXT_MAX);
	if (typed.len)
		*out = typed;
	return true;
}

bool person_ref_check(struct arena *a, const struct person_input *in, struct person_ref *out,
                      struct err *err)
{
	struct person_ref ref = { .traits = in->traits };
	Str external = { 0 };
	if (!email_check(a, in->email, &ref, err) || !phone_check(a, in->phone, &ref, err) ||
	    !text_check(in->external_id, "/external_id", &external, err) ||
	    !text_check(str_trim(in->name), "/name", &ref.name, err) ||
	    !text_check(in->account, "/account", &ref.account, err))
		return false;
	if (external.len)
		ref.external_id =
		    (struct identity){ IDENTITY_EXTERNAL_ID, external, external };
	if (ref.traits.at && str_eq(ref.traits, PROPERTIES_NONE))
		ref.traits = (Str){ 0 };
	*out = ref;
	return true;
}

bool person_ref_is_given(const struct person_ref *ref)
{
	return ref->email.value.at || ref->external_id.value.at || ref->phone.value.at ||
	       ref->name.at || ref->account.at || ref->traits.at;
}

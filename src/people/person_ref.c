/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/person.h"

#include <stdio.h>

#include "base/fold.h"
#include "base/phone.h"
#include "net/route.h"
#include "people/properties.h"

/* Addresses that several people read: RFC 2142 and what companies use. */
static const char *const roles[] = {
	"abuse",   "accounting", "accounts", "admin",      "billing", "contact",   "help",
	"hello",   "hostmaster", "info",     "kontakt",    "mail",    "marketing", "no-reply",
	"noreply", "office",     "orders",   "postmaster", "press",   "privacy",   "purchasing",
	"sales",   "security",   "service",  "support",    "team",    "webmaster",
};

static bool is_role(Str local)
{
	for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
		if (str_eq(str_of(roles[i]), local))
			return true;
	return false;
}

static bool email_check(struct arena *a, Str typed, struct person_ref *out, struct err *err)
{
	Str text = str_trim(typed);
	if (!text.len)
		return true;
	out->email = (struct identity){ .kind = IDENTITY_EMAIL, .typed = text };
	if (!fold_email(a, text, &out->email.value, err))
		return err_at(err, ERR_INVALID, "/email", "%s", err->msg);
	out->role_address =
	    is_role(str_slice(out->email.value, 0, str_find_char(out->email.value, '@', 0)));
	return true;
}

static bool phone_check(struct arena *a, Str typed, struct person_ref *out, struct err *err)
{
	Str text = str_trim(typed);
	if (!text.len)
		return true;
	if (text.len > PERSON_TEXT_MAX)
		return err_at(err, ERR_INVALID, "/phone", "is longer than %d bytes",
		              PERSON_TEXT_MAX);
	out->phone = (struct identity){ .kind = IDENTITY_PHONE, .typed = text };
	if (!phone_normalise(a, text, &out->phone.value, err))
		return err_at(err, ERR_INVALID, "/phone", "%s", err->msg);
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
		ref.external_id = (struct identity){ IDENTITY_EXTERNAL_ID, external, external };
	if (ref.traits.at && str_eq(ref.traits, PROPERTIES_NONE))
		ref.traits = (Str){ 0 };
	*out = ref;
	return true;
}

/* A complaint about a member, told from the document's root. */
static bool below(JsonRef ref, struct err *err)
{
	char path[sizeof err->path * 2];
	snprintf(path, sizeof path, "%s%s", ref.path, err->path);
	struct err told = *err;
	return err_at(err, told.kind, path, "%s", told.msg);
}

bool person_ref_read(struct arena *a, JsonRef ref, struct person_ref *out, struct err *err)
{
	static const char *const names[] = { "email",   "phone",  "external_id", "name",
		                             "account", "traits", NULL };
	struct person_input in = { 0 };
	if (!json_read_is_given(ref)) {
		*out = (struct person_ref){ 0 };
		return true;
	}
	if (!json_read_only(ref, names, err))
		return false;
	const struct {
		const char *name;
		Str *to;
	} texts[] = {
		{ "email", &in.email },
		{ "phone", &in.phone },
		{ "external_id", &in.external_id },
		{ "name", &in.name },
		{ "account", &in.account },
	};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (!json_read_text_if_given(json_read_member(ref, texts[i].name), PERSON_TEXT_MAX,
		                             texts[i].to, err))
			return false;
	if (!properties_read(a, json_read_member(ref, "traits"), &in.traits, err))
		return false;
	return person_ref_check(a, &in, out, err) || below(ref, err);
}

bool person_ref_is_given(const struct person_ref *ref)
{
	return ref->email.value.at || ref->external_id.value.at || ref->phone.value.at ||
	       ref->name.at || ref->account.at || ref->traits.at;
}

bool person_ref_allowed(const struct caller *caller, const struct person_ref *ref, struct err *err)
{
	return caller->sees_names || !person_ref_is_given(ref) ||
	       err_at(err, ERR_DENIED, "/person",
	              "Names of people are hidden from you, so you cannot say whose this is.");
}

/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_presets.h"

#include <string.h>

#include "base/json.h"

#define WORDS_MAX 12

/* Names as import_plain_name leaves them; "#" is that very cell. */
struct preset_field {
	enum import_field field;
	const char *names[WORDS_MAX]; /* the likeliest first */
};

struct import_preset {
	const char *name, *title;
	const char *all[WORDS_MAX];   /* columns that must be there */
	const char *any[WORDS_MAX];   /* and one of these; empty: none */
	const char *first[WORDS_MAX]; /* what the first column may be called; empty: anything */
	bool has_questions; /* headers are questions: one of three words or more must be there */
	size_t (*header_rows)(const struct import_head *head);
	Str (*name_of)(struct arena *a, const struct import_head *head, size_t rows, size_t column);
	const char *key[WORDS_MAX];
	const char *status[WORDS_MAX];
	const char *ignored[WORDS_MAX];
	const struct preset_field *fields;
	size_t field_count;
	bool comment_by_place;
};

static Str cell(const struct import_head *head, size_t row, size_t column)
{
	if (row >= head->row_count || column >= head->counts[row])
		return (Str){ 0 };
	return str_trim(head->rows[row][column]);
}

/* --- SurveyMonkey: the second row has the choices and "Response" ------------------------------------- */

static size_t monkey_rows(const struct import_head *head)
{
	return head->row_count > 1 && cell(head, 1, 0).len == 0 ? 2 : 1;
}

/* A question of several columns stands above the first of them alone. */
static Str monkey_name(struct arena *a, const struct import_head *head, size_t rows, size_t column)
{
	Str below = rows > 1 ? cell(head, 1, column) : (Str){ 0 };
	size_t at = column;
	while (at > 0 && cell(head, 0, at).len == 0)
		at--;
	Str above = cell(head, 0, at);
	bool plain = below.len == 0 || str_eq(below, STR("Response")) ||
	             str_eq(below, STR("Open-Ended Response"));
	if (plain && at == column)
		return above;
	if (above.len == 0 || plain)
		return above.len ? above : below;
	return str_printf(a, "%.*s: %.*s", STR_FMT(above), STR_FMT(below));
}

/* --- Qualtrics: names, questions, and what they are imported by --------------------------------------- */

static bool is_import_id(Str text)
{
	return str_starts(text, STR("{\"ImportId\"")) || str_starts(text, STR("{'ImportId'"));
}

static size_t qualtrics_rows(const struct import_head *head)
{
	for (size_t row = 1; row < head->row_count; row++)
		if (is_import_id(cell(head, row, 0)))
			return row + 1;
	return 1;
}

/* "QID1", "Q1", "Q3_TEXT": the question's own words say more. */
static Str qualtrics_name(struct arena *a, const struct import_head *head, size_t rows,
                          size_t column)
{
	Str name = cell(head, 0, column), text = cell(head, 1, column);
	(void)a;
	bool question = name.len > 1 && name.at[0] == 'Q' && name.at[1] >= '0' && name.at[1] <= '9';
	return rows > 2 && question && text.len ? text : name;
}

/* {"ImportId":"startDate","timeZone":"America/Denver"} */
static Str qualtrics_zone(struct arena *a, const struct import_head *head, size_t rows)
{
	JsonRef dict;
	struct err ignored;
	Str zone = { 0 };
	if (rows < 2 || !json_read(a, cell(head, rows - 1, 0), &dict, &ignored) ||
	    !json_read_text_if_given(json_read_member(dict, "timeZone"), 64, &zone, &ignored))
		return (Str){ 0 };
	return zone;
}

/* --- the others --------------------------------------------------------------------------------------- */

static size_t one_row(const struct import_head *head)
{
	(void)head;
	return 1;
}

static Str own_name(struct arena *a, const struct import_head *head, size_t rows, size_t column)
{
	(void)a;
	(void)rows;
	return cell(head, 0, column);
}

static const struct preset_field delighted_fields[] = {
	{ FIELD_SCORE, { "score" } },
	{ FIELD_COMMENT, { "comment" } },
	{ FIELD_EMAIL, { "person email", "email" } },
	{ FIELD_NAME, { "person name", "name" } },
	{ FIELD_PHONE, { "person phone number", "person phone", "phone number" } },
	{ FIELD_DATE, { "created at", "responded at", "survey responded at" } },
	{ FIELD_LANGUAGE, { "locale", "language" } },
	{ FIELD_CHANNEL, { "delighted source", "survey channel", "channel" } },
};

static const struct preset_field monkey_fields[] = {
	{ FIELD_DATE, { "end date", "enddate", "date modified", "start date", "startdate" } },
	{ FIELD_EMAIL, { "email address", "email" } },
	{ FIELD_NAME, { "first name", "firstname" } },
	{ FIELD_LAST_NAME, { "last name", "lastname" } },
};

static const struct preset_field typeform_fields[] = {
	{ FIELD_DATE, { "submit date utc", "stage date utc" } },
};

static const struct preset_field qualtrics_fields[] = {
	{ FIELD_DATE, { "enddate", "recordeddate", "startdate" } },
	{ FIELD_EMAIL, { "recipientemail" } },
	{ FIELD_NAME, { "recipientfirstname" } },
	{ FIELD_LAST_NAME, { "recipientlastname" } },
	{ FIELD_EXTERNAL_ID, { "externalreference", "externaldatareference" } },
	{ FIELD_LANGUAGE, { "userlanguage" } },
	{ FIELD_CHANNEL, { "distributionchannel" } },
};

#define TIMESTAMPS                                                                          \
	"timestamp", "zeitstempel", "horodateur", "marca temporal", "carimbo de data hora", \
	    "informazioni cronologiche", "tijdstempel", "タイムスタンプ", "طابع زمني"

static const struct preset_field google_fields[] = {
	{ FIELD_DATE, { TIMESTAMPS } },
	{ FIELD_EMAIL,
	  { "email address", "username", "e mail adresse", "nutzername", "adresse e mail",
	    "dirección de correo electrónico", "endereço de e mail", "indirizzo email",
	    "e mailadres", "メールアドレス" } },
};

#define FIELDS(rows) .fields = (rows), .field_count = sizeof(rows) / sizeof((rows)[0])

static const struct import_preset presets[] = {
	{ .name = "qualtrics",
	  .title = "Qualtrics",
	  .all = { "startdate", "enddate", "responseid" },
	  .header_rows = qualtrics_rows,
	  .name_of = qualtrics_name,
	  .key = { "responseid" },
	  .status = { "status" },
	  .ignored = { "ipaddress", "locationlatitude", "locationlongitude" },
	  FIELDS(qualtrics_fields),
	  .comment_by_place = true },
	{ .name = "surveymonkey",
	  .title = "SurveyMonkey",
	  .all = { "respondent id", "collector id" },
	  .header_rows = monkey_rows,
	  .name_of = monkey_name,
	  .key = { "respondent id" },
	  .ignored = { "ip address" },
	  FIELDS(monkey_fields),
	  .comment_by_place = true },
	{ .name = "typeform",
	  .title = "Typeform",
	  .all = { "submit date utc" },
	  .any = { "#", "token", "network id", "start date utc", "response type" },
	  .header_rows = one_row,
	  .name_of = own_name,
	  .key = { "#", "token", "response id" },
	  .ignored = { "network id" },
	  FIELDS(typeform_fields),
	  .comment_by_place = true },
	{ .name = "delighted",
	  .title = "Delighted",
	  .all = { "score", "comment" },
	  .any = { "survey response id", "survey type", "response type", "permalink",
	           "delighted source", "person id", "person email" },
	  .header_rows = one_row,
	  .name_of = own_name,
	  .key = { "survey response id", "response id", "id" },
	  FIELDS(delighted_fields) },
	{ .name = "google_forms",
	  .title = "Google Forms",
	  .first = { TIMESTAMPS },
	  .has_questions = true,
	  .header_rows = one_row,
	  .name_of = own_name,
	  FIELDS(google_fields),
	  .comment_by_place = true },
};

const char *import_preset_name(const struct import_preset *preset)
{
	return preset->name;
}

const char *import_preset_title(const struct import_preset *preset)
{
	return preset->title;
}

/* --- recognising -------------------------------------------------------------------------------------- */

/* The first row's names, plain. */
struct header {
	Str *plain;
	Str *raw;
	size_t count;
};

static bool is_called(const struct header *h, size_t column, const char *name)
{
	return str_eq(name[0] == '#' ? h->raw[column] : h->plain[column], str_of(name));
}

static size_t column_called(const struct header *h, const char *const names[WORDS_MAX])
{
	for (size_t n = 0; n < WORDS_MAX && names[n]; n++)
		for (size_t i = 0; i < h->count; i++)
			if (is_called(h, i, names[n]))
				return i;
	return IMPORT_NO_COLUMN;
}

static bool has_all(const struct header *h, const char *const names[WORDS_MAX])
{
	for (size_t n = 0; n < WORDS_MAX && names[n]; n++)
		if (column_called(h, (const char *const[WORDS_MAX]){ names[n] }) ==
		    IMPORT_NO_COLUMN)
			return false;
	return true;
}

static bool first_is(const struct header *h, const char *const names[WORDS_MAX])
{
	for (size_t n = 0; n < WORDS_MAX && names[n]; n++)
		if (h->count > 0 && is_called(h, 0, names[n]))
			return true;
	return !names[0];
}

static bool has_question(const struct header *h)
{
	for (size_t i = 1; i < h->count; i++) {
		size_t space = str_find_char(h->plain[i], ' ', 0);
		if (space != SIZE_MAX && str_find_char(h->plain[i], ' ', space + 1) != SIZE_MAX)
			return true;
	}
	return false;
}

static bool fits(const struct import_preset *p, const struct header *h)
{
	return has_all(h, p->all) && first_is(h, p->first) &&
	       (!p->any[0] || column_called(h, p->any) != IMPORT_NO_COLUMN) &&
	       (!p->has_questions || has_question(h));
}

static bool preset_find(Str wish, const struct header *h, const struct import_preset **out,
                        struct err *err)
{
	bool guess = wish.len == 0 || str_eq(wish, STR("auto"));
	*out = NULL;
	if (str_eq(wish, STR("none")))
		return true;
	for (size_t i = 0; i < sizeof presets / sizeof presets[0]; i++) {
		if (guess ? !fits(&presets[i], h) : !str_eq(wish, str_of(presets[i].name)))
			continue;
		*out = &presets[i];
		return true;
	}
	return guess || err_set(err, ERR_INVALID,
	                        "a preset is auto, none, delighted, surveymonkey, typeform, "
	                        "qualtrics or google_forms, not \"%.*s\"",
	                        STR_FMT(str_slice(wish, 0, 40)));
}

/* --- what is what ------------------------------------------------------------------------------------- */

static void choose(struct import_recognised *r, size_t column, enum import_field field)
{
	if (column != IMPORT_NO_COLUMN)
		r->choices[r->choice_count++] =
		    (struct import_choice){ column, field, REASON_PRESET };
}

/* Qualtrics puts the group of a score, "Q1_NPS_GROUP", beside its column "Q1". */
static void choose_by_group(struct import_recognised *r, const struct header *h)
{
	static const Str group = { "_NPS_GROUP", 10 };
	bool found = false;
	for (size_t i = 0; i < h->count; i++) {
		if (!str_ends(h->raw[i], group))
			continue;
		choose(r, i, FIELD_IGNORED);
		Str base = str_slice(h->raw[i], 0, h->raw[i].len - group.len);
		for (size_t s = 0; s < h->count && !found; s++) {
			found = str_eq(h->raw[s], base);
			if (found)
				choose(r, s, FIELD_SCORE);
		}
	}
}

static void choose_all(struct import_recognised *r, const struct header *h)
{
	const struct import_preset *p = r->preset;
	r->key = column_called(h, p->key);
	r->status = column_called(h, p->status);
	for (size_t f = 0; f < p->field_count; f++)
		choose(r, column_called(h, p->fields[f].names), p->fields[f].field);
	for (size_t n = 0; n < WORDS_MAX && p->ignored[n]; n++)
		choose(r, column_called(h, (const char *const[WORDS_MAX]){ p->ignored[n] }),
		       FIELD_IGNORED);
	choose_by_group(r, h);
}

static struct header header_of(struct arena *a, const struct import_head *head)
{
	size_t count = head->row_count ? head->counts[0] : 0;
	struct header h = { ARENA_ARRAY(a, Str, count + 1), ARENA_ARRAY(a, Str, count + 1), count };
	for (size_t i = 0; i < count; i++) {
		h.raw[i] = str_copy(a, cell(head, 0, i));
		h.plain[i] = import_plain_name(a, h.raw[i]);
	}
	return h;
}

static void name_columns(struct arena *a, const struct import_head *head,
                         struct import_recognised *r)
{
	size_t count = head->counts[0];
	r->names = ARENA_ARRAY(a, Str, count + 1);
	for (size_t i = 0; i < count; i++)
		r->names[i] = str_copy(a, r->preset->name_of(a, head, r->header_rows, i));
}

bool import_preset_recognise(struct arena *a, const struct import_head *head, Str wish,
                             struct import_recognised *out, struct err *err)
{
	struct import_recognised r = { .key = IMPORT_NO_COLUMN, .status = IMPORT_NO_COLUMN };
	struct header h = header_of(a, head);
	if (!preset_find(wish, &h, &r.preset, err))
		return false;
	if (r.preset && head->row_count > 0) {
		r.header_rows = r.preset->header_rows(head);
		r.comment_by_place = r.preset->comment_by_place;
		/* Each column is chosen once by its field, left out, or as a group. */
		r.choices =
		    ARENA_ARRAY(a, struct import_choice, h.count + FIELD_COUNT + WORDS_MAX + 1);
		choose_all(&r, &h);
		name_columns(a, head, &r);
		r.time_zone = str_copy(a, qualtrics_zone(a, head, r.header_rows));
	}
	*out = r;
	return true;
}

bool import_preset_is_no_answer(Str cell)
{
	static const char *const marks[] = {
		"Survey Preview", "Survey Test", "Spam", "1", "2", "8", "9"
	};
	cell = str_trim(cell);
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (str_eq_ignoring_ascii_case(cell, str_of(marks[i])))
			return true;
	return false;
}

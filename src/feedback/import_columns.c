/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_columns.h"
#include "base/fold.h"

#include <stdio.h>
#include <string.h>

#define NAMES_MAX 64
/* The first of the headers of transcripts say it by themselves; cells must agree with the others. */
#define TRANSCRIPT_NAMES 10

/* Headers as import_plain_name leaves them: folded, words apart by one space. `whole` are full headers, the likeliest
 * first; `parts` are words within one. */
struct field_names {
	const char *whole[NAMES_MAX];
	const char *parts[NAMES_MAX];
};

static const struct field_names known_names[FIELD_COUNT] = {
	[FIELD_SCORE] = { { "score",
	                    "nps",
	                    "nps score",
	                    "score nps",
	                    "net promoter score",
	                    "likelihood to recommend",
	                    "ltr",
	                    "bewertung",
	                    "punktzahl",
	                    "punkte",
	                    "weiterempfehlung",
	                    "weiterempfehlungsbereitschaft",
	                    "nps wert",
	                    "wert",
	                    "note",
	                    "nota",
	                    "nota nps",
	                    "score de recommandation",
	                    "puntuación",
	                    "puntuacion",
	                    "puntaje",
	                    "calificación",
	                    "calificacion",
	                    "pontuação",
	                    "pontuacao",
	                    "avaliação",
	                    "punteggio",
	                    "voto",
	                    "valutazione",
	                    "cijfer",
	                    "waardering",
	                    "beoordeling",
	                    "スコア",
	                    "点数",
	                    "評価",
	                    "推奨度",
	                    "お勧め度",
	                    "おすすめ度",
	                    "الدرجة",
	                    "درجة",
	                    "التقييم",
	                    "تقييم",
	                    "rating",
	                    "grade",
	                    "value",
	                    "answer",
	                    "response" },
	                  { "nps", "score", "recommend", "empfehl", "recommand", "recomend",
	                    "raccomand", "consigl", "aanbevel", "0 10", "推奨", "すすめ", "勧め",
	                    "bewertung", "rating", "nota", "توصي" } },
	[FIELD_COMMENT] = { { "comment",     "comments",    "verbatim",     "feedback",
	                      "text",        "reason",      "kommentar",    "kommentare",
	                      "anmerkung",   "anmerkungen", "begründung",   "freitext",
	                      "bemerkung",   "comentario",  "comentarios",  "comentário",
	                      "comentários", "commentaire", "commentaires", "verbatims",
	                      "remarque",    "avis",        "commento",     "commenti",
	                      "testo",       "texto",       "motivo",       "motivação",
	                      "opmerking",   "opmerkingen", "toelichting",  "reactie",
	                      "コメント",    "理由",        "ご意見",       "感想",
	                      "自由記述",    "تعليق",       "التعليق",      "ملاحظات",
	                      "السبب",       "note",        "notes",        "remarks",
	                      "review",      "open text",   "answer text",  "response text",
	                      "opinión",     "observação",  "observações",  "message" },
	                    { "comment",  "verbatim",  "feedback",    "reason",      "why",
	                      "improve",  "kommentar", "warum",       "grund",       "verbesser",
	                      "pourquoi", "raison",    "commentaire", "por qué",     "porque",
	                      "por que",  "razón",     "comentario",  "comentário",  "motivo",
	                      "perché",   "commento",  "waarom",      "toelichting", "コメント",
	                      "理由",     "意見",      "تعليق",       "سبب",         "remark",
	                      "free text" } },
	[FIELD_TRANSCRIPT] = { { "transcript",
	                         "transcripts",
	                         "call transcript",
	                         "chat transcript",
	                         "transcription",
	                         "transkript",
	                         "chatverlauf",
	                         "transcripción",
	                         "trascrizione",
	                         "transcrição",
	                         "conversation",
	                         "conversations",
	                         "chat",
	                         "chat log",
	                         "dialogue",
	                         "dialog",
	                         "call",
	                         "gesprächsverlauf",
	                         "gespräch",
	                         "conversación",
	                         "conversazione",
	                         "conversa",
	                         "gesprek",
	                         "会話",
	                         "محادثة" },
	                       { "transcript", "transkript", "conversation", "chat" } },
	[FIELD_EMAIL] = { { "email",
	                    "e mail",
	                    "mail",
	                    "person email",
	                    "email address",
	                    "e mail address",
	                    "e mail adresse",
	                    "emailadresse",
	                    "mailadresse",
	                    "correo",
	                    "correo electrónico",
	                    "courriel",
	                    "adresse e mail",
	                    "adresse mail",
	                    "e mailadres",
	                    "メール",
	                    "メールアドレス",
	                    "eメール",
	                    "البريد الإلكتروني",
	                    "البريد" },
	                  { "email", "e mail", "メールアドレス", "correo electr" } },
	[FIELD_NAME] = { { "name",          "full name",
	                   "fullname",      "customer name",
	                   "contact name",  "customer",
	                   "respondent",    "kunde",
	                   "kundenname",    "vollständiger name",
	                   "nombre",        "nombre completo",
	                   "cliente",       "nome",
	                   "nome completo", "nom",
	                   "nom complet",   "client",
	                   "naam",          "volledige naam",
	                   "klant",         "名前",
	                   "氏名",          "お名前",
	                   "الاسم",         "اسم العميل" },
	                 { NULL } },
	[FIELD_LAST_NAME] = { { NULL }, { NULL } },
	[FIELD_PHONE] = { { "phone",          "phone number",  "telephone", "tel",
	                    "mobile",         "mobile number", "cell",      "telefon",
	                    "telefonnummer",  "handy",         "mobil",     "teléfono",
	                    "telefono",       "móvil",         "celular",   "telefone",
	                    "téléphone",      "portable",      "cellulare", "telefoon",
	                    "telefoonnummer", "電話",          "電話番号",  "携帯",
	                    "الهاتف",         "رقم الهاتف" },
	                  { NULL } },
	[FIELD_DATE] = { { "submitted at",
	                   "responded at",
	                   "response date",
	                   "answered at",
	                   "completed at",
	                   "date submitted",
	                   "submit date",
	                   "submission date",
	                   "date",
	                   "datum",
	                   "fecha",
	                   "data",
	                   "日付",
	                   "回答日",
	                   "回答日時",
	                   "日時",
	                   "التاريخ",
	                   "تاريخ",
	                   "antwortdatum",
	                   "eingangsdatum",
	                   "zeitstempel",
	                   "zeitpunkt",
	                   "fecha de respuesta",
	                   "data da resposta",
	                   "date de réponse",
	                   "data risposta",
	                   "timestamp",
	                   "horodatage",
	                   "created at",
	                   "created",
	                   "end date",
	                   "start date",
	                   "datetime",
	                   "date time",
	                   "erstellt am",
	                   "time" },
	                 { "date", "datum", "fecha", "submitted", "日付", "日時", "تاريخ" } },
	[FIELD_EXTERNAL_ID] = { { "external id", NULL }, { NULL } },
	[FIELD_ACCOUNT] = { { "account", "account id", NULL }, { NULL } },
	[FIELD_LANGUAGE] = { { "language", "sprache", "langue", "idioma", "lingua", "taal", NULL },
	                     { NULL } },
	[FIELD_CHANNEL] = { { "channel", "kanal", "canal", "canale", "kanaal", NULL }, { NULL } },
};

const char *import_field_name(enum import_field field)
{
	static const char *const field_names[FIELD_COUNT] = {
#define FIELD_NAME_OF(field, name) [field] = name,
		IMPORT_FIELDS(FIELD_NAME_OF)
#undef FIELD_NAME_OF
	};
	if (field == FIELD_IGNORED)
		return "ignored";
	return field < FIELD_COUNT ? field_names[field] : "property";
}

bool import_field_find(Str name, enum import_field *out)
{
	for (int f = 0; f <= FIELD_IGNORED; f++) {
		if (!str_eq(name, str_of(import_field_name((enum import_field)f))))
			continue;
		*out = (enum import_field)f;
		return true;
	}
	return false;
}

const char *import_reason_name(enum import_reason reason)
{
	static const char *const reasons[] = {
#define REASON_NAME_OF(reason, name) [reason] = name,
		IMPORT_REASONS(REASON_NAME_OF)
#undef REASON_NAME_OF
	};
	return reasons[reason];
}

bool import_row_is_header(const Str *cells, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int score;
		/* A question may be called "Tag - 1". */
		if (score_cell_read(cells[i], &score) == SCORE_CELL_GOOD &&
		    !score_cell_begins_with_words(cells[i]))
			return false;
		if (str_find_char(cells[i], '@', 0) != SIZE_MAX)
			return false;
		if (date_cell_is_date(cells[i]))
			return false;
	}
	return true;
}

bool import_columns_init(struct arena *a, const Str *names, size_t count, size_t header_rows,
                         struct import_columns *out, struct err *err)
{
	if (count > IMPORT_COLUMNS_MAX)
		return err_set(err, ERR_TOO_LARGE, "The file has %zu columns; at most %d are read",
		               count, IMPORT_COLUMNS_MAX);
	struct import_columns columns = { .count = count, .header_rows = header_rows };
	columns.at = ARENA_ARRAY(a, struct import_column, count ? count : 1);
	for (size_t i = 0; i < count; i++) {
		Str header = header_rows ? str_trim(names[i]) : (Str){ 0 };
		columns.at[i].header =
		    header.len ? str_copy(a, header) : str_printf(a, "column %zu", i + 1);
		columns.at[i].speakers = ARENA_NEW(a, struct import_speakers);
		columns.at[i].field = FIELD_PROPERTY;
	}
	for (int field = 0; field < FIELD_COUNT; field++)
		columns.of[field] = IMPORT_NO_COLUMN;
	*out = columns;
	return true;
}

static bool is_address(Str cell)
{
	return str_find_char(cell, '@', 1) != SIZE_MAX && str_find_char(cell, ' ', 0) == SIZE_MAX;
}

void import_columns_add(struct arena *a, struct import_columns *columns, const struct csv_row *row)
{
	for (size_t i = 0; i < row->count && i < columns->count; i++) {
		struct import_column *column = &columns->at[i];
		Str cell = str_trim(row->cells[i]);
		import_speakers_add(a, column->speakers, row->line, cell);
		score_column_add(&column->scores, cell);
		date_column_add(&column->dates, cell);
		column->filled += cell.len > 0;
		column->addresses += is_address(cell);
	}
}

static bool is_column_number(Str name, size_t count, size_t *out)
{
	int64_t number;
	if (!str_to_i64(name, &number) || number < 1 || (uint64_t)number > count)
		return false;
	*out = (size_t)number - 1;
	return true;
}

bool import_column_find(const struct import_columns *columns, Str name, size_t *out,
                        struct err *err)
{
	for (size_t i = 0; i < columns->count; i++) {
		if (str_eq(columns->at[i].header, name)) {
			*out = i;
			return true;
		}
	}
	for (size_t i = 0; i < columns->count; i++) {
		if (str_eq_ignoring_ascii_case(columns->at[i].header, name)) {
			*out = i;
			return true;
		}
	}
	if (is_column_number(name, columns->count, out))
		return true;
	char seen[160];
	size_t used = 0;
	for (size_t i = 0; i < columns->count && used < sizeof(seen) - 1; i++)
		used += (size_t)snprintf(seen + used, sizeof(seen) - used, "%s%.*s", i ? ", " : "",
		                         STR_FMT(columns->at[i].header));
	return err_set(err, ERR_INVALID, "The file has no column \"%.*s\". It has: %s",
	               STR_FMT(str_slice(name, 0, 60)), seen);
}

static void assign(struct import_columns *columns, enum import_field field, size_t column,
                   enum import_reason reason)
{
	if (field < FIELD_COUNT)
		columns->of[field] = column;
	columns->at[column].field = field;
	columns->at[column].reason = reason;
}

static bool is_free(const struct import_columns *columns, size_t column)
{
	return columns->at[column].reason == REASON_REST;
}

static bool unknown_field(Str field, struct err *err)
{
	return err_set(err, ERR_INVALID,
	               "--map knows score, comment, transcript, email, name, last_name, phone, "
	               "date, external_id, "
	               "account, language, channel, property and ignored, not \"%.*s\"",
	               STR_FMT(field));
}

size_t import_columns_said(const struct import_columns *columns)
{
	size_t comment = columns->of[FIELD_COMMENT];
	return comment != IMPORT_NO_COLUMN ? comment : columns->of[FIELD_TRANSCRIPT];
}

static bool is_said(enum import_field field)
{
	return field == FIELD_COMMENT || field == FIELD_TRANSCRIPT;
}

static bool has(const struct import_columns *columns, enum import_field field)
{
	if (is_said(field))
		return import_columns_said(columns) != IMPORT_NO_COLUMN;
	return field < FIELD_COUNT && columns->of[field] != IMPORT_NO_COLUMN;
}

static bool map_one(struct import_columns *columns, Str pair, struct err *err)
{
	Str rest = pair, name, column = { 0 };
	enum import_field field;
	size_t at;
	if (!str_cut(&rest, '=', &name) || !rest.at)
		return err_set(err, ERR_INVALID,
		               "--map is FIELD=COLUMN, as in score=Q1, not \"%.*s\"",
		               STR_FMT(pair));
	column = str_trim(rest);
	name = str_trim(name);
	if (!import_field_find(name, &field))
		return unknown_field(name, err);
	if (!import_column_find(columns, column, &at, err))
		return false;
	if (!is_free(columns, at))
		return err_set(err, ERR_INVALID, "--map names the column \"%.*s\" twice",
		               STR_FMT(column));
	if (is_said(field) && has(columns, field))
		return err_set(err, ERR_INVALID,
		               "--map names two columns for what somebody wrote: an answer has one "
		               "comment, or one transcript");
	assign(columns, field, at, REASON_CHOSEN);
	return true;
}

bool import_columns_choose(struct import_columns *columns, const struct import_choice *choices,
                           size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		const struct import_choice *c = &choices[i];
		bool is_taken = has(columns, c->field);
		if (c->column >= columns->count)
			return err_set(err, ERR_INVALID, "the file has no column %zu",
			               c->column + 1);
		if (is_free(columns, c->column) && !is_taken)
			assign(columns, c->field, c->column, c->reason);
		else if (c->reason == REASON_CHOSEN)
			return err_set(err, ERR_INVALID, "two columns are said to be the %s",
			               is_said(c->field) ? "comment or transcript"
			                                 : import_field_name(c->field));
	}
	return true;
}

/* Commas part the pairs; one inside a header is kept when what follows it is no pair. */
bool import_columns_map(struct import_columns *columns, Str map, struct err *err)
{
	while (map.len > 0) {
		size_t end = str_find_char(map, ',', 0);
		while (end != SIZE_MAX) {
			Str next = str_from(map, end + 1);
			size_t comma = str_find_char(next, ',', 0),
			       equals = str_find_char(next, '=', 0);
			if (equals != SIZE_MAX && (comma == SIZE_MAX || equals < comma))
				break;
			end = str_find_char(map, ',', end + 1);
		}
		Str pair = end == SIZE_MAX ? map : str_slice(map, 0, end);
		map = end == SIZE_MAX ? (Str){ 0 } : str_from(map, end + 1);
		if (!map_one(columns, pair, err))
			return false;
	}
	return true;
}

Str import_plain_name(struct arena *a, Str header)
{
	Str folded = fold_text(a, header);
	char *out = arena_alloc(a, folded.len + 1);
	size_t len = 0;
	for (size_t i = 0; i < folded.len; i++) {
		unsigned char c = (unsigned char)folded.at[i];
		bool letter = c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
		if (letter)
			out[len++] = (char)c;
		else if (len > 0 && out[len - 1] != ' ')
			out[len++] = ' ';
	}
	return str_trim((Str){ out, len });
}

/* How well a header names a field: 0 not at all, else the higher the better. */
static int match(const struct field_names *field, Str header)
{
	for (int i = 0; i < NAMES_MAX && field->whole[i]; i++)
		if (str_eq(header, str_of(field->whole[i])))
			return 1000 - i;
	for (int i = 0; i < NAMES_MAX && field->parts[i]; i++)
		if (str_find(header, str_of(field->parts[i])) != SIZE_MAX)
			return 100 - i;
	return 0;
}

bool import_name_is_known(struct arena *a, Str header, bool parts)
{
	Str name = import_plain_name(a, header);
	for (int field = 0; field < FIELD_COUNT; field++)
		if (match(&known_names[field], name) >= (parts ? 1 : 1000 - NAMES_MAX))
			return true;
	return false;
}

static bool cells_agree(const struct import_column *column, enum import_field field, int matched)
{
	const struct score_column *s = &column->scores;
	bool mostly_scores = s->good * 2 >= s->good + s->refused && s->good > 0;
	if (field ==
	    FIELD_SCORE) /* "score" says it by itself; what only resembles it must hold scores */
		return mostly_scores || matched > 995 ||
		       (matched > 0 && s->by_end[5] * 2 > s->good + s->refused);
	if (field == FIELD_COMMENT)
		return !mostly_scores;
	if (field == FIELD_TRANSCRIPT)
		return column->speakers->talks * 2 > column->speakers->cells ||
		       (matched > 1000 - TRANSCRIPT_NAMES && !mostly_scores);
	return field != FIELD_DATE || date_column_is_dates(&column->dates);
}

/* "Created at (UTC)" is called as "created at" is; that it is of UTC, import_plan.c sees. */
static Str without_zone(Str name)
{
	bool ends = str_ends(name, STR(" utc")) || str_ends(name, STR(" gmt"));
	return ends ? str_slice(name, 0, name.len - 4) : name;
}

static void guess_by_header(struct arena *a, struct import_columns *columns,
                            enum import_field field)
{
	int best = 0;
	size_t at = IMPORT_NO_COLUMN;
	for (size_t i = 0; i < columns->count; i++) {
		if (!is_free(columns, i))
			continue;
		Str name = import_plain_name(a, columns->at[i].header);
		int matched =
		    match(&known_names[field], field == FIELD_DATE ? without_zone(name) : name);
		if (matched > best && cells_agree(&columns->at[i], field, matched)) {
			best = matched;
			at = i;
		}
	}
	if (at != IMPORT_NO_COLUMN)
		assign(columns, field, at, REASON_HEADER);
}

/* In a file without a header the cells speak: addresses, dates, and one column of text left over. */
static void guess_rest_by_cells(struct import_columns *columns)
{
	size_t text = IMPORT_NO_COLUMN, texts = 0;
	for (size_t i = 0; i < columns->count; i++) {
		const struct import_column *column = &columns->at[i];
		if (!is_free(columns, i) || column->filled == 0)
			continue;
		if (column->addresses == column->filled &&
		    columns->of[FIELD_EMAIL] == IMPORT_NO_COLUMN)
			assign(columns, FIELD_EMAIL, i, REASON_CELLS);
		else if (date_column_is_written(&column->dates) &&
		         columns->of[FIELD_DATE] == IMPORT_NO_COLUMN)
			assign(columns, FIELD_DATE, i, REASON_CELLS);
		else {
			text = i;
			texts++;
		}
	}
	if (texts == 1 && !has(columns, FIELD_COMMENT))
		assign(columns, FIELD_COMMENT, text, REASON_CELLS);
}

/* No header says it: the only column whose every cell is a score. "Shop - 7" in each is the name of something. */
static void guess_score_by_cells(struct import_columns *columns)
{
	size_t found = IMPORT_NO_COLUMN;
	for (size_t i = 0; i < columns->count; i++) {
		const struct import_column *column = &columns->at[i];
		if (!is_free(columns, i) || column->scores.bare == 0 || column->scores.refused > 0)
			continue;
		if (found != IMPORT_NO_COLUMN)
			return;
		found = i;
	}
	if (found != IMPORT_NO_COLUMN)
		assign(columns, FIELD_SCORE, found, REASON_CELLS);
}

bool import_columns_guess(struct arena *a, struct import_columns *columns)
{
	for (int field = 0; field < FIELD_COUNT; field++)
		if (!has(columns, (enum import_field)field) && columns->header_rows)
			guess_by_header(a, columns, (enum import_field)field);
	if (columns->of[FIELD_SCORE] == IMPORT_NO_COLUMN)
		guess_score_by_cells(columns);
	if (!columns->header_rows)
		guess_rest_by_cells(columns);
	return columns->of[FIELD_SCORE] != IMPORT_NO_COLUMN;
}

void import_columns_comment_by_place(struct import_columns *columns)
{
	if (import_columns_said(columns) != IMPORT_NO_COLUMN ||
	    columns->of[FIELD_SCORE] == IMPORT_NO_COLUMN)
		return;
	for (size_t i = columns->of[FIELD_SCORE] + 1; i < columns->count; i++) {
		struct import_column *column = &columns->at[i];
		if (column->reason != REASON_REST || column->filled == 0 ||
		    column->scores.good * 2 > column->filled ||
		    date_column_is_dates(&column->dates))
			continue;
		columns->of[FIELD_COMMENT] = i;
		column->field = FIELD_COMMENT;
		column->reason = REASON_PRESET;
		return;
	}
}

void import_columns_see_transcripts(struct import_columns *columns)
{
	size_t at = columns->of[FIELD_COMMENT];
	if (at == IMPORT_NO_COLUMN || columns->at[at].reason == REASON_CHOSEN ||
	    !import_speakers_talk(columns->at[at].speakers))
		return;
	columns->of[FIELD_COMMENT] = IMPORT_NO_COLUMN;
	assign(columns, FIELD_TRANSCRIPT, at, REASON_CELLS);
}

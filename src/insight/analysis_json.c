/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/analysis_json.h"

#include <math.h>

size_t themes_said(struct arena *a, const struct theme_mentions *m, struct theme_said **out)
{
	struct theme_said *all = ARENA_ARRAY(a, struct theme_said, m->count + 1);
	size_t n = 0;
	for (size_t i = 0, count; i < m->count; i += count) {
		struct theme_said *t = &all[n++];
		bool good = false, bad = false;
		*t = (struct theme_said){ .theme = m->mention[i].theme, .mention = &m->mention[i] };
		t->polarity = theme_polarity(m, i, &count);
		t->mentions = count;
		for (size_t k = i; k < i + count; k++) {
			good |= m->mention[k].polarity > THEME_PLAIN;
			bad |= m->mention[k].polarity < -THEME_PLAIN;
			if (m->mention[k].certainty > t->mention->certainty)
				t->mention = &m->mention[k];
		}
		t->label = good && bad                  ? SENTIMENT_MIXED
		           : t->polarity > THEME_PLAIN  ? SENTIMENT_POSITIVE
		           : t->polarity < -THEME_PLAIN ? SENTIMENT_NEGATIVE
		                                        : SENTIMENT_NEUTRAL;
	}
	*out = all;
	return n;
}

/* To three digits: what is behind them is noise. */
static void put_part(struct json_writer *w, const char *key, float value)
{
	json_put_key_real(w, key, round((double)value * 1000) / 1000);
}

static void put_span(struct json_writer *w, const struct analysis *x, uint32_t from, uint32_t len)
{
	json_put_key_i64(w, "from", from);
	json_put_key_i64(w, "len", len);
	json_put_key_text(w, "text", str_slice(x->words.text, from, len));
}

static void put_sentiments(struct json_writer *w, const struct analysis *x)
{
	json_put_key(w, STR("sentiment"));
	if (!x->covered) {
		json_put_null(w);
		json_put_key(w, STR("blind"));
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_text(w, "label", sentiment_word(x->shown.label));
	put_part(w, "score", x->shown.score);
	json_put_dict_end(w);
	json_put_key(w, STR("blind"));
	json_put_dict(w);
	json_put_key_text(w, "label", sentiment_word(blind_sentiment_label(x->blind)));
	put_part(w, "score", blind_sentiment_score(x->blind));
	json_put_dict_end(w);
}

static void put_themes(struct json_writer *w, const struct analyst *n, const struct analysis *x,
                       enum tongue names)
{
	struct arena a = { 0 };
	struct theme_said *said;
	size_t count = themes_said(&a, &x->themes, &said);
	json_put_key(w, STR("themes"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		const struct theme *theme = &analyst_taxonomy(n)->theme[said[i].theme];
		json_put_dict(w);
		json_put_key_text(w, "theme", theme->key);
		json_put_key_text(w, "name", theme_name(theme, names));
		json_put_key_text(w, "polarity",
		                  x->covered ? sentiment_word(said[i].label) : (Str){ 0 });
		put_part(w, "score", said[i].polarity);
		put_part(w, "certainty", said[i].mention->certainty);
		put_span(w, x, said[i].mention->from, said[i].mention->len);
		json_put_key_i64(w, "mentions", (int64_t)said[i].mentions);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	arena_free(&a);
}

static void put_keywords(struct json_writer *w, const struct analysis *x)
{
	json_put_key(w, STR("keywords"));
	json_put_list(w);
	for (size_t i = 0; i < x->keyword_count; i++) {
		json_put_dict(w);
		put_span(w, x, x->keywords[i].from, x->keywords[i].len);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

static void put_emotions(struct json_writer *w, const struct analysis *x)
{
	const struct emotions *e = &x->emotions;
	json_put_key(w, STR("emotions"));
	if (!x->has_emotions) {
		json_put_null(w);
		json_put_key_text(w, "emotion", (Str){ 0 });
		json_put_key_text(w, "mood", (Str){ 0 });
		return;
	}
	json_put_dict(w);
	for (enum emotion i = 0; i < EMOTION_COUNT; i++) {
		json_put_key(w, emotion_name(i));
		json_put_real(w, round((double)e->probability[i] * 1000) / 1000);
	}
	json_put_dict_end(w);
	json_put_key(w, STR("emotion"));
	enum emotion likeliest = EMOTION_COUNT;
	for (enum emotion i = 0; i < EMOTION_COUNT; i++)
		if (e->present >> i & 1 &&
		    (likeliest == EMOTION_COUNT || e->probability[i] > e->probability[likeliest]))
			likeliest = i;
	json_put_text(w, likeliest == EMOTION_COUNT ? STR("unclear") : emotion_name(likeliest));
	Str mood = mood_name(emotion_mood(e));
	json_put_key_text(w, "mood", mood.len ? mood : (Str){ 0 });
}

static void put_intents(struct json_writer *w, const struct analysis *x)
{
	bool read = intent_reads(x->language.tongue) && x->low_effort == LOW_EFFORT_NONE;
	json_put_key_text(w, "intent", read ? intent_name(x->intents.main) : (Str){ 0 });
	json_put_key(w, STR("intents"));
	json_put_list(w);
	for (enum intent i = 0; i < INTENT_COUNT && read; i++)
		if (x->intents.present >> i & 1)
			json_put_text(w, intent_name(i));
	json_put_list_end(w);
}

static void put_urgent(struct json_writer *w, const struct analysis *x)
{
	json_put_key(w, STR("urgent"));
	json_put_list(w);
	for (size_t i = 0; i < x->urgent.count; i++) {
		const struct urgent_find *f = &x->urgent.finds[i];
		json_put_dict(w);
		json_put_key_text(w, "kind", urgent_name(f->kind));
		put_span(w, x, f->from, f->len);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
}

static void put_transcript(struct json_writer *w, const struct transcript *t)
{
	json_put_key(w, STR("transcript"));
	if (!t->is) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_i64(w, "turns", (int64_t)t->turns);
	json_put_key_i64(w, "customer_turns", (int64_t)t->customer_turns);
	json_put_dict_end(w);
}

void analysis_put(struct json_writer *w, const struct analyst *n, const struct analysis *x,
                  enum tongue names)
{
	Str language = tongue_code(x->language.tongue);
	json_put_key_text(w, "language", language.len ? language : (Str){ 0 });
	put_part(w, "language_certainty", x->language.certainty);
	json_put_key_bool(w, "analysed", x->covered);
	json_put_key_bool(w, "low_effort", x->low_effort != LOW_EFFORT_NONE);
	put_transcript(w, &x->transcript);
	put_sentiments(w, x);
	put_themes(w, n, x, names);
	put_keywords(w, x);
	put_emotions(w, x);
	put_intents(w, x);
	put_urgent(w, x);
}

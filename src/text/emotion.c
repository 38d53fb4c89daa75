/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/emotion.h"

static const struct {
	const char *name;
	float least;
} rows[] = {
#define EMOTION_ROW(emotion, name, least) [emotion] = { name, least },
	EMOTIONS(EMOTION_ROW)
#undef EMOTION_ROW
};

Str emotion_name(enum emotion e)
{
	return str_of(rows[e].name);
}

Str mood_name(enum mood m)
{
#define MOOD_NAME(mood, name) [mood] = name,
	static const char *const names[] = { MOODS(MOOD_NAME) };
#undef MOOD_NAME
	return str_of(names[m]);
}

bool emotion_reads(enum tongue t)
{
	return t == TONGUE_EN;
}

bool emotion_model_read(struct arena *a, Str bytes, struct linear *out, struct err *err)
{
	struct linear m;
	if (!linear_read(a, bytes, &m, err))
		return false;
	bool ours = m.classes == EMOTION_COUNT && m.named == 0;
	for (enum emotion e = 0; ours && e < EMOTION_COUNT; e++)
		ours = str_eq(m.class_name[e], emotion_name(e));
	if (!ours)
		return err_set(err, ERR_CORRUPT, "this is a model of something else than emotions");
	*out = m;
	return true;
}

void emotion_find(const struct linear *model, struct arena *a, const struct words *w,
                  struct emotions *out)
{
	struct features f;
	float scores[EMOTION_COUNT];
	*out = (struct emotions){ .present = 0 };
	if (!emotion_reads(w->tongue))
		return;
	features_of(a, w, 0, w->count, EMOTION_FEATURES, &f);
	features_merge(&f);
	linear_scores(model, &f, NULL, scores);
	linear_each(model, scores, out->probability);
	for (enum emotion e = 0; e < EMOTION_COUNT; e++)
		out->present |= out->probability[e] >= rows[e].least ? 1u << e : 0;
}

enum mood emotion_mood(const struct emotions *e)
{
	static const struct {
		enum emotion emotion;
		enum mood mood;
	} shown[] = {
		{ EMOTION_JOY, MOOD_DELIGHTED },      { EMOTION_ANGER, MOOD_FRUSTRATED },
		{ EMOTION_SADNESS, MOOD_FRUSTRATED }, { EMOTION_DISGUST, MOOD_FRUSTRATED },
		{ EMOTION_CONFUSION, MOOD_CONFUSED }, { EMOTION_FEAR, MOOD_WORRIED },
	};
	enum mood best = MOOD_NONE;
	float likeliest = 0;
	for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
		/* How far beyond its own threshold: rare emotions have low ones. */
		float p = e->probability[shown[i].emotion] / rows[shown[i].emotion].least;
		if (!(e->present >> shown[i].emotion & 1) || p <= likeliest)
			continue;
		likeliest = p;
		best = shown[i].mood;
	}
	return best;
}

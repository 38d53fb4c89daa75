-- What was understood of comments: themes, readings, and what people put right.

-- name: theme
-- What comments may be about: themes of the taxonomy that ships by their key, and own ones. state: see reading/theme.h. The
-- name is the shipped one until somebody renames it. seeds: lines of a taxonomy, of own themes alone. merged_into 0: none.
CREATE TABLE IF NOT EXISTS theme (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	renamed INTEGER NOT NULL,
	industries INTEGER NOT NULL,
	state INTEGER NOT NULL,
	seeds TEXT,
	merged_into BIGINT NOT NULL,
	actor TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id)
)

-- name: theme_by_code
CREATE UNIQUE INDEX IF NOT EXISTS theme_by_code ON theme (workspace_id, code)

-- name: reading
-- One a comment. input tells what was read (text, question, group of the score) from what is there now; engine and taxonomy,
-- what read it. NULL in sentiment and blind: not judged. emotions: bits. corrected: the sentiment that a person said instead, NULL: nobody did.
CREATE TABLE IF NOT EXISTS reading (
	workspace_id BIGINT NOT NULL,
	response_id BIGINT NOT NULL,
	input BIGINT NOT NULL,
	engine INTEGER NOT NULL,
	taxonomy BIGINT NOT NULL,
	language TEXT NOT NULL,
	covered INTEGER NOT NULL,
	low_effort INTEGER NOT NULL,
	sentiment INTEGER,
	score DOUBLE PRECISION,
	blind INTEGER,
	blind_score DOUBLE PRECISION,
	corrected INTEGER,
	emotions INTEGER,
	mood INTEGER,
	intent INTEGER,
	urgent INTEGER NOT NULL,
	read_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, response_id),
	FOREIGN KEY (workspace_id, response_id) REFERENCES response (workspace_id, id) ON DELETE CASCADE
)

-- name: theme_mention
-- A theme in a clause of a comment. made_by: see reading/kept.h. polarity is the text's own, -1 to 1; shown, what a person
-- said instead, NULL: nobody did. Bytes of the comment; none of what a person added.
CREATE TABLE IF NOT EXISTS theme_mention (
	workspace_id BIGINT NOT NULL,
	response_id BIGINT NOT NULL,
	theme_id BIGINT NOT NULL,
	span_from INTEGER NOT NULL,
	span_len INTEGER NOT NULL,
	polarity DOUBLE PRECISION NOT NULL,
	shown DOUBLE PRECISION,
	certainty DOUBLE PRECISION NOT NULL,
	made_by INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, response_id, theme_id, span_from),
	FOREIGN KEY (workspace_id, response_id) REFERENCES reading (workspace_id, response_id) ON DELETE CASCADE,
	FOREIGN KEY (workspace_id, theme_id) REFERENCES theme (workspace_id, id) ON DELETE CASCADE
)

-- name: theme_mention_by_theme
CREATE INDEX IF NOT EXISTS theme_mention_by_theme ON theme_mention (workspace_id, theme_id, response_id, made_by)

-- name: correction
-- What a person said of an answer's reading. kind and value: see reading/correction.h. It outlives the reading, as a comment may
-- be read again.
CREATE TABLE IF NOT EXISTS correction (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	response_id BIGINT NOT NULL,
	author_id BIGINT NOT NULL,
	author TEXT NOT NULL,
	kind INTEGER NOT NULL,
	theme_id BIGINT,
	value INTEGER NOT NULL,
	at BIGINT NOT NULL,
	undone_at BIGINT,
	undone_by TEXT,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id, response_id) REFERENCES response (workspace_id, id) ON DELETE CASCADE,
	FOREIGN KEY (workspace_id, theme_id) REFERENCES theme (workspace_id, id) ON DELETE CASCADE
)

-- name: correction_by_response
CREATE INDEX IF NOT EXISTS correction_by_response ON correction (workspace_id, response_id, id)

-- name: reading_setting
-- What the workspace is in (NULL: not asked yet), and how often its themes' words changed.
CREATE TABLE IF NOT EXISTS reading_setting (
	workspace_id BIGINT NOT NULL,
	industry TEXT,
	taxonomy BIGINT NOT NULL,
	PRIMARY KEY (workspace_id)
)

-- name: reading_pass
-- The way of the reader through all answers, newest first: before which id it goes on, and what it reads with. state: see
-- reading/pass.h.
CREATE TABLE IF NOT EXISTS reading_pass (
	workspace_id BIGINT NOT NULL,
	state INTEGER NOT NULL,
	place BIGINT NOT NULL,
	engine INTEGER NOT NULL,
	taxonomy BIGINT NOT NULL,
	total BIGINT NOT NULL,
	done BIGINT NOT NULL,
	began_at BIGINT NOT NULL,
	ended_at BIGINT,
	PRIMARY KEY (workspace_id)
)

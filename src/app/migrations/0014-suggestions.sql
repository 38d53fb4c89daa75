-- Themes that comments suggest, and what people say of a theme.

-- name: theme_description
ALTER TABLE theme ADD COLUMN description TEXT

-- name: theme_suggestion
-- What comments without a theme have in common. state: see reading/suggestion.h. words: lines of a taxonomy. comments: how many of
-- those without a theme say one of them. theme_id: what it became or went into.
CREATE TABLE IF NOT EXISTS theme_suggestion (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	state INTEGER NOT NULL,
	name TEXT NOT NULL,
	renamed INTEGER NOT NULL,
	words TEXT NOT NULL,
	language TEXT NOT NULL,
	comments BIGINT NOT NULL,
	theme_id BIGINT,
	actor TEXT,
	made_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id, theme_id) REFERENCES theme (workspace_id, id) ON DELETE CASCADE
)

-- name: theme_suggestion_quote
-- Typical ones first. A quote is its answer's comment as it is when it is shown, and goes with it.
CREATE TABLE IF NOT EXISTS theme_suggestion_quote (
	workspace_id BIGINT NOT NULL,
	suggestion_id BIGINT NOT NULL,
	response_id BIGINT NOT NULL,
	place INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, suggestion_id, response_id),
	FOREIGN KEY (workspace_id, suggestion_id) REFERENCES theme_suggestion (workspace_id, id) ON DELETE CASCADE,
	FOREIGN KEY (workspace_id, response_id) REFERENCES response (workspace_id, id) ON DELETE CASCADE
)

-- name: theme_suggestion_quote_by_response
CREATE INDEX IF NOT EXISTS theme_suggestion_quote_by_response ON theme_suggestion_quote (workspace_id, response_id)

-- name: theme_search
-- The last look for suggestions. wanted: somebody asks for one now. comments that say something were looked at, left_over of them
-- had no theme.
CREATE TABLE IF NOT EXISTS theme_search (
	workspace_id BIGINT NOT NULL,
	wanted INTEGER NOT NULL,
	began_at BIGINT,
	ended_at BIGINT,
	comments BIGINT NOT NULL,
	left_over BIGINT NOT NULL,
	PRIMARY KEY (workspace_id)
)

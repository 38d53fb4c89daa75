-- Notices of urgent comments: which words, which of them somebody dealt with, which kinds are told. Languages that are read.

-- name: urgent_mention
-- Why a reading is urgent: bytes of the comment. kind: see text/urgent.h.
CREATE TABLE IF NOT EXISTS urgent_mention (
	workspace_id BIGINT NOT NULL,
	response_id BIGINT NOT NULL,
	kind INTEGER NOT NULL,
	span_from INTEGER NOT NULL,
	span_len INTEGER NOT NULL,
	PRIMARY KEY (workspace_id, response_id, kind, span_from),
	FOREIGN KEY (workspace_id, response_id) REFERENCES reading (workspace_id, response_id) ON DELETE CASCADE
)

-- name: urgent_done
-- Kinds, as bits, of which somebody has dealt with this answer.
CREATE TABLE IF NOT EXISTS urgent_done (
	workspace_id BIGINT NOT NULL,
	response_id BIGINT NOT NULL,
	kinds INTEGER NOT NULL,
	actor TEXT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, response_id),
	FOREIGN KEY (workspace_id, response_id) REFERENCES response (workspace_id, id) ON DELETE CASCADE
)

-- name: urgent_rule
-- Whether a kind is told; without a row it is. snoozed_to: the day it comes back, 0: not snoozed.
CREATE TABLE IF NOT EXISTS urgent_rule (
	workspace_id BIGINT NOT NULL,
	kind INTEGER NOT NULL,
	is_on INTEGER NOT NULL,
	snoozed_to BIGINT NOT NULL,
	actor TEXT NOT NULL,
	changed_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, kind)
)

-- name: reading_languages
-- Codes of the languages that comments are read in, with spaces between them; NULL: all that Heed reads.
ALTER TABLE reading_setting ADD COLUMN languages TEXT

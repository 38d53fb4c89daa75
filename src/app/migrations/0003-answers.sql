-- Work on answers: star and bin, tags, notes with mentions, and who did what to an answer.

-- name: response_starred
-- 1 when somebody starred it. NULL is no.
ALTER TABLE response ADD COLUMN starred INTEGER

-- name: response_deleted_at
-- When it went into the bin, NULL outside of it. The state says so too.
ALTER TABLE response ADD COLUMN deleted_at BIGINT

-- name: response_by_deletion
CREATE INDEX IF NOT EXISTS response_by_deletion ON response (workspace_id, deleted_at, id)
WHERE deleted_at IS NOT NULL

-- name: tag
-- A word that answers are sorted by.
CREATE TABLE IF NOT EXISTS tag (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	name TEXT NOT NULL,
	name_folded TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id)
)

-- name: tag_by_name
CREATE UNIQUE INDEX IF NOT EXISTS tag_by_name ON tag (workspace_id, name_folded)

-- name: response_tag
CREATE TABLE IF NOT EXISTS response_tag (
	workspace_id BIGINT NOT NULL,
	response_id BIGINT NOT NULL,
	tag_id BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, response_id, tag_id),
	FOREIGN KEY (workspace_id, response_id) REFERENCES response (workspace_id, id) ON DELETE CASCADE,
	FOREIGN KEY (workspace_id, tag_id) REFERENCES tag (workspace_id, id)
)

-- name: response_tag_by_tag
CREATE UNIQUE INDEX IF NOT EXISTS response_tag_by_tag ON response_tag (workspace_id, tag_id, response_id)

-- name: response_note
-- author is the name at that time; author_id is none for notes that came with an import.
CREATE TABLE IF NOT EXISTS response_note (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	response_id BIGINT NOT NULL,
	author_id BIGINT,
	author TEXT NOT NULL,
	text TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	edited_at BIGINT,
	deleted_at BIGINT,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id, response_id) REFERENCES response (workspace_id, id) ON DELETE CASCADE
)

-- name: response_note_by_response
CREATE INDEX IF NOT EXISTS response_note_by_response ON response_note (workspace_id, response_id, id)

-- name: response_note_by_deletion
CREATE INDEX IF NOT EXISTS response_note_by_deletion ON response_note (workspace_id, deleted_at)
WHERE deleted_at IS NOT NULL

-- name: note_mention
-- Whom a note calls by name.
CREATE TABLE IF NOT EXISTS note_mention (
	workspace_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	note_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	read_at BIGINT,
	PRIMARY KEY (workspace_id, user_id, note_id),
	FOREIGN KEY (workspace_id, note_id) REFERENCES response_note (workspace_id, id) ON DELETE CASCADE
)

-- name: note_mention_by_note
CREATE INDEX IF NOT EXISTS note_mention_by_note ON note_mention (workspace_id, note_id)

-- name: response_event
-- What was done to an answer beside its values and state, which response_history keeps. what: see feedback/event.h.
CREATE TABLE IF NOT EXISTS response_event (
	workspace_id BIGINT NOT NULL,
	response_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	actor TEXT NOT NULL,
	what INTEGER NOT NULL,
	detail TEXT,
	PRIMARY KEY (workspace_id, response_id, id),
	FOREIGN KEY (workspace_id, response_id) REFERENCES response (workspace_id, id) ON DELETE CASCADE
)

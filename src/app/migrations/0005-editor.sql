-- What the survey editor needs: a working draft beside the published version, opening times and limits, archive and bin,
-- and notes on the trend.

-- name: survey_revision
-- Counts the drafts, so that of two who edit at once the second can be told. NULL is 0.
ALTER TABLE survey ADD COLUMN revision BIGINT

-- name: survey_draft_revision
-- Which row of survey_draft is being worked on; NULL when nothing differs from what is published.
ALTER TABLE survey ADD COLUMN draft_revision BIGINT

-- name: survey_opens_at
ALTER TABLE survey ADD COLUMN opens_at BIGINT

-- name: survey_closes_at
ALTER TABLE survey ADD COLUMN closes_at BIGINT

-- name: survey_max_answers
ALTER TABLE survey ADD COLUMN max_answers BIGINT

-- name: survey_taken
-- How many answers count against max_answers; kept only while there is such a limit.
ALTER TABLE survey ADD COLUMN taken BIGINT

-- name: survey_archived_at
ALTER TABLE survey ADD COLUMN archived_at BIGINT

-- name: survey_deleted_at
ALTER TABLE survey ADD COLUMN deleted_at BIGINT

-- name: survey_gating_at
-- When an owner took note of what asking only some groups for a public review means.
ALTER TABLE survey ADD COLUMN gating_at BIGINT

-- name: survey_gating_by
ALTER TABLE survey ADD COLUMN gating_by TEXT

-- name: survey_draft
-- What was being worked on, the newest SURVEY_DRAFTS_KEPT of it.
CREATE TABLE IF NOT EXISTS survey_draft (
	workspace_id BIGINT NOT NULL,
	survey_id BIGINT NOT NULL,
	revision BIGINT NOT NULL,
	definition TEXT NOT NULL,
	opens_at BIGINT,
	closes_at BIGINT,
	max_answers BIGINT,
	actor TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, survey_id, revision),
	FOREIGN KEY (workspace_id, survey_id) REFERENCES survey (workspace_id, id) ON DELETE CASCADE
)

-- name: trend_note
-- What a reader of the trend should know. Without a survey it is about all.
CREATE TABLE IF NOT EXISTS trend_note (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	survey_id BIGINT,
	at BIGINT NOT NULL,
	kind INTEGER NOT NULL,
	text TEXT NOT NULL,
	actor TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id),
	FOREIGN KEY (workspace_id, survey_id) REFERENCES survey (workspace_id, id) ON DELETE CASCADE
)

-- name: trend_note_by_time
CREATE INDEX IF NOT EXISTS trend_note_by_time ON trend_note (workspace_id, at, id)

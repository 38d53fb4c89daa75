-- How often a survey was seen, for its funnel.

-- name: survey_display
-- Pages and widgets that somebody had in sight, by day in the workspace's zone, channel and source.
CREATE TABLE IF NOT EXISTS survey_display (
	workspace_id BIGINT NOT NULL,
	survey_id BIGINT NOT NULL,
	day BIGINT NOT NULL,
	channel TEXT NOT NULL,
	source TEXT NOT NULL,
	displays BIGINT NOT NULL,
	first_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, survey_id, day, channel, source),
	FOREIGN KEY (workspace_id, survey_id) REFERENCES survey (workspace_id, id) ON DELETE CASCADE
)

-- name: display_seen
-- The numbers of the pages that were counted, so that each is counted once. They go after some days.
CREATE TABLE IF NOT EXISTS display_seen (
	workspace_id BIGINT NOT NULL,
	survey_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, survey_id, number),
	FOREIGN KEY (workspace_id, survey_id) REFERENCES survey (workspace_id, id) ON DELETE CASCADE
)

-- name: display_seen_by_age
CREATE INDEX IF NOT EXISTS display_seen_by_age ON display_seen (workspace_id, at)

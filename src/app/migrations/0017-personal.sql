-- Personal data in what people write: whether a workspace shows it.

-- name: workspace_personal_data
-- See account/workspace.h; NULL is 0.
ALTER TABLE workspace ADD COLUMN personal_data INTEGER

-- name: masking
-- The way through all answers in which personal data is masked where it lies, newest first. state: see feedback/masking.h.
CREATE TABLE IF NOT EXISTS masking (
	workspace_id BIGINT NOT NULL,
	state INTEGER NOT NULL,
	place BIGINT NOT NULL,
	total BIGINT NOT NULL,
	done BIGINT NOT NULL,
	masked BIGINT NOT NULL,
	actor TEXT NOT NULL,
	began_at BIGINT NOT NULL,
	ended_at BIGINT,
	PRIMARY KEY (workspace_id)
)

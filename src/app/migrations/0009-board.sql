-- The board page and links that show figures to people without an account.

-- name: goal
-- What a score is meant to reach, and by when: one for each part that is never pooled. Touchpoint 0: none.
CREATE TABLE IF NOT EXISTS goal (
	workspace_id BIGINT NOT NULL,
	kind INTEGER NOT NULL,
	brand_id BIGINT NOT NULL,
	touchpoint_id BIGINT NOT NULL,
	score INTEGER NOT NULL,
	by_day TEXT NOT NULL,
	actor TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, kind, brand_id, touchpoint_id),
	FOREIGN KEY (workspace_id, brand_id) REFERENCES brand (workspace_id, id) ON DELETE CASCADE
)

-- name: shared_view
-- A link that shows figures: whatever it shows is also inside `scope`, which is what its maker saw.
CREATE TABLE IF NOT EXISTS shared_view (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	token_hash BYTEA NOT NULL,
	name TEXT NOT NULL,
	what INTEGER NOT NULL,
	filter TEXT NOT NULL,
	last_days INTEGER NOT NULL,
	split TEXT,
	quotes TEXT NOT NULL,
	shows_answers INTEGER NOT NULL,
	scope TEXT NOT NULL,
	actor TEXT NOT NULL,
	created_by BIGINT,
	created_by_key BIGINT,
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	revoked_at BIGINT,
	password_hash TEXT,
	views BIGINT NOT NULL,
	seen_at BIGINT,
	PRIMARY KEY (workspace_id, id)
)

-- name: shared_view_by_token
CREATE UNIQUE INDEX IF NOT EXISTS shared_view_by_token ON shared_view (workspace_id, token_hash)

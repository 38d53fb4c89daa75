-- Views of the dashboard that somebody gave a name.

-- name: saved_view
-- A path of our own with its query. Owner 0: an API key made it. Not shared: the owner's alone.
CREATE TABLE IF NOT EXISTS saved_view (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	owner BIGINT NOT NULL,
	name TEXT NOT NULL,
	path TEXT NOT NULL,
	shared INTEGER NOT NULL,
	position BIGINT NOT NULL,
	actor TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id)
)

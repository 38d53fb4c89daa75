-- How much work people think a theme is.

-- name: theme_effort
-- effort: enum theme_effort.
CREATE TABLE IF NOT EXISTS theme_effort (
	workspace_id BIGINT NOT NULL,
	theme_id BIGINT NOT NULL,
	effort INTEGER NOT NULL,
	actor TEXT NOT NULL,
	set_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, theme_id),
	FOREIGN KEY (workspace_id, theme_id) REFERENCES theme (workspace_id, id) ON DELETE CASCADE
)

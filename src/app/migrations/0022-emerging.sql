-- Themes that alerts are about.

-- name: alert_theme
-- A theme that is spoken of more often, in one score's comments. Days count from 1970-01-01.
CREATE TABLE IF NOT EXISTS alert_theme (
	workspace_id BIGINT NOT NULL,
	alert_id BIGINT NOT NULL,
	kind INTEGER NOT NULL,
	brand_id BIGINT NOT NULL,
	touchpoint_id BIGINT NOT NULL,
	theme_id BIGINT NOT NULL,
	seen_day BIGINT NOT NULL,
	since_day BIGINT NOT NULL,
	share_before DOUBLE PRECISION NOT NULL,
	share_after DOUBLE PRECISION NOT NULL,
	times DOUBLE PRECISION NOT NULL,
	lo DOUBLE PRECISION NOT NULL,
	hi DOUBLE PRECISION NOT NULL,
	people BIGINT NOT NULL,
	comments BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, alert_id, kind, brand_id, touchpoint_id, theme_id),
	FOREIGN KEY (workspace_id, alert_id) REFERENCES alert (workspace_id, id) ON DELETE CASCADE,
	FOREIGN KEY (workspace_id, brand_id) REFERENCES brand (workspace_id, id) ON DELETE CASCADE,
	FOREIGN KEY (workspace_id, theme_id) REFERENCES theme (workspace_id, id) ON DELETE CASCADE
)

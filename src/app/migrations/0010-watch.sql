-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The watch over scores, and what it raised.

-- name: watch
-- One score that is watched, or why it is not. What it has seen is made anew from the answers each day; this is where it
-- began. Days count from 1970-01-01; touchpoint 0 is none, baseline 0 to 0 is none yet.
CREATE TABLE IF NOT EXISTS watch (
	workspace_id BIGINT NOT NULL,
	kind INTEGER NOT NULL,
	brand_id BIGINT NOT NULL,
	touchpoint_id BIGINT NOT NULL,
	state INTEGER NOT NULL,
	begin_day BIGINT NOT NULL,
	baseline_from BIGINT NOT NULL,
	baseline_to BIGINT NOT NULL,
	watched_to BIGINT NOT NULL,
	series BIGINT NOT NULL,
	promoters BIGINT NOT NULL,
	passives BIGINT NOT NULL,
	detractors BIGINT NOT NULL,
	deff DOUBLE PRECISION NOT NULL,
	people BIGINT NOT NULL,
	per_week DOUBLE PRECISION NOT NULL,
	PRIMARY KEY (workspace_id, kind, brand_id, touchpoint_id),
	FOREIGN KEY (workspace_id, brand_id) REFERENCES brand (workspace_id, id) ON DELETE CASCADE
)

-- name: alert
CREATE TABLE IF NOT EXISTS alert (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	raised_at BIGINT NOT NULL,
	state INTEGER NOT NULL,
	snoozed_to BIGINT NOT NULL,
	changed_at BIGINT,
	actor TEXT,
	PRIMARY KEY (workspace_id, id)
)

-- name: alert_part
-- One change is one alert, though several scores show it.
CREATE TABLE IF NOT EXISTS alert_part (
	workspace_id BIGINT NOT NULL,
	alert_id BIGINT NOT NULL,
	kind INTEGER NOT NULL,
	brand_id BIGINT NOT NULL,
	touchpoint_id BIGINT NOT NULL,
	seen_day BIGINT NOT NULL,
	change_day BIGINT NOT NULL,
	first_day BIGINT NOT NULL,
	last_day BIGINT NOT NULL,
	score_before DOUBLE PRECISION NOT NULL,
	score_after DOUBLE PRECISION NOT NULL,
	size DOUBLE PRECISION NOT NULL,
	lo DOUBLE PRECISION NOT NULL,
	hi DOUBLE PRECISION NOT NULL,
	people_before BIGINT NOT NULL,
	people_after BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, alert_id, kind, brand_id, touchpoint_id),
	FOREIGN KEY (workspace_id, alert_id) REFERENCES alert (workspace_id, id) ON DELETE CASCADE,
	FOREIGN KEY (workspace_id, brand_id) REFERENCES brand (workspace_id, id) ON DELETE CASCADE
)

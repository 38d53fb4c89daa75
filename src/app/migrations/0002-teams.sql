-- Teams: groups of members who see a part of the answers only. scope is JSON that survey/team_scope.h reads.

-- name: team
CREATE TABLE IF NOT EXISTS team (
	workspace_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	name TEXT NOT NULL,
	name_folded TEXT NOT NULL,
	scope TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	PRIMARY KEY (workspace_id, id)
)

-- name: team_by_name
CREATE UNIQUE INDEX IF NOT EXISTS team_by_name ON team (workspace_id, name_folded)

-- name: membership_team
-- NULL: in no team, sees the whole workspace.
ALTER TABLE membership ADD COLUMN team_id BIGINT

-- name: membership_sees_names
-- NULL: as the role has it.
ALTER TABLE membership ADD COLUMN sees_names INTEGER

-- name: user_find [global]
SELECT id, email, name, password_hash, created_at, disabled_at, language, time_zone FROM app_user WHERE id = $1

-- name: user_find_by_email [global]
SELECT id, email, name, password_hash, created_at, disabled_at, language, time_zone FROM app_user
WHERE email_folded = $1

-- name: user_insert [global]
INSERT INTO app_user (id, email, email_folded, name, password_hash, created_at, disabled_at)
VALUES ($1, $2, $3, $4, $5, $6, NULL)
ON CONFLICT (email_folded) DO NOTHING

-- name: user_set_password [global]
UPDATE app_user SET password_hash = $2 WHERE id = $1

-- name: user_disable [global]
UPDATE app_user SET disabled_at = $2 WHERE id = $1 AND disabled_at IS NULL

-- name: user_enable [global]
UPDATE app_user SET disabled_at = NULL WHERE id = $1

-- name: user_profile_set [global]
UPDATE app_user SET name = $2, language = $3, time_zone = $4 WHERE id = $1

-- name: user_workspace_names [global]
SELECT w.workspace_id, w.name FROM user_workspace u JOIN workspace_name w ON w.workspace_id = u.workspace_id
WHERE u.user_id = $1 ORDER BY w.workspace_id

-- name: user_workspace_insert [global]
INSERT INTO user_workspace (user_id, workspace_id) VALUES ($1, $2)
ON CONFLICT (user_id, workspace_id) DO NOTHING

-- name: user_workspace_list [global]
SELECT workspace_id FROM user_workspace WHERE user_id = $1 ORDER BY workspace_id

-- name: member_role
SELECT role FROM membership WHERE workspace_id = $1 AND user_id = $2

-- name: member_access
SELECT m.role, m.team_id, m.sees_names, t.id, t.scope, COALESCE(w.personal_data, 0)
FROM membership m
JOIN workspace w ON w.workspace_id = $1
LEFT JOIN team t ON t.workspace_id = $1 AND t.id = m.team_id
WHERE m.workspace_id = $1 AND m.user_id = $2

-- name: member_set_team
UPDATE membership SET team_id = $3 WHERE workspace_id = $1 AND user_id = $2

-- name: member_set_names
UPDATE membership SET sees_names = $3 WHERE workspace_id = $1 AND user_id = $2

-- name: member_set
INSERT INTO membership (workspace_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (workspace_id, user_id) DO UPDATE SET role = excluded.role

-- name: member_owners_hold
-- Of two owners who are about to go at once the second one waits here, whichever workspace's unit asks, and then counts who is left.
UPDATE membership SET role = role WHERE workspace_id = $1 AND role = $2

-- name: member_count_others
-- Who can sign in.
SELECT COUNT(*) FROM membership m JOIN app_user u ON u.id = m.user_id
WHERE m.workspace_id = $1 AND m.role = $2 AND m.user_id <> $3 AND u.disabled_at IS NULL

-- name: member_first_of_role
SELECT user_id FROM membership WHERE workspace_id = $1 AND role = $2
ORDER BY created_at, user_id LIMIT 1

-- name: member_list
SELECT u.id, u.email, u.name, u.password_hash, u.created_at, u.disabled_at, m.role, m.created_at,
	m.team_id, m.sees_names
FROM membership m JOIN app_user u ON u.id = m.user_id
WHERE m.workspace_id = $1
ORDER BY m.created_at, u.id

-- name: former_member_keep
INSERT INTO former_member (workspace_id, user_id, role, team_id, sees_names, created_at, removed_at)
SELECT m.workspace_id, m.user_id, m.role, m.team_id, m.sees_names, m.created_at, CAST($3 AS BIGINT)
FROM membership m WHERE m.workspace_id = $1 AND m.user_id = $2
ON CONFLICT (workspace_id, user_id) DO UPDATE
SET role = excluded.role, team_id = excluded.team_id, sees_names = excluded.sees_names,
	created_at = excluded.created_at, removed_at = excluded.removed_at

-- name: former_member_role
SELECT role FROM former_member WHERE workspace_id = $1 AND user_id = $2 AND removed_at > $3

-- name: former_member_lost_team
-- Was it in a team that is gone, with a role that needs it?
SELECT COUNT(*) FROM former_member f LEFT JOIN team t ON t.workspace_id = $1 AND t.id = f.team_id
WHERE f.workspace_id = $1 AND f.user_id = $2 AND f.role > $3 AND f.team_id IS NOT NULL AND t.id IS NULL

-- name: former_member_restore
INSERT INTO membership (workspace_id, user_id, role, team_id, sees_names, created_at)
SELECT f.workspace_id, f.user_id, f.role, f.team_id, f.sees_names, f.created_at
FROM former_member f WHERE f.workspace_id = $1 AND f.user_id = $2
ON CONFLICT (workspace_id, user_id) DO NOTHING

-- name: former_member_drop
DELETE FROM former_member WHERE workspace_id = $1 AND user_id = $2

-- name: member_drop
DELETE FROM membership WHERE workspace_id = $1 AND user_id = $2

-- name: user_workspace_drop [global]
DELETE FROM user_workspace WHERE user_id = $1 AND workspace_id = $2

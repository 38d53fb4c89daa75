-- What shows a workspace to anybody. Its own rows go afterwards (db/purge.h).

-- name: demo_drop_name [global]
DELETE FROM workspace_name WHERE workspace_id = $1

-- name: demo_drop_users [global]
DELETE FROM user_workspace WHERE workspace_id = $1

-- name: demo_drop_sessions [global]
DELETE FROM session WHERE workspace_id = $1

-- name: demo_drop_links [global]
DELETE FROM login_link WHERE workspace_id = $1

-- name: demo_drop_addresses [global]
DELETE FROM survey_address WHERE workspace_id = $1

-- name: demo_drop_members
DELETE FROM membership WHERE workspace_id = $1

-- name: demo_drop_keys
DELETE FROM api_key WHERE workspace_id = $1

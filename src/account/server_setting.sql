-- What a browser's set-up says about the server as a whole.

-- name: server_setting_find [global]
SELECT value FROM server_setting WHERE name = $1

-- name: server_setting_set [global]
INSERT INTO server_setting (name, value) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET value = excluded.value

-- name: server_setting_drop [global]
DELETE FROM server_setting WHERE name = $1

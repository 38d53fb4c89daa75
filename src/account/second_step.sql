-- name: user_totp_find [global]
SELECT secret, last_step, confirmed_at FROM user_totp WHERE user_id = $1

-- name: user_totp_begin [global]
INSERT INTO user_totp (user_id, secret, last_step, created_at, confirmed_at) VALUES ($1, $2, 0, $3, NULL)
ON CONFLICT (user_id) DO UPDATE
SET secret = excluded.secret, last_step = 0, created_at = excluded.created_at
WHERE user_totp.confirmed_at IS NULL

-- name: user_totp_use [global]
UPDATE user_totp SET last_step = $2 WHERE user_id = $1 AND last_step < $2

-- name: user_totp_confirm [global]
UPDATE user_totp SET confirmed_at = $2, last_step = $3 WHERE user_id = $1 AND confirmed_at IS NULL

-- name: user_totp_drop [global]
DELETE FROM user_totp WHERE user_id = $1

-- name: user_recovery_insert [global]
INSERT INTO user_recovery (user_id, code_hash, used_at) VALUES ($1, $2, NULL)

-- name: user_recovery_use [global]
UPDATE user_recovery SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL

-- name: user_recovery_left [global]
SELECT COUNT(*) FROM user_recovery WHERE user_id = $1 AND used_at IS NULL

-- name: user_recovery_drop [global]
DELETE FROM user_recovery WHERE user_id = $1

-- name: login_step_insert [global]
INSERT INTO login_step (token_hash, user_id, workspace_id, expires_at) VALUES ($1, $2, $3, $4)

-- name: login_step_find [global]
SELECT l.user_id, l.workspace_id FROM login_step l JOIN app_user u ON u.id = l.user_id
WHERE l.token_hash = $1 AND l.expires_at > $2 AND u.disabled_at IS NULL

-- name: login_step_drop [global]
DELETE FROM login_step WHERE token_hash = $1

-- name: login_step_drop_all [global]
DELETE FROM login_step WHERE user_id = $1

-- name: login_step_any_over [global]
SELECT 1 FROM login_step WHERE expires_at <= $1 LIMIT 1

-- name: login_step_prune [global]
DELETE FROM login_step WHERE expires_at <= $1

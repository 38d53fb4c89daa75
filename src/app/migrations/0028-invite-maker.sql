-- Who made an invitation, by id: an address may change, and a key may be revoked.

-- name: invite_maker_user
ALTER TABLE invite ADD COLUMN maker_user BIGINT

-- name: invite_maker_key
ALTER TABLE invite ADD COLUMN maker_key BIGINT

-- name: invite_maker_user_of_before
UPDATE invite SET maker_user = (SELECT u.id FROM app_user u WHERE u.email = invite.created_by)

-- name: invite_maker_key_of_before
-- Of two keys of one name it may be either.
UPDATE invite SET maker_key = (SELECT MAX(k.id) FROM api_key k
	WHERE k.workspace_id = invite.workspace_id AND 'key ' || k.name = invite.created_by AND k.revoked_at IS NULL)
WHERE maker_user IS NULL

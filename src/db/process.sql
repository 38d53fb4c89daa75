-- name: process_list [global]
SELECT number, expires_at FROM process ORDER BY number

-- name: process_take [global]
INSERT INTO process (number, owner, expires_at) VALUES ($1, $2, $3)
ON CONFLICT (number) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at
WHERE process.expires_at < $4

-- name: process_renew [global]
UPDATE process SET expires_at = $3 WHERE number = $1 AND owner = $2

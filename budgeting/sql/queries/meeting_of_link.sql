-- The meeting that a link leads to.
-- At most one row.
-- $token_hash  SHA-256 of the token in the link
select meeting_id
from core.meeting_links
where token_hash = $token_hash

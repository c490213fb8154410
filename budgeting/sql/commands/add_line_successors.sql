-- Add links between lines and those that continue them.
-- $fiscal_year    year of the later lines
-- $reason         why, in the words of who confirms; may be empty
-- $confirmed_by   person
-- $confirmed_at   moment
-- @batch_links    one row per link: succession_id, line_id, successor_line_id, change, amount_share
insert into core.line_successors (
    succession_id, fiscal_year, line_id, successor_line_id, change, amount_share, reason, confirmed_by,
    confirmed_at
)
select
    succession_id,
    $fiscal_year,
    line_id,
    successor_line_id,
    change,
    amount_share,
    $reason,
    $confirmed_by,
    $confirmed_at
from batch_links

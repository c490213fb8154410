-- How many budget lines of a statement of amounts are marked under earlier rules of the same version.
-- One row.
-- $vintage_id   statement of amounts
-- $methodology  methodology
-- $version      its version
-- $rules        fingerprint of its rules as they are now
select count(distinct line_year_id) as line_count
from mart.marked_amounts
where
    vintage_id = $vintage_id
    and methodology = $methodology
    and methodology_version = $version
    and rule_fingerprint not in ('', $rules)

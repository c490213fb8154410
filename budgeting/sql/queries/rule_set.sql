-- At most one row: a version of a municipality's rules.
-- $municipality_code  municipality
-- $version            version, or null for the newest
select
    version,
    note,
    recorded_by,
    recorded_at
from core.rule_sets
where municipality_code = $municipality_code and ($version is null or version = $version)
order by version desc
limit 1

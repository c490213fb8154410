-- Add the rules of a version.
-- $municipality_code  municipality
-- $version            number of the version
-- @batch_rules        one row per rule, with the columns of core.budget_rules behind these, in their order
insert into core.budget_rules
select
    $municipality_code,
    $version,
    *
from batch_rules

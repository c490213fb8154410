-- Stored statements of expenditure of a stage and year; the one of the date and decision first.
-- One row per statement.
-- $municipality_code  municipality
-- $fiscal_year        fiscal year
-- $stage              stage
-- $as_of              date as ISO 8601, or null
-- $decision_number    number of the decision, or null
select
    vintage_id,
    (
        as_of is not distinct from $as_of::date
        and decision_number is not distinct from $decision_number::varchar
    ) as is_named
from core.vintages
where municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and direction = 'expenditure'
    and stage = $stage
    and vintage_id in (select stated.vintage_id from core.budget_amounts as stated)
order by is_named desc, as_of desc nulls last, vintage_id desc

-- Add the statements of amounts that are new.
-- $municipality_code  municipality
-- $fiscal_year        fiscal year
-- $direction          expenditure or revenue
-- @batch_amounts      one row per source row and statement: line_code, stage, as_of, decision_number, amount
insert into core.vintages
with incoming as (
    select distinct
        stage,
        as_of,
        decision_number
    from batch_amounts
)

select
    (
        (select coalesce(max(vintage_id), 0) from core.vintages)
        + row_number() over (order by incoming.stage, incoming.as_of)
    )::integer,
    $municipality_code,
    $fiscal_year,
    $direction,
    incoming.stage,
    incoming.as_of,
    incoming.decision_number
from incoming
anti join core.vintages as known
    on known.municipality_code = $municipality_code
        and known.fiscal_year = $fiscal_year
        and known.direction = $direction
        and known.stage = incoming.stage
        and known.as_of is not distinct from incoming.as_of
        and known.decision_number is not distinct from incoming.decision_number

-- Add the statements of amounts that are new.
-- @batch_parts       one row per part of the file: source_file_id, municipality_code, fiscal_year, direction
-- @batch_statements  one row per statement of a part: statement_id, source_file_id, stage, as_of, decision_number
insert into core.vintages
with incoming as (
    select distinct
        part.municipality_code,
        part.fiscal_year,
        part.direction,
        statement.stage,
        statement.as_of,
        statement.decision_number
    from batch_statements as statement
    inner join batch_parts as part using (source_file_id)
)

select
    (
        (select coalesce(max(vintage_id), 0) from core.vintages)
        + row_number() over (
            order by
                incoming.municipality_code, incoming.fiscal_year, incoming.direction,
                incoming.stage, incoming.as_of, incoming.decision_number
        )
    )::integer,
    incoming.*
from incoming
anti join core.vintages as known
    on known.municipality_code = incoming.municipality_code
        and known.fiscal_year = incoming.fiscal_year
        and known.direction = incoming.direction
        and known.stage = incoming.stage
        and known.as_of is not distinct from incoming.as_of
        and known.decision_number is not distinct from incoming.decision_number

-- Withdraw marks of earlier files where this file states the line without a category: what an earlier
-- year's file said does not go on counting against what this one says, not even where a person took a
-- mark of their own back. What a person made or read stays.
-- $mark_id           number of the change
-- $import_id         import of the file
-- $methodology       methodology whose categories the file uses
-- $author            who accepts the file
-- $recorded_at       when
-- @batch_parts       one row per part of the file: source_file_id, municipality_code, fiscal_year, direction
-- @batch_categories  one row per source row and statement with an amount: statement_id, stage,
--                    source_file_id, line_code, category (empty where the file has none), amount
insert into core.classifications
with stated as (
    select distinct
        part.municipality_code,
        part.direction,
        part.fiscal_year,
        incoming.stage,
        incoming.line_code
    from batch_categories as incoming
    inner join batch_parts as part using (source_file_id)
),

counting as (
    select
        mark.* replace (stated.fiscal_year as from_year, stated.stage as stage)
    from stated
    inner join core.budget_lines as line
        on line.municipality_code = stated.municipality_code
            and line.direction = stated.direction
            and line.line_code = stated.line_code
    inner join core.line_years as line_year
        on line_year.line_id = line.line_id and line_year.fiscal_year = stated.fiscal_year
    inner join mart.line_year_marks as counted
        on counted.line_year_id = line_year.line_year_id
            and counted.methodology = $methodology
            and (counted.stage is null or counted.stage = stated.stage)
            and counted.subject = 'line'
            and counted.mark_id < $mark_id
    inner join core.classifications as mark using (classification_id)
    where mark.import_id is not null and mark.state = 'draft'
)

select * replace (
    (select max(classification_id) from core.classifications)
    + row_number() over (order by classification_id, from_year, stage) as classification_id,
    $mark_id as mark_id,
    $import_id as import_id,
    'withdrawn' as state,
    'import' as change,
    null as reviewer,
    $author as recorded_by,
    $recorded_at as recorded_at
)
from counting

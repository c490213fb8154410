-- What a version of a methodology makes of marks that count and were made under another one.
-- One row per part of a mark whose parts all have an outcome, in the order in which they are written.
-- $municipality_code    municipality
-- $methodology          methodology
-- $methodology_version  version that is applied
-- @batch_outcomes       one row per evidence and category: evidence, category, new_category, new_score
with stated as (
    select
        classification_id,
        direction,
        subject,
        subject_code,
        from_year,
        stage,
        mark_id,
        state,
        methodology_version,
        evidence,
        category
    from core.classifications
    where municipality_code = $municipality_code and methodology = $methodology
),

last_change as (
    select
        direction,
        subject,
        subject_code,
        from_year,
        stage,
        max(mark_id) as mark_id
    from stated
    group by all
),

part as (
    select
        stated.*,
        outcome.new_category,
        outcome.new_score
    from stated
    inner join last_change
        on last_change.subject_code = stated.subject_code
            and last_change.mark_id = stated.mark_id
            and last_change.direction = stated.direction
            and last_change.subject = stated.subject
            and last_change.from_year = stated.from_year
            and last_change.stage is not distinct from stated.stage
    left join batch_outcomes as outcome
        on outcome.evidence = stated.evidence and outcome.category = stated.category
    where stated.methodology_version <> $methodology_version
        and stated.state not in ('withdrawn', 'undone')
),

-- All parts of a mark, or none: half a mark in a new version would be neither.
open_mark as (
    select
        subject_code,
        mark_id,
        direction,
        subject,
        from_year,
        stage
    from part
    where new_category is null
),

changed_mark as (
    select
        subject_code,
        mark_id,
        direction,
        subject,
        from_year,
        stage
    from part
    where new_category <> category
),

scored as (
    select
        part.classification_id,
        part.new_category,
        part.new_score,
        changed_mark.mark_id is not null as is_changed
    from part
    anti join open_mark
        on open_mark.subject_code = part.subject_code
            and open_mark.mark_id = part.mark_id
            and open_mark.direction = part.direction
            and open_mark.subject = part.subject
            and open_mark.from_year = part.from_year
            and open_mark.stage is not distinct from part.stage
    left join (select distinct * from changed_mark) as changed_mark
        on changed_mark.subject_code = part.subject_code
            and changed_mark.mark_id = part.mark_id
            and changed_mark.direction = part.direction
            and changed_mark.subject = part.subject
            and changed_mark.from_year = part.from_year
            and changed_mark.stage is not distinct from part.stage
)

select
    classification_id,
    row_number() over (order by classification_id) - 1 as place,
    new_category,
    new_score,
    is_changed
from scored

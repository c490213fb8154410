-- What a version of a methodology makes of marks that count and were made under another one.
-- One row per part of such a mark; only marks whose parts all have an outcome (`is_known`) are
-- written, and they have the first places.
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
        category,
        share_before,
        amount_share = 1 as is_only_part
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
whole as (
    select
        classification_id,
        share_before,
        new_category,
        new_score,
        bool_and(new_category is not null) over of_mark as is_known,
        bool_or(new_category <> category) over of_mark as is_changed
    from part
    where not is_only_part
    window of_mark as (partition by subject_code, mark_id, direction, subject, from_year, stage)
    union all
    select
        classification_id,
        share_before,
        new_category,
        new_score,
        new_category is not null,
        new_category <> category
    from part
    where is_only_part
)

select
    classification_id,
    row_number() over (order by is_known desc, classification_id) - 1 as place,
    share_before = 0 as is_first_part,
    new_category,
    new_score,
    is_known,
    is_changed
from whole

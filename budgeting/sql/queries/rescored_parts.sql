-- What a version of a methodology makes of marks that count and were made under another one, or under
-- other rules of this one. One row per part of such a mark. `obstacle` says why the mark cannot be
-- scored again, empty where it can: only these are written, and they have the first places.
-- $municipality_code    municipality
-- $methodology          methodology
-- $methodology_version  version that is applied
-- $rule_fingerprint     fingerprint of its rules
-- @batch_outcomes       one row per evidence and category: evidence, category, new_category, new_score,
--                       is_reason_required, obstacle
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
        rule_fingerprint,
        evidence,
        category,
        reason = '' as is_silent,
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
        outcome.new_score,
        case
            when outcome.obstacle <> '' then outcome.obstacle
            when outcome.is_reason_required and stated.is_silent then 'reason'
            else ''
        end as obstacle
    from stated
    inner join last_change
        on last_change.subject_code = stated.subject_code
            and last_change.mark_id = stated.mark_id
            and last_change.direction = stated.direction
            and last_change.subject = stated.subject
            and last_change.from_year = stated.from_year
            and last_change.stage is not distinct from stated.stage
    inner join batch_outcomes as outcome
        on outcome.evidence = stated.evidence and outcome.category = stated.category
    where (
        stated.methodology_version <> $methodology_version
        or stated.rule_fingerprint not in ('', $rule_fingerprint)
    )
        and stated.state not in ('withdrawn', 'undone')
),

-- All parts of a mark, or none: half a mark in a new version would be neither.
whole as (
    select
        classification_id,
        share_before,
        new_category,
        new_score,
        max(obstacle) over of_mark as obstacle,
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
        obstacle,
        new_category <> category
    from part
    where is_only_part
)

select
    classification_id,
    row_number() over (order by obstacle, classification_id) - 1 as place,
    share_before = 0 as is_first_part,
    new_category,
    new_score,
    obstacle,
    is_changed
from whole

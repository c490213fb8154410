-- Write a change that leaves the category as it is: the same parts again, in another state.
-- $mark_id      number of the change
-- $from_year    first year for which the change counts; null for that of the mark
-- $state        new state
-- $reviewer     second reader; null for none
-- $change       review, approve, send-back or withdraw
-- $remark       why this change
-- $recorded_by  who makes it
-- $recorded_at  when
-- @batch_ids    one row per mark: classification_id of one of its parts
insert into core.classifications
with named as (
    select distinct
        mark_id,
        direction,
        subject,
        subject_code,
        municipality_code,
        methodology,
        from_year,
        stage
    from core.classifications
    where classification_id in (select classification_id from batch_ids)
)

select
    (select coalesce(max(classification_id), 0) from core.classifications) + row_number() over (),
    $mark_id,
    mark.municipality_code,
    mark.direction,
    mark.subject,
    mark.subject_code,
    mark.methodology,
    mark.methodology_version,
    mark.category,
    greatest(mark.from_year, $from_year),
    mark.stage,
    mark.share_before,
    mark.amount_share,
    mark.score,
    mark.evidence,
    mark.evidence_link,
    mark.reason,
    mark.confidence,
    mark.author,
    $reviewer,
    $state,
    $change,
    $remark,
    null,
    $recorded_by,
    $recorded_at
from core.classifications as mark
semi join named
    on named.mark_id = mark.mark_id
        and named.municipality_code = mark.municipality_code
        and named.direction = mark.direction
        and named.subject = mark.subject
        and named.subject_code = mark.subject_code
        and named.methodology = mark.methodology
        and named.from_year = mark.from_year
        and named.stage is not distinct from mark.stage

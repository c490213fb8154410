-- All parts of the named marks, in the order in which a change writes them again.
-- One row per part.
-- @batch_ids  one row per mark: classification_id of one of its parts
with named as (
    select distinct
        mark_id,
        municipality_code,
        direction,
        subject,
        subject_code,
        methodology,
        from_year,
        stage
    from core.classifications
    where classification_id in (select classification_id from batch_ids)
)

select
    mark.classification_id,
    row_number() over (order by mark.classification_id) - 1 as place
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

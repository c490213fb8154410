-- The marks that these rows are parts of, and whether they still are the newest of their key.
-- One row per mark; `newer_*` tell the change that is newer, where there is one.
-- $from_year  first year of a change of them; marks up to that year are newer, too; null for none
-- @batch_ids  one row per part of a mark: classification_id
with named as (
    select
        mark_id,
        municipality_code,
        direction,
        subject,
        subject_code,
        methodology,
        from_year,
        stage,
        any_value(state) as state,
        any_value(author) as author,
        any_value(category) as category
    from core.classifications
    where classification_id in (select classification_id from batch_ids)
    group by all
),

newer as (
    select
        named.subject_code,
        named.mark_id,
        named.direction,
        named.subject,
        named.methodology,
        named.from_year,
        named.stage,
        max(later.mark_id) as newer_mark_id,
        arg_max(later.recorded_by, later.mark_id) as newer_by,
        arg_max(later.recorded_at, later.mark_id) as newer_at,
        arg_max(later.category, later.mark_id) as newer_category,
        arg_max(later.state, later.mark_id) as newer_state
    from named
    inner join core.classifications as later
        on later.subject_code = named.subject_code
            and later.municipality_code = named.municipality_code
            and later.direction = named.direction
            and later.subject = named.subject
            and later.methodology = named.methodology
    where later.stage is not distinct from named.stage
        and (
            (later.from_year = named.from_year and later.mark_id > named.mark_id)
            or (later.from_year > named.from_year and later.from_year <= $from_year)
        )
    group by
        named.subject_code, named.mark_id, named.direction, named.subject, named.methodology,
        named.from_year, named.stage
)

select
    named.*,
    newer.newer_mark_id,
    newer.newer_by,
    newer.newer_at,
    newer.newer_category,
    newer.newer_state
from named
left join newer
    on newer.subject_code = named.subject_code
        and newer.mark_id = named.mark_id
        and newer.direction = named.direction
        and newer.subject = named.subject
        and newer.methodology = named.methodology
        and newer.from_year = named.from_year
        and newer.stage is not distinct from named.stage
order by named.subject, named.subject_code, named.from_year, named.stage

-- A person's newest change of marks of a municipality that is not taken back, and what came after it.
-- At most one row; `newer_*` tell a change of the same marks by which it can be taken back no more;
-- of a change under several methodologies none is named.
-- $municipality_code  municipality
-- $recorded_by        person
with taken_back as (
    select undoes as mark_id
    from core.classifications
    where undoes is not null
),

remaining as (
    select *
    from core.classifications
    where municipality_code = $municipality_code
        and undoes is null
        and mark_id not in (select mark_id from taken_back)
),

last_change as (
    select *
    from remaining
    where recorded_by = $recorded_by and change <> 'import'
    qualify rank() over (order by mark_id desc) = 1
),

newer as (
    select remaining.*
    from remaining
    semi join last_change
        on last_change.direction = remaining.direction
            and last_change.subject = remaining.subject
            and last_change.subject_code = remaining.subject_code
            and last_change.methodology = remaining.methodology
            and last_change.from_year = remaining.from_year
            and last_change.stage is not distinct from remaining.stage
            and last_change.mark_id < remaining.mark_id
    order by remaining.mark_id desc
    limit 1
),

subject as (
    select distinct
        direction,
        subject,
        subject_code
    from last_change
)

select
    last_change.mark_id,
    any_value(last_change.change) as change,
    any_value(last_change.state) as state,
    case when count(distinct last_change.methodology) = 1 then any_value(last_change.methodology) end
        as methodology,
    min(last_change.from_year) as from_year,
    (select count(*) from subject) as subject_count,
    any_value(newer.mark_id) as newer_mark_id,
    any_value(newer.recorded_by) as newer_by,
    any_value(newer.recorded_at) as newer_at,
    any_value(newer.category) as newer_category,
    any_value(newer.state) as newer_state,
    any_value(newer.subject_code) as newer_subject_code
from last_change
left join newer on true
group by last_change.mark_id

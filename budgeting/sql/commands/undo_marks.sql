-- Take a change back: what stood before it is written again; where nothing did, the mark is undone.
-- What was changed again since stays as it is.
-- $mark_id      number of this change
-- $undoes       number of the change that is taken back
-- $recorded_by  who takes it back
-- $recorded_at  when
insert into core.classifications
with taken_back as (
    select mark.*
    from core.classifications as mark
    anti join (
        select *
        from core.classifications as newer
        where newer.mark_id > $undoes
            and newer.undoes is null
            and newer.mark_id not in (
                select undoes from core.classifications
                where undoes is not null
            )
    ) as later
        on later.municipality_code = mark.municipality_code
            and later.direction = mark.direction
            and later.subject = mark.subject
            and later.subject_code = mark.subject_code
            and later.methodology = mark.methodology
            and later.from_year = mark.from_year
            and later.stage is not distinct from mark.stage
    where mark.mark_id = $undoes
    qualify row_number() over (
        partition by mark.municipality_code, mark.direction, mark.subject, mark.subject_code,
            mark.methodology, mark.from_year, mark.stage
        order by mark.share_before
    ) = 1
),

before as (
    select mark.*
    from core.classifications as mark
    inner join taken_back
        on taken_back.municipality_code = mark.municipality_code
            and taken_back.direction = mark.direction
            and taken_back.subject = mark.subject
            and taken_back.subject_code = mark.subject_code
            and taken_back.methodology = mark.methodology
            and taken_back.from_year = mark.from_year
            and taken_back.stage is not distinct from mark.stage
    where mark.mark_id < $undoes
        and mark.undoes is null
        and mark.mark_id not in (
            select undoes from core.classifications
            where undoes is not null
        )
    qualify rank() over (
        partition by mark.municipality_code, mark.direction, mark.subject, mark.subject_code,
            mark.methodology, mark.from_year, mark.stage
        order by mark.mark_id desc
    ) = 1
),

restored as (
    select * from before
    union all
    select taken_back.* replace ('undone' as state)
    from taken_back
    anti join before
        on before.municipality_code = taken_back.municipality_code
            and before.direction = taken_back.direction
            and before.subject = taken_back.subject
            and before.subject_code = taken_back.subject_code
            and before.methodology = taken_back.methodology
            and before.from_year = taken_back.from_year
            and before.stage is not distinct from taken_back.stage
)

select * replace (
    (select coalesce(max(classification_id), 0) from core.classifications)
    + row_number() over () as classification_id,
    $mark_id as mark_id,
    'undo' as change,
    '' as remark,
    $undoes as undoes,
    $recorded_by as recorded_by,
    $recorded_at as recorded_at
)
from restored

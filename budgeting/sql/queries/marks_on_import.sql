-- Marks that undoing an import would leave without their subject.
-- One row per state of such marks; only what counts now. What the import itself states goes with it.
-- $import_id  import
with leaving as (
    select line_year_id
    from core.line_year_sources as source
    inner join core.source_files as part using (source_file_id)
    group by line_year_id
    having bool_and(part.import_id = $import_id)
),

line_left as (
    select line_id
    from core.line_years
    group by line_id
    having bool_and(line_year_id in (select line_year_id from leaving))
),

staying as (
    select
        line_year.municipality_code,
        unnest([line_year.programme_id, line_year.organisation_id]) as member_id
    from core.line_years as line_year
    where line_year.line_year_id not in (select line_year_id from leaving)
),

subject as (
    select
        municipality_code,
        direction,
        'line' as subject,
        line_code as subject_code
    from core.budget_lines
    where line_id in (select line_id from line_left)
    union
    select
        member.municipality_code,
        member.direction,
        member.dimension,
        member.path_code
    from core.members as member
    where member.dimension in ('programme', 'organisation')
        and member.municipality_code in (
            select municipality_code
            from core.source_files
            where import_id = $import_id
        )
        and member.member_id not in (
            select unnest(used.ancestor_ids)
            from core.members as used
            where used.member_id in (select member_id from staying)
        )
),

counting as (
    select mark.*
    from core.classifications as mark
    semi join subject using (municipality_code, direction, subject, subject_code)
    qualify mark.mark_id = max(mark.mark_id) over (
        partition by mark.municipality_code, mark.direction, mark.subject, mark.subject_code,
            mark.methodology, mark.from_year, mark.stage
    )
)

select
    state,
    count(*) as mark_count
from counting
where state not in ('withdrawn', 'undone')
    and share_before = 0
    and not (
        change = 'import'
        and recorded_at in (select imported_at from core.imports where import_id = $import_id)
    )
group by state
order by state

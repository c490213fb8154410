-- One row per line-year, methodology, stage and part of the mark that counts, for the line-years of
-- the relation called `line_years` and the methodology `wanted`, null for all. The one place that
-- says what counts: mart.line_year_marks is filled from it, mart.marks_in_force is all of it.
--
-- Of a subject, methodology, year and stage the change with the highest mark_id counts; one that is
-- undone is as if it had never been. Of a subject the mark of the latest year up to that of the
-- line-year counts, and within a year the one of the stage before the one of all stages; withdrawn,
-- it is none. A line's own mark comes first, then that of its programme, then that of its
-- organisation, each time the most detailed marked level.
create or replace macro mart.marks_of(line_years, wanted) as table
with line_year as (
    select
        line_year.line_year_id,
        line_year.line_id,
        line_year.fiscal_year,
        line_year.programme_id,
        line_year.organisation_id
    from core.line_years as line_year
    where line_year.line_year_id in (select line_year_id from query_table(line_years))
),

leaf as (
    select programme_id as leaf_id from line_year
    union
    select organisation_id from line_year
),

ancestor as (
    select
        leaf_id,
        unnest(member.ancestor_ids) as member_id
    from leaf
    inner join core.members as member on member.member_id = leaf.leaf_id
),

stated as (
    select
        line.line_id as subject_id,
        mark.*
    from core.classifications as mark
    inner join core.budget_lines as line
        on line.municipality_code = mark.municipality_code
            and line.direction = mark.direction
            and line.line_code = mark.subject_code
    where mark.subject = 'line'
        and (wanted is null or mark.methodology = wanted)
        and line.line_id in (select line_id from line_year)
    union all
    select
        member.member_id,
        mark.*
    from core.classifications as mark
    inner join core.members as member
        on member.municipality_code = mark.municipality_code
            and member.direction = mark.direction
            and member.dimension = mark.subject
            and member.path_code = mark.subject_code
    where mark.subject <> 'line'
        and (wanted is null or mark.methodology = wanted)
        and member.member_id in (select member_id from ancestor)
),

newest as (
    select *
    from stated
    qualify rank() over (
        partition by subject, subject_id, methodology, from_year, stage order by mark_id desc
    ) = 1
),

candidate as (
    select
        line_year.line_year_id,
        1000 as nearness,
        newest.*
    from newest
    inner join line_year on line_year.line_id = newest.subject_id
    where newest.subject = 'line'
        and newest.state <> 'undone'
        and newest.from_year <= line_year.fiscal_year
    union all
    select
        line_year.line_year_id,
        500 + member.depth,
        newest.*
    from newest
    inner join core.members as member on member.member_id = newest.subject_id
    inner join ancestor using (member_id)
    inner join line_year on line_year.programme_id = ancestor.leaf_id
    where newest.subject = 'programme'
        and newest.state <> 'undone'
        and newest.from_year <= line_year.fiscal_year
    union all
    select
        line_year.line_year_id,
        0 + member.depth,
        newest.*
    from newest
    inner join core.members as member on member.member_id = newest.subject_id
    inner join ancestor using (member_id)
    inner join line_year on line_year.organisation_id = ancestor.leaf_id
    where newest.subject = 'organisation'
        and newest.state <> 'undone'
        and newest.from_year <= line_year.fiscal_year
),

-- Where marks of single stages meet, each stage is decided by itself.
staged as (
    select distinct
        line_year_id,
        methodology,
        unnest(['proposed', 'approved', 'revised', 'committed', 'executed', 'forecast']) as stage
    from candidate
    where stage is not null
),

applying as (
    select
        candidate.* exclude (stage),
        staged.stage,
        candidate.stage is not null as is_of_one_stage
    from candidate
    left join staged using (line_year_id, methodology)
    where candidate.stage is null or candidate.stage = staged.stage
),

of_subject as (
    select *
    from applying
    qualify rank() over (
        partition by line_year_id, methodology, stage, nearness
        order by from_year desc, is_of_one_stage desc
    ) = 1
)

select
    line_year_id,
    methodology,
    methodology_version,
    stage,
    category,
    share_before,
    amount_share,
    score,
    state,
    confidence,
    subject,
    mark_id,
    classification_id
from of_subject
where state <> 'withdrawn'
qualify rank() over (partition by line_year_id, methodology, stage order by nearness desc) = 1

-- One row per line-year, methodology, stage and part of the mark that counts, for the line-years of
-- the relation called `line_years` and the methodology `wanted`, null for all. The one place that
-- says what counts: mart.line_year_marks is filled from it, mart.marks_in_force is all of it.
--
-- Of a subject, methodology, year and stage the change with the highest mark_id counts; one that is
-- undone is as if it had never been. Of a subject the mark of the latest year up to that of the
-- line-year counts, and within a year the one of the stage before the one of all stages; withdrawn,
-- it is none. A line's own mark comes first, then that of its programme, then that of its
-- organisation, each time the most detailed marked level.
--
-- Identifiers only until the end: words are read for what counts, not for what is compared.
-- `nearness` is 1000 for a line's own mark, 500 and the depth for its programme's, else the depth.
create or replace macro mart.marks_of(line_years, wanted) as table
with line_year as materialized (
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

ancestor as materialized (
    select
        leaf_id,
        unnest(member.ancestor_ids) as member_id
    from leaf
    inner join core.members as member on member.member_id = leaf.leaf_id
),

marked as materialized (
    select
        line.line_id as subject_id,
        1000 as nearness,
        mark.classification_id,
        mark.mark_id,
        mark.methodology,
        mark.from_year,
        mark.stage,
        mark.state
    from core.classifications as mark
    inner join (
        select *
        from core.budget_lines
        where line_id in (select line_id from line_year)
    ) as line
        on line.line_code = mark.subject_code
            and line.direction = mark.direction
            and line.municipality_code = mark.municipality_code
    where mark.subject = 'line' and (wanted is null or mark.methodology = wanted)
    union all
    select
        member.member_id,
        case member.dimension when 'programme' then 500 else 0 end + member.depth,
        mark.classification_id,
        mark.mark_id,
        mark.methodology,
        mark.from_year,
        mark.stage,
        mark.state
    from core.classifications as mark
    inner join core.members as member
        on member.path_code = mark.subject_code
            and member.dimension = mark.subject
            and member.direction = mark.direction
            and member.municipality_code = mark.municipality_code
    where mark.subject <> 'line'
        and (wanted is null or mark.methodology = wanted)
        and member.member_id in (select member_id from ancestor)
),

newest as materialized (
    select marked.*
    from marked
    inner join (
        select
            change.subject_id,
            change.nearness,
            change.methodology,
            change.from_year,
            change.stage,
            max(change.mark_id) as mark_id
        from marked as change
        group by all
    ) as last_change
        on last_change.subject_id = marked.subject_id
            and last_change.nearness = marked.nearness
            and last_change.methodology = marked.methodology
            and last_change.from_year = marked.from_year
            and last_change.mark_id = marked.mark_id
            and last_change.stage is not distinct from marked.stage
    where marked.state <> 'undone'
),

candidate as materialized (
    select
        line_year.line_year_id,
        newest.*
    from newest
    inner join line_year on line_year.line_id = newest.subject_id
    where newest.nearness = 1000 and newest.from_year <= line_year.fiscal_year
    union all
    select
        line_year.line_year_id,
        newest.*
    from newest
    inner join ancestor on ancestor.member_id = newest.subject_id
    inner join line_year on line_year.programme_id = ancestor.leaf_id
    where newest.nearness between 500 and 999 and newest.from_year <= line_year.fiscal_year
    union all
    select
        line_year.line_year_id,
        newest.*
    from newest
    inner join ancestor on ancestor.member_id = newest.subject_id
    inner join line_year on line_year.organisation_id = ancestor.leaf_id
    where newest.nearness < 500 and newest.from_year <= line_year.fiscal_year
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

applying as materialized (
    select
        candidate.line_year_id,
        candidate.methodology,
        staged.stage,
        candidate.nearness,
        candidate.from_year * 2 + (candidate.stage is not null)::integer as place,
        candidate.state,
        candidate.classification_id
    from candidate
    left join staged using (line_year_id, methodology)
    where candidate.stage is null or candidate.stage = staged.stage
),

standing as materialized (
    select applying.*
    from applying
    anti join (
        select *
        from applying as taken
        where taken.state = 'withdrawn'
    ) as withdrawn
        on withdrawn.line_year_id = applying.line_year_id
            and withdrawn.methodology = applying.methodology
            and withdrawn.stage is not distinct from applying.stage
            and withdrawn.nearness = applying.nearness
            and withdrawn.place >= applying.place
),

counting as (
    select
        line_year_id,
        methodology,
        stage,
        max(nearness * 100000 + place) as place
    from standing
    group by all
)

select
    standing.line_year_id,
    mark.methodology,
    mark.methodology_version,
    standing.stage,
    mark.category,
    mark.share_before,
    mark.amount_share,
    mark.score,
    mark.state,
    mark.confidence,
    mark.subject,
    mark.mark_id,
    mark.classification_id,
    mark.rule_fingerprint
from standing
inner join counting
    on counting.line_year_id = standing.line_year_id
        and counting.methodology = standing.methodology
        and counting.stage is not distinct from standing.stage
        and counting.place = standing.nearness * 100000 + standing.place
inner join core.classifications as mark using (classification_id)

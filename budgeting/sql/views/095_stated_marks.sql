-- One row per part of what a file says of a line, year and stage, with the mark that stands there.
-- `parts`, `statements` and `categories` are relations of a file that is being accepted, as
-- add_stated_marks has them; `wanted` is the methodology whose categories it uses.
--
-- Where a file states a year and stage more than once, its newest statement counts. Shares are
-- quotients of whole cents, rounded at the 18th decimal: no binary fraction is in between. A category
-- without money is no part beside one that has some. A line has no row where its parts make no share
-- of the whole: their sum is zero, or one of them has the other sign. A line that the file gives no
-- category has one row, without category.
--
-- `is_decided` says that a person made the mark that stands, read it, or withdrew it: then what a file
-- says does not take its place. `standing` are its parts, none where it was withdrawn.
create or replace macro mart.stated_marks(parts, statements, categories, wanted) as table
with counting as (
    select
        part.municipality_code,
        part.direction,
        part.fiscal_year,
        statement.stage,
        statement.statement_id
    from query_table(statements) as statement
    inner join query_table(parts) as part using (source_file_id)
),

category as (
    select
        counting.municipality_code,
        counting.direction,
        counting.fiscal_year,
        counting.stage,
        incoming.statement_id,
        incoming.line_code,
        incoming.category,
        (sum(incoming.amount) * 100)::hugeint as cents
    from query_table(categories) as incoming
    inner join counting using (statement_id)
    group by all
),

newest as (
    select category.*
    from category
    inner join query_table(statements) as statement using (statement_id)
    qualify rank() over (
        partition by
            category.municipality_code, category.direction, category.fiscal_year, category.stage,
            category.line_code
        order by statement.as_of desc nulls last, category.statement_id desc
    ) = 1
),

whole as (
    select
        *,
        sum(cents) over (partition by statement_id, line_code)::hugeint as whole_cents,
        count(*) over (partition by statement_id, line_code) as category_count,
        min(cents) over (partition by statement_id, line_code) as least_cents,
        max(cents) over (partition by statement_id, line_code) as most_cents
    from newest
),

part as (
    select
        *,
        case
            when category_count = 1 then 1000000000000000000::hugeint
            else
                (2 * abs(cents) * 1000000000000000000::hugeint + abs(whole_cents))
                // (2 * abs(whole_cents))
        end as share
    from whole
    where category <> ''
        and (
            category_count = 1
            or (cents <> 0 and (least_cents >= 0 or most_cents <= 0))
        )
),

-- Each share is rounded by itself; together they may not pass the whole.
placed as (
    select
        *,
        least(sum(share) over parts_before, 1000000000000000000)::hugeint as share_to
    from part
    window parts_before as (
        partition by statement_id, line_code order by category rows unbounded preceding
    )
),

covered as (
    select
        *,
        coalesce(
            lag(share_to) over (partition by statement_id, line_code order by category), 0
        )::hugeint as share_from
    from placed
),

silent as (
    select
        municipality_code,
        direction,
        fiscal_year,
        stage,
        line_code
    from newest
    group by all
    having max(category) = ''
),

stated as (
    select
        municipality_code,
        direction,
        fiscal_year,
        stage,
        line_code,
        category,
        (share_from::decimal(19, 0) * 0.000000000000000001::decimal(18, 18))::decimal(20, 18)
            as share_before,
        ((share_to - share_from)::decimal(19, 0) * 0.000000000000000001::decimal(18, 18))::decimal(
            20, 18
        ) as amount_share
    from covered
    union all
    select
        *,
        '',
        0,
        1
    from silent
),

asked as (
    select distinct
        municipality_code,
        direction,
        fiscal_year,
        stage,
        line_code
    from stated
),

last_change as (
    select mark.*
    from core.classifications as mark
    semi join asked
        on asked.municipality_code = mark.municipality_code
            and asked.direction = mark.direction
            and asked.line_code = mark.subject_code
    where mark.subject = 'line' and mark.methodology = wanted
    qualify mark.mark_id = max(mark.mark_id) over (
        partition by mark.municipality_code, mark.direction, mark.subject_code, mark.from_year, mark.stage
    )
),

applying as (
    select
        last_change.* replace (asked.stage as stage),
        asked.fiscal_year
    from last_change
    inner join asked
        on asked.municipality_code = last_change.municipality_code
            and asked.direction = last_change.direction
            and asked.line_code = last_change.subject_code
    where last_change.state <> 'undone'
        and last_change.from_year <= asked.fiscal_year
        and (last_change.stage is null or last_change.stage = asked.stage)
    qualify rank() over (
        partition by asked.municipality_code, asked.direction, asked.line_code, asked.fiscal_year, asked.stage
        order by last_change.from_year desc, last_change.stage is not null desc
    ) = 1
),

standing as (
    select
        municipality_code,
        direction,
        subject_code as line_code,
        fiscal_year,
        stage,
        min(classification_id) as standing_id,
        coalesce(
            list((category, share_before, amount_share) order by share_before)
            filter (where state <> 'withdrawn'),
            []
        ) as standing,
        any_value(state) as state,
        bool_or(import_id is not null) as is_of_file,
        bool_or(import_id is null or state in ('reviewed', 'approved')) as is_decided,
        any_value(coalesce(reviewer, case when state = 'withdrawn' then recorded_by else author end))
            as decided_by
    from applying
    group by all
),

listed as (
    select
        municipality_code,
        direction,
        fiscal_year,
        stage,
        line_code,
        list((category, share_before, amount_share) order by share_before) as stated
    from stated
    group by all
)

select
    stated.*,
    standing.standing_id,
    standing.standing,
    standing.state,
    standing.decided_by,
    coalesce(standing.is_decided, false) as is_decided,
    -- a person who marks a line that no file has categorised contradicts nothing
    coalesce(
        standing.is_decided
        and listed.stated <> standing.standing
        and (stated.category <> '' or standing.is_of_file),
        false
    ) as is_otherwise
from stated
inner join listed using (municipality_code, direction, fiscal_year, stage, line_code)
left join standing using (municipality_code, direction, fiscal_year, stage, line_code)

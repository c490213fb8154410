-- The marked money of two statements line by line, and what the later amounts would be under the
-- earlier marks: one row per line, category and score, and whether it is of the earlier statement or
-- of the later one. A line of the earlier statement counts as the lines that continue it, as people
-- confirmed: a renamed line is the same line, of a split one each has its part, and a merged one is
-- all that it was before together. Marks of another version than `of_version` do not count.
create or replace macro mart.tagged_lines(from_vintage, to_vintage, under, of_version) as table
with carried as (
    from mart.carried_lines(from_vintage, to_vintage)
),

piece as (
    select
        line_year.line_id as earlier_line_id,
        coalesce(carried.successor_line_id, line_year.line_id) as line_id,
        case
            when carried.line_id is null then amount.amount
            else round(amount.amount * carried.share_to, 2) - round(amount.amount * carried.share_before, 2)
        end::decimal(18, 2) as amount
    from core.budget_amounts as amount
    inner join core.line_years as line_year using (line_year_id)
    left join carried on carried.line_id = line_year.line_id
    where amount.vintage_id = from_vintage
),

before as (
    select
        line_id,
        sum(amount) as amount,
        min(amount) > 0 or max(amount) < 0 as is_of_one_sign,
        min(earlier_line_id) = max(earlier_line_id) as is_one_line
    from piece
    group by line_id
),

after as (
    select
        line_year.line_id,
        sum(amount.amount) as amount
    from core.budget_amounts as amount
    inner join core.line_years as line_year using (line_year_id)
    where amount.vintage_id = to_vintage
    group by line_year.line_id
),

-- Of several lines without a sum of one sign no part is marked that could be kept.
line as (
    select
        before.line_id,
        before.is_one_line,
        before.amount as earlier,
        after.amount as later
    from before
    inner join after using (line_id)
    where before.is_one_line or before.is_of_one_sign
),

marked as (
    select
        line_id,
        vintage_id,
        category,
        score,
        amount,
        amount_share
    from mart.marked_amounts
    where vintage_id in (from_vintage, to_vintage)
        and methodology = under
        and methodology_version = of_version
),

part as (
    select
        coalesce(carried.successor_line_id, marked.line_id) as line_id,
        marked.category,
        marked.score,
        sum(marked.amount_share) as earlier_share,
        sum(
            case
                when carried.line_id is null then marked.amount
                else round(marked.amount * carried.share_to, 2)
                    - round(marked.amount * carried.share_before, 2)
            end
        ) as earlier,
        null::decimal(38, 2) as later
    from marked
    left join carried on carried.line_id = marked.line_id
    where marked.vintage_id = from_vintage
    group by all
    union all
    select
        line_id,
        category,
        score,
        null,
        null,
        sum(amount)
    from marked
    where vintage_id = to_vintage
    group by all
)

select
    part.line_id,
    part.category,
    part.score::varchar as score,
    part.earlier,
    part.later,
    line.line_id is not null as is_kept,
    case
        when line.is_one_line and part.earlier_share = 1 then line.later  -- mostly, and the quicker way
        else
            round(
                line.later * case
                    when line.is_one_line then part.earlier_share
                    else (part.earlier / line.earlier)::decimal(20, 18)
                end,
                2
            )
    end as as_earlier
from part
left join line using (line_id)

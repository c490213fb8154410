-- As which lines those of one statement go on in another, later in its year or a year later, as people
-- confirmed: one row per earlier line and part of it, from `share_before` to `share_to` of its amount,
-- which together are all of it. What no link covers goes on as itself. Lines without a link are not here.
-- A line that is in both statements became another between them, or continues another, only where it
-- is confirmed as well what it continues now, or what became of it: a part of itself, or another line.
-- A line that got another code within a year has, in each statement of that year, the code that is there.
create or replace macro mart.carried_lines(earlier, later) as table
with years as (
    select
        (select fiscal_year from core.vintages where vintage_id = earlier) as earlier_year,
        (select fiscal_year from core.vintages where vintage_id = later) as later_year
),

recoded as (
    select
        link.line_id,
        link.successor_line_id,
        link.fiscal_year = years.earlier_year as is_of_earlier_year,
        link.fiscal_year = years.later_year as is_of_later_year
    from mart.line_successors as link
    inner join years
        on link.fiscal_year in (years.earlier_year, years.later_year)
            and years.later_year - years.earlier_year in (0, 1)
    where link.change = 'recoded'
),

year_link as (
    select
        link.line_id,
        link.successor_line_id,
        link.amount_share
    from mart.line_successors as link
    inner join years
        on link.fiscal_year = years.later_year and years.later_year = years.earlier_year + 1
    where link.change <> 'recoded'
),

linked as (
    select line_id from year_link
    union
    select successor_line_id from year_link
    union
    select line_id from recoded
    union
    select successor_line_id from recoded
),

stated as (
    select
        line_year.line_id,
        bool_or(amount.vintage_id = earlier) as is_earlier,
        bool_or(amount.vintage_id = later) as is_later
    from core.line_years as line_year
    inner join core.budget_amounts as amount using (line_year_id)
    where amount.vintage_id in (earlier, later)
        and line_year.line_id in (select line_id from linked)
    group by line_year.line_id
),

-- The codes that the two statements have, where they are not those of the links.
old_code as (
    select
        line_id,
        successor_line_id
    from recoded
    where is_of_earlier_year
        and line_id in (select line_id from stated where is_earlier)
        and successor_line_id not in (select line_id from stated where is_earlier)
),

new_code as (
    select
        line_id,
        successor_line_id
    from recoded
    where is_of_later_year
        and line_id not in (select line_id from stated where is_later)
        and successor_line_id in (select line_id from stated where is_later)
),

own_link as (
    select
        coalesce(old_code.line_id, link.line_id) as line_id,
        coalesce(new_code.successor_line_id, link.successor_line_id) as successor_line_id,
        link.amount_share
    from year_link as link
    left join old_code on old_code.successor_line_id = link.line_id
    left join new_code on new_code.line_id = link.successor_line_id
),

valid as (
    select
        link.line_id,
        link.successor_line_id,
        link.amount_share
    from own_link as link
    inner join stated as old on old.line_id = link.line_id and old.is_earlier
    inner join stated as new on new.line_id = link.successor_line_id and new.is_later
    where (not old.is_later or old.line_id in (select successor_line_id from own_link))
        and (not new.is_earlier or new.line_id in (select line_id from own_link))
    union all
    select distinct
        link.line_id,
        link.successor_line_id,
        1::decimal(9, 6)
    from recoded as link
    inner join stated as old on old.line_id = link.line_id and old.is_earlier and not old.is_later
    inner join stated as new
        on new.line_id = link.successor_line_id and new.is_later and not new.is_earlier
    where link.line_id not in (select line_id from own_link)
        and link.successor_line_id not in (select successor_line_id from own_link)
),

rest as (
    select
        line_id,
        1 - sum(amount_share) as amount_share
    from valid
    group by line_id
    having sum(amount_share) < 1
),

piece as (
    select * from valid
    union all
    select
        line_id,
        line_id as successor_line_id,
        amount_share
    from rest
),

whole as (
    select
        line_id,
        successor_line_id,
        sum(amount_share)::decimal(9, 6) as amount_share
    from piece
    group by line_id, successor_line_id
)

select
    line_id,
    successor_line_id,
    (sum(amount_share) over upto - amount_share)::decimal(9, 6) as share_before,
    (sum(amount_share) over upto)::decimal(9, 6) as share_to
from whole
window upto as (partition by line_id order by successor_line_id rows unbounded preceding)

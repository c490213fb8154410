-- The lines of a statement, each cut into what marks say about it, the largest first.
-- One row per budget line and part of its mark, and one for the part that is not screened, of which
-- `mark` is -1. `said` is the place of what the mark says among `saying`, 0 for what is not screened;
-- `is_part` where a piece may be less than its line.
-- $vintage_id   statement of amounts
-- $methodology  methodology
-- @saying       what marks of the statement say: place, methodology_version, category, confidence,
--               state, score
with mark as (
    select
        mark.line_year_id,
        mark.classification_id,
        mark.share_before,
        mark.amount_share,
        saying.place as said
    from mart.line_year_marks as mark
    inner join saying
        on saying.methodology_version = mark.methodology_version
            and saying.category = mark.category
            and saying.confidence = mark.confidence
            and saying.state = mark.state
            and saying.score::decimal(9, 4) is not distinct from mark.score
    where mark.methodology = $methodology
        and (
            mark.stage is null
            or mark.stage = (select vintage.stage from core.vintages as vintage where vintage_id = $vintage_id)
        )
),

amount as (
    select
        line_year_id,
        amount
    from core.budget_amounts
    where vintage_id = $vintage_id
),

-- What is left of a line no part of which ends where its amount does.
rest as (
    select
        mark.line_year_id,
        any_value(amount.amount) - sum(
            mart.part_money(amount.amount, mark.share_before, mark.amount_share)
        )::decimal(18, 2) as amount
    from mark
    inner join amount using (line_year_id)
    where mark.amount_share < 1
    group by mark.line_year_id
    having not bool_or(mark.share_before + mark.amount_share = 1)
),

piece as (
    select
        amount.line_year_id,
        mark.classification_id,
        coalesce(mark.said, 0) as said,
        coalesce(mark.amount_share < 1, false) as is_part,
        case
            when mark.line_year_id is null then amount.amount
            else mart.part_money(amount.amount, mark.share_before, mark.amount_share)
        end as amount
    from amount
    left join mark using (line_year_id)
    union all
    select
        line_year_id,
        null,
        0,
        true,
        amount
    from rest
)

select
    line_year.line_id as line,
    piece.line_year_id as line_year,
    coalesce(piece.classification_id, -1) as mark,
    piece.said::smallint as said,
    piece.is_part,
    (piece.amount::decimal(20, 2) * 100)::bigint as cents,
    line_year.organisation_id,
    line_year.programme_id,
    line_year.function_id,
    line_year.economic_class_id,
    line_year.fund_id
from piece
inner join core.line_years as line_year using (line_year_id)
order by abs(piece.amount) desc, piece.line_year_id, piece.classification_id

-- Mark lines as the file itself categorises them: one mark per line, stage and category.
-- Shares are quotients of whole cents, rounded at the 18th decimal: no binary fraction is in between.
-- A line is left unmarked where its parts make no share of the whole: their sum is zero, or one of
-- them has the other sign.
-- $methodology       methodology whose categories the file uses
-- $author            who accepts the file
-- $reason            sentence that says where the mark comes from
-- $recorded_at       when
-- @batch_parts       one row per part of the file: source_file_id, municipality_code, fiscal_year, direction
-- @batch_categories  one row per source row and statement with an amount: statement_id, stage,
--                    source_file_id, line_code, category (empty where the file has none), amount
insert into core.classifications
with category as (
    select
        part.municipality_code,
        incoming.statement_id,
        incoming.stage,
        incoming.line_code,
        incoming.category,
        (sum(incoming.amount) * 100)::hugeint as cents
    from batch_categories as incoming
    inner join batch_parts as part using (source_file_id)
    group by all
),

whole as (
    select
        *,
        sum(cents) over (partition by statement_id, line_code)::hugeint as whole_cents,
        count(*) over (partition by statement_id, line_code) as category_count,
        min(cents) over (partition by statement_id, line_code) as least_cents,
        max(cents) over (partition by statement_id, line_code) as most_cents
    from category
),

mark as (
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
            or (whole_cents <> 0 and (least_cents >= 0 or most_cents <= 0))
        )
)

select
    (select coalesce(max(classification_id), 0) from core.classifications)
    + row_number() over (order by municipality_code, line_code, stage, category),
    municipality_code,
    'line',
    line_code,
    $methodology,
    '',
    category,
    stage,
    (share::decimal(19, 0) * 0.000000000000000001::decimal(18, 18))::decimal(20, 18),
    '{}',
    $reason,
    'high',
    $author,
    null,
    'draft',
    $recorded_at
from mark

-- Mark lines as the file itself categorises them: one mark per line, year and stage, its parts by
-- category. Where a file states a year and stage more than once, its newest statement counts.
-- Shares are quotients of whole cents, rounded at the 18th decimal: no binary fraction is in between.
-- A category without money is no part beside one that has some. A line is left unmarked where its
-- parts make no share of the whole: their sum is zero, or one of them has the other sign; and where a
-- person has read or approved its mark.
-- $mark_id              number of the change
-- $import_id            import of the file
-- $methodology          methodology whose categories the file uses
-- $author               who accepts the file
-- $reason               sentence that says where the mark comes from
-- $recorded_at          when
-- @batch_versions       one row per fiscal year: the methodology's version that was in force, and
--                       its rule_fingerprint
-- @batch_parts          one row per part of the file: source_file_id, municipality_code, fiscal_year, direction
-- @batch_statements     one row per statement of a part: statement_id, source_file_id, stage, as_of, decision_number
-- @batch_categories     one row per source row and statement with an amount: statement_id, stage,
--                       source_file_id, line_code, category (empty where the file has none), amount
insert into core.classifications
with counting as (
    select
        part.municipality_code,
        part.direction,
        part.fiscal_year,
        statement.stage,
        statement.statement_id
    from batch_statements as statement
    inner join batch_parts as part using (source_file_id)
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
    from batch_categories as incoming
    inner join counting using (statement_id)
    group by all
),

newest as (
    select category.*
    from category
    inner join batch_statements as statement using (statement_id)
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

read_by_a_person as (
    select
        municipality_code,
        direction,
        subject_code,
        from_year,
        stage,
        state
    from core.classifications
    where subject = 'line' and methodology = $methodology
    qualify rank() over (
        partition by municipality_code, direction, subject_code, from_year, stage order by mark_id desc
    ) = 1
)

select
    (select coalesce(max(classification_id), 0) from core.classifications) + row_number() over (
        order by
            covered.municipality_code, covered.line_code, covered.fiscal_year, covered.stage,
            covered.category
    ),
    $mark_id,
    covered.municipality_code,
    covered.direction,
    'line',
    covered.line_code,
    $methodology,
    version.methodology_version,
    covered.category,
    covered.fiscal_year,
    covered.stage,
    (covered.share_from::decimal(19, 0) * 0.000000000000000001::decimal(18, 18))::decimal(20, 18),
    ((covered.share_to - covered.share_from)::decimal(19, 0) * 0.000000000000000001::decimal(18, 18))::decimal(
        20, 18
    ),
    null,
    '{}',
    '',
    $reason,
    'high',
    $author,
    null,
    'draft',
    'import',
    '',
    null,
    $author as recorded_by,
    $recorded_at,
    version.rule_fingerprint,
    $import_id
from covered
inner join batch_versions as version using (fiscal_year)
anti join read_by_a_person as kept
    on kept.municipality_code = covered.municipality_code
        and kept.direction = covered.direction
        and kept.subject_code = covered.line_code
        and kept.from_year = covered.fiscal_year
        and kept.stage = covered.stage
        and kept.state in ('reviewed', 'approved')

-- Mark lines as the file itself categorises them: one mark per line, year and stage, its parts by
-- category, as mart.stated_marks says. What a person decided stays.
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
select
    (select coalesce(max(classification_id), 0) from core.classifications) + row_number() over (
        order by
            stated.municipality_code, stated.line_code, stated.fiscal_year, stated.stage,
            stated.category
    ),
    $mark_id,
    stated.municipality_code,
    stated.direction,
    'line',
    stated.line_code,
    $methodology,
    version.methodology_version,
    stated.category,
    stated.fiscal_year,
    stated.stage,
    stated.share_before,
    stated.amount_share,
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
from mart.stated_marks('batch_parts', 'batch_statements', 'batch_categories', $methodology) as stated
inner join batch_versions as version using (fiscal_year)
where stated.category <> '' and not stated.is_decided

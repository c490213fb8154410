-- Remember what a file says of lines for which a person decided otherwise: somebody settles it.
-- $import_id         import of the file
-- $methodology       methodology whose categories the file uses
-- @batch_versions    one row per fiscal year: the methodology's version that was in force, and its
--                    rule_fingerprint
-- @batch_parts       one row per part of the file: source_file_id, municipality_code, fiscal_year, direction
-- @batch_statements  one row per statement of a part: statement_id, source_file_id, stage, as_of, decision_number
-- @batch_categories  one row per source row and statement with an amount: statement_id, stage,
--                    source_file_id, line_code, category (empty where the file has none), amount
insert into core.stated_otherwise
select
    $import_id,
    stated.municipality_code,
    stated.direction,
    stated.line_code,
    stated.fiscal_year,
    stated.stage,
    $methodology,
    version.methodology_version,
    version.rule_fingerprint,
    stated.category,
    stated.share_before,
    stated.amount_share,
    stated.standing_id,
    null,
    null
from mart.stated_marks('batch_parts', 'batch_statements', 'batch_categories', $methodology) as stated
inner join batch_versions as version using (fiscal_year)
where stated.is_otherwise

-- Remove the municipalities of an import about which nothing else is stored.
-- $import_id  import
delete from core.municipalities
where municipality_code in (
    select municipality_code
    from core.source_files
    where import_id = $import_id
)
and municipality_code not in (
    select municipality_code from core.fiscal_years
    union all
    select municipality_code from core.populations
    union all
    select municipality_code from core.deflators
    union all
    select municipality_code from core.classifications
    union all
    select municipality_code from core.scenarios
    union all
    select municipality_code from core.rule_sets
    union all
    select municipality_code from core.consequences
    union all
    select municipality_code from core.services
    union all
    select municipality_code from core.indicators
    union all
    select municipality_code from core.own_codes
)

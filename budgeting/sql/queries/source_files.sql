-- One row per part of the accepted files of a municipality, newest first.
-- $municipality_code  municipality, or null for all
select
    part.source_file_id,
    part.import_id,
    part.municipality_code,
    coalesce(place.name, part.municipality_code) as municipality_name,
    part.fiscal_year,
    part.direction,
    import.file_name,
    nullif(part.sheet_name, '') as sheet_name,
    import.sha256,
    import.mapping_name,
    import.as_of,
    part.accepted_count,
    import.read_count,
    import.skipped_count,
    import.rejected_count,
    coalesce(finding.acknowledged_count, 0)::bigint as acknowledged_count,
    import.imported_by,
    import.imported_at,
    part.is_undone,
    import.undone_by,
    import.undone_at,
    import.undo_reason
from core.source_files as part
inner join core.imports as import using (import_id)
-- a municipality goes with its last import: left of it is the code
left join core.municipalities as place using (municipality_code)
left join (
    select
        import_id,
        count(*) as acknowledged_count
    from core.import_findings
    where reason is not null
    group by import_id
) as finding using (import_id)
where $municipality_code is null or part.municipality_code = $municipality_code
order by part.source_file_id desc

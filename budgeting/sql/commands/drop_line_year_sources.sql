-- Remove the links from line-years to the rows of an import; the rows themselves stay.
-- $import_id  import
delete from core.line_year_sources
where source_file_id in (
    select source_file_id
    from core.source_files
    where import_id = $import_id
)

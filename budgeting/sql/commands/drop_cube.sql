-- Remove the cube of the years that an import concerns, before it is built again.
-- $import_id  import
delete from mart.cube
where vintage_id in (
    select vintage.vintage_id
    from core.vintages as vintage
    inner join core.source_files as part using (municipality_code, fiscal_year, direction)
    where part.import_id = $import_id
)

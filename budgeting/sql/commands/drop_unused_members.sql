-- Remove the members that are called nothing in any year any more.
-- $import_id  import
delete from core.members
where (municipality_code, direction) in (
    select
        municipality_code,
        direction
    from core.source_files
    where import_id = $import_id
)
and member_id not in (select member_id from core.member_labels)

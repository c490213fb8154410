-- Add the record of an acceptance.
-- $import_id           its number
-- $file_name           name as given
-- $sha256              fingerprint
-- $mapping_name        mapping applied
-- $mapping_sha256      fingerprint of the mapping
-- $mapping_text        the mapping as TOML
-- $as_of               date stated for the file, or null
-- $corrections_name    name of the file of corrected rows, or null
-- $corrections_sha256  its fingerprint, or null
-- $read_count          rows read
-- $accepted_count      rows accepted
-- $skipped_count       rows skipped
-- $rejected_count      rows rejected
-- $printed_totals      JSON
-- $imported_by         who
-- $imported_at         when
insert into core.imports
values (
    $import_id, $file_name, $sha256, $mapping_name, $mapping_sha256, $mapping_text, $as_of,
    $corrections_name, $corrections_sha256, $read_count, $accepted_count, $skipped_count,
    $rejected_count, $printed_totals, $imported_by, $imported_at, null, null, null
)

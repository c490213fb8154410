-- Add the record of an accepted file.
-- $source_file_id     its number
-- $municipality_code  municipality
-- $fiscal_year        fiscal year
-- $direction          expenditure or revenue
-- $file_name          name as given
-- $sha256             fingerprint
-- $mapping_name       mapping applied
-- $mapping_sha256     fingerprint of the mapping
-- $as_of              date stated for the file, or null
-- $header             column names
-- $read_count         rows read
-- $accepted_count     rows accepted
-- $skipped_count      rows skipped
-- $rejected_count     rows rejected
-- $imported_by        who
-- $imported_at        when
insert into core.source_files
values (
    $source_file_id, $municipality_code, $fiscal_year, $direction, $file_name, $sha256,
    $mapping_name, $mapping_sha256, $as_of, $header, $read_count, $accepted_count,
    $skipped_count, $rejected_count, $imported_by, $imported_at
)

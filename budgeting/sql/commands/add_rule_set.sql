-- Add a version of a municipality's rules.
-- $municipality_code  municipality
-- $version            number of the version
-- $note               why
-- $recorded_by        who
-- $recorded_at        when
insert into core.rule_sets
select $municipality_code, $version, $note, $recorded_by, $recorded_at

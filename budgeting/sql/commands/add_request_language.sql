-- Add the language in which a department is asked for data.
-- $municipality_code  municipality
-- $owner              department or person, as the data register names it
-- $version            number of the choice
-- $language           code of the language
-- $recorded_by        who
-- $recorded_at        when
insert into core.request_languages
values ($municipality_code, $owner, $version, $language, $recorded_by, $recorded_at)

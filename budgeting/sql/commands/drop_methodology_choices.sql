-- Remove which methodologies a municipality uses, before they are written anew.
-- $municipality_code  municipality
delete from core.methodology_choices
where municipality_code = $municipality_code

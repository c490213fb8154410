-- Add a municipality's own code to a classification.
-- $municipality_code  municipality
-- $classification     classification that it belongs to
-- $code               code
-- $label              what it is called
-- $parent_code        code that it belongs under, or empty
-- $added_by           who
-- $added_at           when
insert into core.own_codes
values ($municipality_code, $classification, $code, $label, $parent_code, $added_by, $added_at)

-- Add a municipality unless it is known.
-- $municipality_code  its code
-- $name               its name
-- $country_code       ISO 3166-1 alpha-2
-- $is_fictional       whether it is demo data
insert into core.municipalities
values ($municipality_code, $name, $country_code, $is_fictional)
on conflict do nothing

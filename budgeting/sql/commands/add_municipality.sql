-- Add a municipality unless it is known; state the country of one that was stored without.
-- $municipality_code  its code
-- $name               its name
-- $country_code       ISO 3166-1 alpha-2
-- $is_fictional       whether it is demo data
insert into core.municipalities
values ($municipality_code, $name, $country_code, $is_fictional)
on conflict (municipality_code) do update
set country_code = excluded.country_code
where core.municipalities.country_code = 'XX' and not core.municipalities.is_fictional

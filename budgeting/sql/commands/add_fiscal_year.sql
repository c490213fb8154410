-- Add a fiscal year of a municipality unless it is known.
-- $municipality_code  municipality
-- $fiscal_year        fiscal year
-- $currency_code      ISO 4217
insert into core.fiscal_years
values ($municipality_code, $fiscal_year, $currency_code)
on conflict do nothing

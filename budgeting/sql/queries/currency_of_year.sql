-- At most one row: the currency in which a fiscal year is kept.
-- $municipality_code  municipality
-- $fiscal_year        fiscal year
select currency_code
from core.fiscal_years
where municipality_code = $municipality_code and fiscal_year = $fiscal_year

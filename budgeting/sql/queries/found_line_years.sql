-- Line-years in whose label, codes or classifications all words are found.
-- One row per line-year.
-- $municipality_code  municipality
-- $direction          expenditure or revenue
-- $fiscal_year        fiscal year
-- $words              folded words, all of which must be found
select line_year_id
from mart.found_line_years($municipality_code, $direction, $fiscal_year, $fiscal_year, $words)

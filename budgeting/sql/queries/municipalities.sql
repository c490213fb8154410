-- One row per municipality, with the currency of its newest fiscal year.
select
    municipality_code,
    name,
    country_code,
    is_fictional,
    arg_max(currency_code, fiscal_year) as currency_code,
    max(fiscal_year) as newest_fiscal_year
from mart.fiscal_years
group by all
order by is_fictional, name

-- One row per municipality and fiscal year, with currency, residents and price index where known.
select
    municipality_code,
    name,
    country_code,
    is_fictional,
    fiscal_year,
    currency_code,
    people,
    price_index
from mart.fiscal_years
order by is_fictional, max(people) over (partition by municipality_code) desc nulls last, name, fiscal_year

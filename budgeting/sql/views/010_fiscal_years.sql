-- One row per municipality and fiscal year that has amounts.
create or replace view mart.fiscal_years as
select
    municipality.municipality_code,
    municipality.name,
    municipality.country_code,
    municipality.is_fictional,
    fiscal_year.fiscal_year,
    fiscal_year.currency_code,
    population.people,
    deflator.price_index
from core.municipalities as municipality
inner join core.fiscal_years as fiscal_year using (municipality_code)
left join (
    select
        municipality_code,
        year(reference_date) as fiscal_year,
        sum(people)::bigint as people
    from core.populations
    group by municipality_code, reference_date
    qualify row_number() over (
        partition by municipality_code, year(reference_date) order by reference_date
    ) = 1
) as population using (municipality_code, fiscal_year)
left join core.deflators as deflator using (municipality_code, fiscal_year);
comment on view mart.fiscal_years is 'One row per municipality and fiscal year, with residents and price index where known.';

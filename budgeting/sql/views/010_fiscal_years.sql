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
comment on column mart.fiscal_years.municipality_code is 'Municipality.';
comment on column mart.fiscal_years.name is 'Name of the municipality.';
comment on column mart.fiscal_years.country_code is 'ISO 3166-1 alpha-2; XX where fictional.';
comment on column mart.fiscal_years.is_fictional is 'True for demo data.';
comment on column mart.fiscal_years.fiscal_year is 'Fiscal year.';
comment on column mart.fiscal_years.currency_code is 'ISO 4217.';
comment on column mart.fiscal_years.people is 'Residents at the first count of the year; empty where none is entered.';
comment on column mart.fiscal_years.price_index is 'Price index of the year; empty where none is entered.';

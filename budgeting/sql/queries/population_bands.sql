-- One row per sex and age band of the residents of a municipality, at the first count of a year; none
-- where no count of that year is entered.
-- $municipality_code  municipality
-- $fiscal_year        year
select
    reference_date,
    sex,
    age_from,
    age_to,
    sum(people)::bigint as people,
    any_value(source) as source
from core.populations
where municipality_code = $municipality_code
    and reference_date = (
        select min(counted.reference_date)
        from core.populations as counted
        where counted.municipality_code = $municipality_code
            and year(counted.reference_date) = $fiscal_year
    )
group by reference_date, sex, age_from, age_to
order by sex, age_from

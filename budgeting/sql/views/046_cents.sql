-- An exact amount rounded to the cent, a half to the even one, as one value: as Python rounds it.
create or replace macro mart.cents(exact) as (
    case
        when abs(exact - round(exact, 2)) = 0.005 and (round(exact, 2) * 100)::hugeint % 2 <> 0
            then round(exact, 2) - sign(exact) * 0.01
        else round(exact, 2)
    end::decimal(38, 2)
)

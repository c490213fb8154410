-- Remove the cube of a year before it is built again.
-- $municipality_code  municipality
-- $fiscal_year        fiscal year
-- $direction          expenditure or revenue
delete from mart.cube
where vintage_id in (
    select vintage_id
    from core.vintages
    where municipality_code = $municipality_code
        and fiscal_year = $fiscal_year
        and direction = $direction
)

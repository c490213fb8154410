-- One row per service of a municipality as it is now, with the columns of the view.
-- $municipality_code  municipality
select service.*
from mart.services as service
where service.municipality_code = $municipality_code
order by service.service_code

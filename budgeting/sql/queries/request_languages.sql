-- One row per department with the language that was chosen for its data requests.
-- $municipality_code  municipality
select
    owner,
    version,
    language
from core.request_languages
where municipality_code = $municipality_code
qualify version = max(version) over (partition by owner)
order by owner

-- One row: the newest migration that was applied.
select max(version) as version
from core.schema_versions

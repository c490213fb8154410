-- Note who looked at what files say of lines against decisions of persons, and settled it.
-- $municipality_code  municipality
-- $direction          expenditure or revenue
-- $fiscal_year        fiscal year
-- $methodology        methodology
-- $settled_by         who
-- $settled_at         when
-- @batch_lines        one row per line and stage: line_code, stage
update core.stated_otherwise as stated
set
    settled_by = $settled_by,
    settled_at = $settled_at
from batch_lines as line
where stated.line_code = line.line_code
    and stated.stage = line.stage
    and stated.municipality_code = $municipality_code
    and stated.direction = $direction
    and stated.fiscal_year = $fiscal_year
    and stated.methodology = $methodology
    and stated.settled_at is null

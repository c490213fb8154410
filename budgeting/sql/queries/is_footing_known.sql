-- One row: whether a scenario of this database began on these lines at this data version.
-- $municipality_code  municipality
-- $baseline           fingerprint of the lines
-- $data_version       data version
select exists(
    select 1
    from core.scenarios
    where municipality_code = $municipality_code
        and baseline = $baseline
        and data_version = $data_version
) as is_known

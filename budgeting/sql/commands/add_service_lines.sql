-- Add what a version of a service bundles.
-- $service_id   service
-- $version      its version
-- @batch_lines  one row per subject: direction, subject, subject_code, economic_code, amount_share, is_capital
insert into core.service_lines
select
    $service_id,
    $version,
    direction,
    subject,
    subject_code,
    economic_code,
    amount_share,
    is_capital
from batch_lines

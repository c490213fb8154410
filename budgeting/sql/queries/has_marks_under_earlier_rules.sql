-- Whether anything was ever marked under earlier rules of the same version: without it no line is.
-- One row.
-- $methodology  methodology
-- $version      its version
-- $rules        fingerprint of its rules as they are now
select
    exists (
        from core.classifications
        where methodology = $methodology
            and methodology_version = $version
            and rule_fingerprint not in ('', $rules)
    ) as has_any

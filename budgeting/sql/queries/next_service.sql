-- One row: the numbers that the next service, version, answer, need, its version and change of figures get.
select
    (select coalesce(max(service_id), 0) + 1 from core.services)::integer as service_id,
    (select coalesce(max(version), 0) + 1 from core.services)::bigint as version,
    (select coalesce(max(answer_id), 0) + 1 from core.service_answers)::bigint as answer_id,
    (select coalesce(max(need_id), 0) + 1 from core.data_needs)::integer as need_id,
    (select coalesce(max(version), 0) + 1 from core.data_needs)::bigint as need_version,
    (select coalesce(max(change_id), 0) + 1 from core.indicator_figures)::bigint as change_id

-- At most one row: the newest answer to a question about a service and year, also one that took an answer away.
-- $service_id     service
-- $fiscal_year    year
-- $question_code  question
select
    answer_id,
    recorded_by,
    recorded_at
from core.service_answers
where service_id = $service_id and fiscal_year = $fiscal_year and question_code = $question_code
order by answer_id desc
limit 1

-- One row per answer that counts to a question of the 4R method, newest of each service, year and question.
-- $municipality_code  municipality
select
    answer.answer_id,
    answer.service_id,
    answer.fiscal_year,
    answer.question_code,
    answer.answer,
    answer.recorded_by,
    answer.recorded_at
from core.service_answers as answer
where answer.service_id in (
    select service_id from mart.services
    where municipality_code = $municipality_code
)
qualify answer.answer_id = max(answer.answer_id) over (
    partition by answer.service_id, answer.fiscal_year, answer.question_code
)
and answer.answer <> ''
order by answer.service_id, answer.fiscal_year, answer.question_code

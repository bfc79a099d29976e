-- A rep's count of open leads is the number of those that he has and that nobody won or lost.
select r.id as "subject!",
       format('has %s open leads, but counts %s', coalesce(a.open, 0), coalesce(l.open, 0)) as "detail!"
from reps r
left join rep_loads l on l.workspace_id = r.workspace_id and l.rep_id = r.id
left join (
    select rep_id, count(*) as open from assignments
    where workspace_id = $1 and ended_at is null and closed_at is null
    group by rep_id
) a on a.rep_id = r.id
where r.workspace_id = $1 and coalesce(l.open, 0) <> coalesce(a.open, 0)
order by 1 limit $2

-- Every assignment has the one decision that explains it, and every such decision its assignment.
select coalesce(a.id, d.id) as "subject!",
       case
           when d.id is null then 'is an assignment without a decision that assigns'
           when a.id is null then 'is a decision that assigns, but made no assignment'
           else 'is an assignment that differs from its decision'
       end as "detail!"
from (select * from assignments where workspace_id = $1) a
full join (select * from decisions where workspace_id = $1 and outcome = 'assigned') d
    on d.id = a.decision_id
where a.id is null
   or d.id is null
   or a.lead_id <> d.lead_id
   or a.rep_id is distinct from d.rep_id
   or a.pool_id is distinct from d.pool_id
order by 1 limit $2

-- Every lead has exactly one current state, and everything that tells it agrees.
select l.id as "subject!",
       case
           when l.state <> d.outcome
               then format('is %s, but its decision says %s', l.state, d.outcome)
           when d.lead_id <> l.id
               then 'names a decision about another lead'
           when l.state = 'assigned' and a.id is null
               then 'is assigned, but nobody owns it'
           when l.state <> 'assigned' and a.id is not null
               then format('is %s, but somebody owns it', l.state)
           when a.rep_id is distinct from l.rep_id
               then 'names another owner than its assignment'
           else 'has no record of what was received'
       end as "detail!"
from leads l
join decisions d on d.workspace_id = l.workspace_id and d.id = l.decision_id
left join assignments a
    on a.workspace_id = l.workspace_id and a.lead_id = l.id and a.ended_at is null
left join raw_leads r on r.workspace_id = l.workspace_id and r.lead_id = l.id
where l.workspace_id = $1
  and (l.state <> d.outcome
       or d.lead_id <> l.id
       or (l.state = 'assigned') <> (a.id is not null)
       or a.rep_id is distinct from l.rep_id
       or r.lead_id is null)
order by l.id limit $2

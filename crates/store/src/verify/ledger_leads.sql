-- A rep's count in a pool is the number of decisions that gave him the pool's turn, without those whose
-- turn was given back.
with decided as (
    select pool_id, rep_id, count(*) as leads from decisions d
    where workspace_id = $1 and pool_id is not null
      and not exists (
          select from ledger_entries e
          where e.workspace_id = $1 and e.decision_id = d.id and e.cause = 'returned')
    group by pool_id, rep_id
)
select coalesce(b.rep_id, decided.rep_id) as "subject!",
       format('has %s leads in the ledger of pool %s, but %s decisions', coalesce(b.assigned, 0),
              coalesce(b.pool_id, decided.pool_id), coalesce(decided.leads, 0)) as "detail!"
from (select * from ledger_balances where workspace_id = $1) b
full join decided on decided.pool_id = b.pool_id and decided.rep_id = b.rep_id
where coalesce(b.assigned, 0) <> coalesce(decided.leads, 0)
order by 1 limit $2

-- What reps can do and how much they take; how pools share, forgive, repay and overflow.
alter table reps
    add column skills   text[] not null default '{}',
    add column holidays text,               -- A calendar of core's table, such as DE-BY.
    add column cap_hour integer check (cap_hour >= 0),
    add column cap_day  integer check (cap_day >= 0),
    add column cap_week integer check (cap_week >= 0),
    add column cap_open integer check (cap_open >= 0);
grant update (skills, holidays, cap_hour, cap_day, cap_week, cap_open) on reps to lr_app;

alter table pools
    add column skills        text[] not null default '{}',
    add column distribution  text not null default 'weighted_round_robin'
        check (distribution in ('weighted_round_robin', 'least_loaded')),
    add column repay_per_day integer check (repay_per_day >= 0), -- Null forgives absences.
    add column overflow      text not null default 'hold'
        check (overflow in ('hold', 'fallback', 'assign_anyway')),
    add column overflow_pool uuid,
    add column entries       bigint not null default 0, -- Entries of its ledger so far.
    add foreign key (workspace_id, overflow_pool) references pools,
    add check ((overflow = 'fallback') = (overflow_pool is not null));
grant update (skills, distribution, repay_per_day, overflow, overflow_pool, entries) on pools to lr_app;
drop trigger config_changes on pools;
create trigger config_changes
    before insert or delete
        or update of name, skills, distribution, repay_per_day, overflow, overflow_pool on pools
    for each statement execute function bump_config_version();

-- How much a rep has on his hands, on his own clock. The row is made with the rep, so that it can be
-- locked before his first lead.
create table rep_loads (
    workspace_id uuid not null default current_workspace() references workspaces,
    rep_id       uuid not null,
    last_at      timestamptz,               -- Null before his first lead.
    hour         integer not null default 0 check (hour >= 0),
    day          integer not null default 0 check (day >= 0),
    week         integer not null default 0 check (week >= 0),
    open         integer not null default 0 check (open >= 0),
    primary key (workspace_id, rep_id),
    foreign key (workspace_id, rep_id) references reps
);
alter table rep_loads enable row level security, force row level security;
create policy own_workspace on rep_loads using (workspace_id = current_workspace());
grant select, insert, update (last_at, hour, day, week, open) on rep_loads to lr_app;

-- When a lead was won or lost in these hands; until then it is open.
alter table assignments add column closed_at timestamptz;
grant update (closed_at) on assignments to lr_app;
create index open_assignments on assignments (workspace_id, rep_id)
    where ended_at is null and closed_at is null;

alter table ledger_balances
    add column arrears   bigint not null default 0,
    add column repaid_on date,
    add column repaid    integer not null default 0 check (repaid >= 0);
grant update (arrears, repaid_on, repaid) on ledger_balances to lr_app;

-- One row per pool, batch and cause. `seq` counts the pool's entries, `turns` those it took.
alter table ledger_entries rename column entitled to balances;
alter table ledger_entries
    add column arrears bigint[] not null,   -- Parts, beside rep_ids, as `balances` now is.
    drop constraint ledger_entries_cause_check,
    drop constraint ledger_entries_turns_check,
    add check (cause in ('turns', 'absence', 'repay', 'returned', 'taken_away', 'moved')),
    add check (turns >= 0),
    add check (cardinality(rep_ids) = cardinality(arrears));

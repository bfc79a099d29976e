create table sources (
    workspace_id uuid not null default current_workspace() references workspaces,
    id           uuid not null,
    name         text not null check (length(name) between 1 and 100),
    kind         text not null check (kind in ('api', 'import', 'form')),
    primary key (workspace_id, id),
    unique (workspace_id, name)
);
alter table sources enable row level security, force row level security;
create policy own_workspace on sources using (workspace_id = current_workspace());
create policy system_reads on sources for select to lr_system using (true);
grant select, insert on sources to lr_app;
-- A form's address names the form only: finding its workspace crosses workspaces.
grant select (workspace_id, id, kind) on sources to lr_system;
create index forms_by_id on sources (id) where kind = 'form';

-- What lists show and filter by. The whole clean lead is in its decision's snapshot.
create table leads (
    workspace_id uuid not null default current_workspace() references workspaces,
    id           uuid not null,
    source_id    uuid not null,
    received_at  timestamptz not null,
    state        text not null check (state in ('assigned', 'held', 'queued', 'rejected')),
    rep_id       uuid,
    decision_id  uuid not null,             -- The decision that made this state.
    name         text,
    email        text,
    company      text,
    domain       text,
    title        text,
    country      text,
    primary key (workspace_id, id),
    foreign key (workspace_id, source_id) references sources,
    foreign key (workspace_id, rep_id) references reps,
    check ((state = 'assigned') = (rep_id is not null))
);
alter table leads enable row level security, force row level security;
create policy own_workspace on leads using (workspace_id = current_workspace());
create policy system_reads on leads for select to lr_system using (true);
grant select, insert, update (state, rep_id, decision_id) on leads to lr_app;
-- Only to find workspaces whose held leads may be due.
grant select (workspace_id, state) on leads to lr_system;
create index leads_newest on leads (workspace_id, received_at desc, id desc);
create index leads_by_rep on leads (workspace_id, rep_id, received_at desc, id desc);
create index leads_by_state on leads (workspace_id, state, received_at desc, id desc);
create index leads_by_email on leads (workspace_id, email collate "C");
create index leads_held on leads (workspace_id, received_at, id) where state = 'held';

-- The lead as it came, as JSON text; never changed.
create table raw_leads (
    workspace_id uuid not null default current_workspace() references workspaces,
    lead_id      uuid not null,
    body         bytea not null,
    primary key (workspace_id, lead_id),
    foreign key (workspace_id, lead_id) references leads
);
alter table raw_leads enable row level security, force row level security;
create policy own_workspace on raw_leads using (workspace_id = current_workspace());
grant select, insert on raw_leads to lr_app;

create table decisions (
    workspace_id uuid not null default current_workspace() references workspaces,
    id           uuid not null,
    lead_id      uuid not null,
    at           timestamptz not null,
    config_id    uuid not null,
    rule_id      uuid,                      -- Null is the catch-all.
    rule_name    text,                      -- As it was then.
    outcome      text not null check (outcome in ('assigned', 'held', 'queued', 'rejected')),
    rep_id       uuid,
    pool_id      uuid,
    reason       text not null,             -- One sentence; the full why is recomputed.
    snapshot     bytea not null,            -- Lead and ledgers, as core's snapshot.
    decision     bytea not null,            -- The decision, byte for byte what a replay must give.
    primary key (workspace_id, id),
    foreign key (workspace_id, lead_id) references leads,
    foreign key (workspace_id, config_id) references configs,
    foreign key (workspace_id, rep_id) references reps,
    foreign key (workspace_id, pool_id) references pools
);
alter table decisions enable row level security, force row level security;
create policy own_workspace on decisions using (workspace_id = current_workspace());
grant select, insert on decisions to lr_app;
create index decisions_by_lead on decisions (workspace_id, lead_id, at);
create index decisions_newest on decisions (workspace_id, at desc, id desc);
create index decisions_by_rule on decisions (workspace_id, rule_id, at);

alter table leads add constraint leads_decision
    foreign key (workspace_id, decision_id) references decisions deferrable initially deferred;

create table assignments (
    workspace_id uuid not null default current_workspace() references workspaces,
    id           uuid not null,
    lead_id      uuid not null,
    decision_id  uuid not null,
    rep_id       uuid not null,
    pool_id      uuid,
    started_at   timestamptz not null,
    ended_at     timestamptz,
    primary key (workspace_id, id),
    unique (workspace_id, decision_id),
    foreign key (workspace_id, lead_id) references leads,
    foreign key (workspace_id, decision_id) references decisions,
    foreign key (workspace_id, rep_id) references reps,
    foreign key (workspace_id, pool_id) references pools,
    check (ended_at >= started_at)
);
create unique index one_current_assignment on assignments (workspace_id, lead_id)
    where ended_at is null;
alter table assignments enable row level security, force row level security;
create policy own_workspace on assignments using (workspace_id = current_workspace());
grant select, insert, update (ended_at) on assignments to lr_app;
create index assignments_by_lead on assignments (workspace_id, lead_id, started_at);
create index assignments_by_pool on assignments (workspace_id, pool_id, rep_id);

create table outcomes (
    workspace_id uuid not null default current_workspace() references workspaces,
    id           uuid not null,
    lead_id      uuid not null,
    kind         text not null
        check (kind in ('meeting_booked', 'meeting_held', 'no_show', 'won', 'lost')),
    at           timestamptz not null,
    primary key (workspace_id, id),
    foreign key (workspace_id, lead_id) references leads
);
alter table outcomes enable row level security, force row level security;
create policy own_workspace on outcomes using (workspace_id = current_workspace());
grant select, insert on outcomes to lr_app;
create index outcomes_by_lead on outcomes (workspace_id, lead_id, at);

-- Rulesets tried on past leads: asked for by a member, played by a job.
create table backtests (
    workspace_id  uuid not null default current_workspace() references workspaces,
    id            uuid not null,
    asked_by      uuid not null,
    asked_at      timestamptz not null,
    since         timestamptz not null,       -- Leads that came before are left out.
    ruleset       jsonb not null,             -- What is tried, as it was when it was asked for.
    leads_in_all  bigint,                     -- Null before it has begun.
    leads_read    bigint not null default 0,
    ended_at      timestamptz,
    report        jsonb,                      -- What came of it,
    failure       text,                       -- or why nothing did.
    primary key (workspace_id, id),
    foreign key (workspace_id, asked_by) references members,
    check ((ended_at is null) = (report is null and failure is null)),
    check (report is null or failure is null)
);
alter table backtests enable row level security, force row level security;
create policy own_workspace on backtests using (workspace_id = current_workspace());
grant select, insert, update (leads_in_all, leads_read, ended_at, report, failure), delete
    on backtests to lr_app;

-- The wall: every row of a customer carries workspace_id, first in its primary key and in every
-- foreign key; every table forces row security; the application's role sees only the workspace
-- that its transaction has set. Roles lr_app and lr_system are made before migrations run.

-- Null where the setting is missing or empty, so forgetting it shows nothing and writes nothing.
create function current_workspace() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('app.workspace_id', true), '')::uuid;

create table workspaces (
    id             uuid primary key default current_workspace(),
    slug           text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    name           text not null check (length(name) between 1 and 200),
    -- Counts every change of rules, reps, leave or pools, so that a node knows its copy is stale.
    config_version bigint not null default 1,
    created_at     timestamptz not null default now()
);
alter table workspaces enable row level security, force row level security;
create policy own_workspace on workspaces using (id = current_workspace());
create policy system_all on workspaces to lr_system using (true) with check (true);
grant select, insert, update (config_version) on workspaces to lr_app;
grant select on workspaces to lr_system;

-- Held shared by every transaction that decides, and alone by one that changes what decides. A row
-- lock would not do: a stream of sharers lets a writer wait for ever, this lock keeps a queue.
create function config_lock() returns bigint
    language sql stable
    return hashtextextended('config ' || current_workspace()::text, 0);
grant execute on function config_lock() to lr_app;

-- Statement trigger on every table that a decision depends on. It fires before the statement takes
-- any row, so everybody takes this lock first and nobody waits in a circle.
create function bump_config_version() returns trigger
    language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    perform pg_advisory_xact_lock(public.config_lock());
    update public.workspaces set config_version = config_version + 1
    where id = public.current_workspace();
    if not found then
        raise exception 'no workspace is set: app.workspace_id says whose configuration changes';
    end if;
    return null;
end $$;

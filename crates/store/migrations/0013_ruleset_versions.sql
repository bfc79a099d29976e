-- Why a version was published, in its author's words.
alter table rulesets add column note text check (length(note) between 1 and 1000);

-- Drafts stand apart from the versions: saving one changes nothing that decides, so it must neither
-- take a version's number nor make every server read the configuration again.
alter table rulesets drop constraint rulesets_state_check;
alter table rulesets add constraint rulesets_state_check check (state in ('published', 'archived'));

create table ruleset_drafts (
    workspace_id uuid not null default current_workspace() references workspaces,
    id           uuid not null,             -- The id of the version that it becomes.
    author       uuid not null,             -- One draft each.
    based_on     integer not null,          -- The version whose place it wants to take.
    rules        jsonb not null,            -- In order of priority.
    catch_all    jsonb not null,
    updated_at   timestamptz not null,
    primary key (workspace_id, id),
    unique (workspace_id, author),
    foreign key (workspace_id, author) references members,
    foreign key (workspace_id, based_on) references rulesets (workspace_id, version)
);
alter table ruleset_drafts enable row level security, force row level security;
create policy own_workspace on ruleset_drafts using (workspace_id = current_workspace());
grant select, insert, update (based_on, rules, catch_all, updated_at), delete
    on ruleset_drafts to lr_app;

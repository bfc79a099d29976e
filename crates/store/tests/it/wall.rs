//! The wall between workspaces: that it stands, and that every kind of hole in it is named.

use std::fs;
use std::path::Path;

use lr_store::verify::catalogue::{Hole, holes};
use sqlx::{AssertSqlSafe, PgConnection};

/// What is planted, and what must then be said about it: the rule and the object.
const HOLES: [(&str, &str, &str); 27] = [
    (
        "alter table leads no force row level security",
        "row security is not enabled and forced",
        "leads",
    ),
    (
        "alter table decisions disable row level security",
        "row security is not enabled and forced",
        "decisions",
    ),
    (
        "create table notes (id uuid primary key); grant select on notes to lr_app",
        "lr_app reaches a table without workspace_id",
        "notes",
    ),
    (
        "create table notes (id uuid primary key); grant select (id) on notes to lr_app",
        "row security is not enabled and forced",
        "notes",
    ),
    ("alter table users add workspace_id uuid", "workspace_id may be null", "users"),
    (
        "create unique index leads_email on leads (email)",
        "a unique index does not begin with workspace_id",
        "leads_email",
    ),
    (
        "create unique index leads_email on leads (lower(email))",
        "a unique index does not begin with workspace_id",
        "leads_email",
    ),
    (
        "create unique index reps_key on reps (workspace_id, id);
         alter table reps add unique (id);
         alter table leaves add constraint leaves_rep foreign key (rep_id) references reps (id)",
        "a foreign key between workspaces' tables does not begin with workspace_id",
        "leaves_rep on leaves",
    ),
    (
        "create view all_leads as select * from leads; grant select on all_leads to lr_app",
        "lr_app reads a view that is not security_invoker",
        "all_leads",
    ),
    (
        "create materialized view lead_counts as select count(*) from leads;
         grant select on lead_counts to lr_app",
        "lr_app reads a materialised view",
        "lead_counts",
    ),
    (
        "create table events (workspace_id uuid not null, at int) partition by range (at);
         create table events_1 partition of events for values from (1) to (2);
         grant select on events_1 to lr_app",
        "lr_app reads a partition past its table",
        "events_1",
    ),
    (
        "create table old_leads () inherits (leads)",
        "a child table has no row security",
        "old_leads",
    ),
    (
        "create policy generous on leads for select using (true)",
        "a policy lets lr_app see more than its workspace",
        "generous on leads",
    ),
    (
        "create policy generous on leads for insert to lr_app with check (state = 'held')",
        "a policy lets lr_app see more than its workspace",
        "generous on leads",
    ),
    (
        "create policy generous on leads using (workspace_id = current_workspace()
         or current_workspace() is null)",
        "a policy lets lr_app see more than its workspace",
        "generous on leads",
    ),
    (
        "create function leads_of(uuid) returns bigint language sql security definer
         set search_path = pg_catalog, pg_temp as 'select 1::bigint'",
        "a SECURITY DEFINER function is not on the list",
        "public.leads_of",
    ),
    (
        "alter function enqueue_jobs reset search_path",
        "a SECURITY DEFINER function does not pin its search_path",
        "public.enqueue_jobs",
    ),
    (
        "create function peek(text) returns boolean language sql leakproof as 'select true'",
        "a function is marked leakproof",
        "public.peek",
    ),
    (
        "grant execute on function bury_dead_jobs to public",
        "everybody may execute a function",
        "public.bury_dead_jobs",
    ),
    ("grant select on leads to public", "everybody may use a table", "leads"),
    (
        "grant truncate on leads to lr_app",
        "lr_app may empty a table past row security, or refer to it",
        "leads",
    ),
    (
        "grant usage on schema graphile_worker to lr_app",
        "lr_app may use a schema that is not its own",
        "graphile_worker",
    ),
    ("grant create on schema public to lr_app", "lr_app may make objects", "public"),
    ("alter role lr_app bypassrls", "lr_app is, or may become, a role past row security", "lr_app"),
    (
        "create role mighty superuser; grant mighty to lr_system",
        "lr_system is, or may become, a role past row security",
        "mighty",
    ),
    ("alter table leads owner to lr_app", "lr_app owns a table", "leads"),
    (
        "create role reports login bypassrls; grant select on leads to reports",
        "a role that signs in reads workspaces' tables past row security",
        "reports",
    ),
];

/// Fills every table with one row of each workspace, made from the types of its columns. Checks and
/// references are switched off: what a row means does not matter, only whose it is.
const FILL: &str = r"
set local session_replication_role = replica;
do $$
declare
    t record;
    workspace uuid;
begin
    for t in select c.conname, c.conrelid::regclass as name from pg_constraint c
        where c.contype = 'c' and c.connamespace = 'public'::regnamespace
    loop
        execute format('alter table %s drop constraint %I', t.name, t.conname);
    end loop;
    for t in
        select a.attrelid::regclass as name,
            string_agg(quote_ident(a.attname), ', ') as columns,
            string_agg(case
                when a.attname = 'workspace_id' then '$1'
                when a.atttypid = 'uuid'::regtype then 'gen_random_uuid()'
                when a.atttypid = 'timestamptz'::regtype then 'now()'
                when a.atttypid in ('text'::regtype, 'bytea'::regtype) then quote_literal('x')
                when a.atttypid = 'jsonb'::regtype or ty.typcategory = 'A' then quote_literal('{}')
                when a.atttypid = 'boolean'::regtype then 'true'
                else '1' end, ', ') as parts
        from pg_attribute a
        join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
            and c.relnamespace = 'public'::regnamespace
        join pg_type ty on ty.oid = a.atttypid
        where a.attnum > 0 and not a.attisdropped and (a.attnotnull or a.attname = 'workspace_id')
        group by a.attrelid
        having bool_or(a.attname = 'workspace_id')
    loop
        for workspace in select id from workspaces loop
            execute format('insert into %s (%s) values (%s)', t.name, t.columns, t.parts)
                using workspace;
        end loop;
    end loop;
end $$;
set local session_replication_role = origin";

#[tokio::test]
async fn the_schema_has_no_hole() {
    let db = lr_testkit::database().await;
    let found = db.store().system().await.unwrap().holes_in_the_wall().await.unwrap();
    assert_eq!(found, []);
}

#[tokio::test]
async fn every_kind_of_hole_is_named() {
    let db = lr_testkit::database().await;
    let mut owner = db.owner().await;
    for (plant, rule, object) in HOLES {
        // Rolled back, so that no other test meets it: roles belong to the whole server.
        run(&mut owner, "begin").await;
        run(&mut owner, plant).await;
        let found = holes(&mut owner).await.unwrap();
        run(&mut owner, "rollback").await;
        let hole = Hole { rule: rule.to_owned(), object: object.to_owned() };
        assert!(found.contains(&hole), "{plant}\ngave {found:#?}");
    }
}

#[tokio::test]
async fn every_table_shows_its_workspace_alone_and_without_one_nothing() {
    let db = lr_testkit::database().await;
    let [acme, _globex] = db.workspaces().await;
    let mut owner = db.owner().await;
    run(&mut owner, "begin").await;
    run(&mut owner, FILL).await;
    let tables = readable_tables(&mut owner).await;
    assert!(tables.len() > 15, "{tables:?}");
    for table in &tables {
        assert_eq!(count(&mut owner, table).await, 2, "the owner sees both rows of {table}");
    }
    run(&mut owner, "set local role lr_app").await;
    for (workspace, rows) in [("", 0), (&*acme.id.uuid().to_string(), 1)] {
        run(&mut owner, &format!("set local app.workspace_id = '{workspace}'")).await;
        for table in &tables {
            assert_eq!(count(&mut owner, table).await, rows, "{table} for `{workspace}`");
        }
    }
}

#[tokio::test]
async fn a_row_of_another_workspace_can_be_neither_written_nor_taken() {
    let db = lr_testkit::database().await;
    let [acme, globex] = db.workspaces().await;
    let mut app = as_app(&db).await;
    let (ours, theirs) = (acme.id.uuid(), globex.id.uuid());
    run(&mut app, &format!("set app.workspace_id = '{ours}'")).await;
    let insert = "insert into teams (workspace_id, id, name) values";
    run(&mut app, &format!("{insert} ('{ours}', '{ours}', 'Sales')")).await;
    refuse(&mut app, &format!("{insert} ('{theirs}', '{theirs}', 'Sales')"), "42501").await;
    let pool = "insert into pools (workspace_id, id, team_id, name) values";
    run(&mut app, &format!("{pool} ('{ours}', '{ours}', '{ours}', 'East')")).await;
    run(&mut app, &format!("set app.workspace_id = '{theirs}'")).await;
    let reach = format!("{pool} ('{theirs}', '{theirs}', '{ours}', 'East')");
    refuse(&mut app, &reach, "23503").await; // The team is not there, whoever's it is.
}

#[tokio::test]
async fn jobs_can_be_enqueued_by_function_alone_and_for_ones_own_workspace() {
    let db = lr_testkit::database().await;
    let [acme] = db.workspaces().await;
    let mut app = as_app(&db).await;
    let enqueue = "select enqueue_jobs('{errand}', '{null}', '{null}', '{null}', '{1}', '{null}')";
    refuse(&mut app, enqueue, "42501").await;
    run(&mut app, &format!("set app.workspace_id = '{}'", acme.id.uuid())).await;
    run(&mut app, enqueue).await;
    refuse(&mut app, "select * from graphile_worker._private_jobs", "42501").await;
    refuse(&mut app, "select graphile_worker.add_job('errand')", "42501").await;
    refuse(&mut app, "select bury_dead_jobs()", "42501").await;
}

#[tokio::test]
async fn every_query_names_the_workspace_itself_as_well() {
    let db = lr_testkit::database().await;
    let tables = sqlx::query_scalar!(
        r#"select c.relname::text as "name!" from pg_class c join pg_attribute a
            on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'"#
    );
    let tables = tables.fetch_all(&mut db.owner().await).await.unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    for file in fs::read_dir(folder).unwrap() {
        let file = fs::read(file.unwrap().path()).unwrap();
        let file: serde_json::Value = serde_json::from_slice(&file).unwrap();
        let query = file["query"].as_str().unwrap();
        let touches = tables_of(query).any(|table| tables.iter().any(|name| name == table));
        assert!(!touches || query.contains("workspace_id"), "{query}");
    }
}

/// What follows `from`, `join`, `into` and `update`.
fn tables_of(query: &str) -> impl Iterator<Item = &str> {
    let words = query.split(|c: char| !c.is_alphanumeric() && c != '_');
    let mut words = words.filter(|word| !word.is_empty()).peekable();
    std::iter::from_fn(move || {
        let word = words.next()?;
        let leads = ["from", "join", "into", "update"].contains(&word);
        Some(if leads { words.peek().copied().unwrap_or_default() } else { "" })
    })
}

async fn as_app(db: &lr_testkit::TestDb) -> PgConnection {
    let mut connection = db.owner().await;
    run(&mut connection, "set role lr_app").await;
    connection
}

async fn readable_tables(db: &mut PgConnection) -> Vec<String> {
    let tables = sqlx::query_scalar!(
        r#"select relname::text as "name!" from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r'
            and has_any_column_privilege('lr_app', oid, 'select')"#
    );
    tables.fetch_all(db).await.unwrap()
}

async fn count(db: &mut PgConnection, table: &str) -> i64 {
    let count = format!("select count(*) from {table}");
    let row = sqlx::raw_sql(AssertSqlSafe(count)).fetch_one(db).await.unwrap();
    sqlx::Row::get(&row, 0)
}

async fn run(db: &mut PgConnection, sql: &str) {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(db).await;
    done.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

async fn refuse(db: &mut PgConnection, sql: &str, code: &str) {
    let error = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(db).await.unwrap_err();
    assert_eq!(error.as_database_error().unwrap().code().as_deref(), Some(code), "{sql}: {error}");
}

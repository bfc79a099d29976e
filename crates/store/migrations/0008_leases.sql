-- What a worker may do to the job that it holds. It holds a job while `locked_by` is its name: when it
-- seems dead, recovery takes the name away, and from then on none of these does anything.

-- Asked inside the transaction that writes a job's result: no one else can get the job before that
-- transaction ends. Only the job's own workspace may ask.
create function hold_lease(held bigint, holder text) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform from graphile_worker._private_jobs as jobs
    where jobs.id = held and jobs.locked_by = holder
        and (jobs.payload ->> 'workspace')::uuid = public.current_workspace()
    for share;
    return found;
end $$;
grant execute on function hold_lease to lr_app;

-- The queue's own delay is exp(attempts) seconds, whatever the vendor said. Moving the job's time first
-- makes it wait at least as long as it was told to.
create function postpone_job(held bigint, holder text, wait_s double precision) returns void
    language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    update graphile_worker._private_jobs as jobs
    set run_at = greatest(
        jobs.run_at, now() + make_interval(secs => wait_s - exp(least(jobs.attempts, 10))))
    where jobs.id = held and jobs.locked_by = holder;
end $$;
grant execute on function postpone_job to lr_system;

-- The copy that its workspace sees. A second copy of the same job is the same row.
create function give_up_job(held bigint, holder text, reason text) returns void
    language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    insert into public.dead_letters (workspace_id, id, kind, payload, error, attempts)
    select (jobs.payload ->> 'workspace')::uuid, (jobs.payload ->> 'dead_letter')::uuid,
        tasks.identifier, (jobs.payload -> 'job')::jsonb, reason, jobs.attempts
    from graphile_worker._private_jobs as jobs
    join graphile_worker._private_tasks as tasks on tasks.id = jobs.task_id
    where jobs.id = held and jobs.locked_by = holder
    on conflict do nothing;
end $$;
grant execute on function give_up_job to lr_system;

-- Jobs that used up their attempts without being given up, because the database failed just then. One
-- that was replaced under its key is only removed: its replacement does the work.
create function bury_dead_jobs() returns bigint
    language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    buried bigint;
begin
    with dead as (
        delete from graphile_worker._private_jobs as jobs
        where jobs.attempts >= jobs.max_attempts and jobs.locked_at is null
        returning jobs.*, exists (
            select from graphile_worker._private_job_retirements as retired
            where retired.id = jobs.id) as replaced
    ), letters as (
        insert into public.dead_letters (workspace_id, id, kind, payload, error, attempts)
        select (dead.payload ->> 'workspace')::uuid, (dead.payload ->> 'dead_letter')::uuid,
            tasks.identifier, (dead.payload -> 'job')::jsonb,
            coalesce(dead.last_error, 'it was interrupted too often'), dead.attempts
        from dead join graphile_worker._private_tasks as tasks on tasks.id = dead.task_id
        where not dead.replaced
        on conflict do nothing
        returning 1
    )
    select count(*) into buried from letters;
    return buried;
end $$;
grant execute on function bury_dead_jobs to lr_system;

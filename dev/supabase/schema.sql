-- The example table, written as Supabase's and Clerk's guides write it: it runs unchanged on a hosted project.

create table public.tasks (
  id uuid primary key default gen_random_uuid(),
  -- A Clerk user id such as user_2abc… is no UUID, so auth.uid() cannot be used.
  user_id text not null default (auth.jwt()->>'sub'),
  title text not null,
  done boolean not null default false,
  created_at timestamptz not null default now()
);

-- Every query is narrowed to one user by the policies below and read newest first.
create index tasks_user_id_created_at_id_idx on public.tasks (user_id, created_at desc, id desc);

alter table public.tasks enable row level security;

-- The subselect lets Postgres read the token once per statement instead of once per row.
create policy "Users read their own tasks" on public.tasks
  for select to authenticated
  using ((select auth.jwt()->>'sub') = user_id);

create policy "Users add tasks of their own" on public.tasks
  for insert to authenticated
  with check ((select auth.jwt()->>'sub') = user_id);

create policy "Users change their own tasks" on public.tasks
  for update to authenticated
  using ((select auth.jwt()->>'sub') = user_id)
  with check ((select auth.jwt()->>'sub') = user_id);

create policy "Users delete their own tasks" on public.tasks
  for delete to authenticated
  using ((select auth.jwt()->>'sub') = user_id);

-- No policy names anon: an anonymous caller may ask and sees no row.
grant select on public.tasks to anon;
grant select, insert, update, delete on public.tasks to authenticated;

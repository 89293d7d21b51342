import { PostgrestClient } from '@supabase/postgrest-js';
import { supabase } from './config.mjs';

/** A page of tasks as edges, asked for with the caller's own token. */
export async function taskEdges(token, first) {
  const client = new PostgrestClient(`${supabase.url}/rest/v1`, {
    headers: { apikey: supabase.anonKey, authorization: `Bearer ${token}` },
  });
  const { data, error } = await client
    .from('tasks')
    .select('id,title,done,project_id,created_at')
    .order('created_at', { ascending: false })
    .limit(first);
  if (error !== null) throw new Error(error.message);
  return data.map(({ id, title, done, project_id, created_at }) => ({
    node: { id, title, done, projectId: project_id, createdAt: created_at },
  }));
}

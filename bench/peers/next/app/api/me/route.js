import { auth } from '@clerk/nextjs/server';

/** What a first handler with Clerk looks like. */
export async function GET() {
  const { userId } = await auth();
  return userId === null
    ? Response.json({ error: 'Unauthorized' }, { status: 401 })
    : Response.json({ userId });
}

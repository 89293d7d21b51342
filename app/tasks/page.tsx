import { auth } from '@clerk/nextjs/server';
import type { Metadata } from 'next';
import { ApolloProvider } from '../components/apollo-provider';
import { LoadingTasks } from './loading-tasks';
import { Tasks } from './tasks';

export const metadata: Metadata = { title: 'Tasks · Gatehouse' };

export default async function TasksPage() {
  const { userId, redirectToSignIn } = await auth();
  if (userId === null) return redirectToSignIn();
  return (
    <main className="page">
      <ApolloProvider loading={<LoadingTasks />}>
        <Tasks />
      </ApolloProvider>
    </main>
  );
}

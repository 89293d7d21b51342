import { auth } from '@clerk/nextjs/server';
import type { Metadata } from 'next';
import { UrqlProvider } from '../components/urql-provider';
import { LoadingProfile } from './loading-profile';
import { Profile } from './profile';

export const metadata: Metadata = { title: 'Profile · Gatehouse' };

export default async function ProfilePage() {
  const { userId, redirectToSignIn } = await auth();
  if (userId === null) return redirectToSignIn();
  return (
    <main className="page">
      <UrqlProvider loading={<LoadingProfile />}>
        <Profile />
      </UrqlProvider>
    </main>
  );
}

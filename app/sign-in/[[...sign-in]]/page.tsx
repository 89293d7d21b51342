import { SignIn } from '@clerk/nextjs';
import type { Metadata } from 'next';
import { AuthCard } from '../../components/auth-card';

export const metadata: Metadata = { title: 'Sign in · Gatehouse' };

export default function SignInPage() {
  return (
    <AuthCard title="Sign in">
      <SignIn />
    </AuthCard>
  );
}

import { SignUp } from '@clerk/nextjs';
import type { Metadata } from 'next';
import { AuthCard } from '../../components/auth-card';

export const metadata: Metadata = { title: 'Sign up · Gatehouse' };

export default function SignUpPage() {
  return (
    <AuthCard title="Sign up">
      <SignUp />
    </AuthCard>
  );
}

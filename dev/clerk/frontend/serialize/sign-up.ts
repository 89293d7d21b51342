import type { Session, SignUpAttempt } from '../../state';

/** What a sign-up still lacks. */
export function missingFields({ email, passwordHash, firstName, lastName }: SignUpAttempt): string[] {
  const fields = {
    email_address: email,
    password: passwordHash,
    first_name: firstName,
    last_name: lastName,
  };
  return Object.entries(fields).flatMap(([field, value]) => (value === null ? [field] : []));
}

/** A sign-up in the middle. */
export function pendingSignUpJson(attempt: SignUpAttempt) {
  return signUpJson(attempt, {
    status: 'missing_requirements',
    unverified_fields: attempt.email === null ? [] : ['email_address'],
    created_session_id: null,
    created_user_id: null,
  });
}

/** A sign-up that has led to a user and a session. */
export function completeSignUpJson(attempt: SignUpAttempt, { id, userId }: Session) {
  return signUpJson(attempt, {
    status: 'complete',
    unverified_fields: [],
    created_session_id: id,
    created_user_id: userId,
  });
}

interface Progress {
  readonly status: 'missing_requirements' | 'complete';
  readonly unverified_fields: readonly string[];
  readonly created_session_id: string | null;
  readonly created_user_id: string | null;
}

function signUpJson(attempt: SignUpAttempt, progress: Progress) {
  return {
    object: 'sign_up',
    id: attempt.id,
    ...progress,
    required_fields: ['email_address', 'password', 'first_name', 'last_name'],
    optional_fields: [],
    missing_fields: missingFields(attempt),
    username: null,
    first_name: attempt.firstName,
    last_name: attempt.lastName,
    email_address: attempt.email,
    phone_number: null,
    web3_wallet: null,
    external_account: null,
    external_account_strategy: null,
    has_password: attempt.passwordHash !== null,
    unsafe_metadata: attempt.unsafeMetadata,
    verifications: {
      email_address: emailVerification(attempt, progress),
      phone_number: null,
      web3_wallet: null,
      external_account: null,
    },
    abandon_at: null,
    legal_accepted_at: null,
    locale: null,
  };
}

function emailVerification({ email, codeSent }: SignUpAttempt, { status }: Progress) {
  if (email === null) return null;
  return {
    object: 'verification_email_code',
    status: status === 'complete' ? 'verified' : 'unverified',
    // Null until a code has been sent: the components send one themselves when they see it.
    strategy: codeSent ? 'email_code' : null,
    attempts: codeSent ? 0 : null,
    expire_at: null,
    next_action: codeSent ? 'needs_attempt' : 'needs_prepare',
    supported_strategies: ['email_code'],
  };
}

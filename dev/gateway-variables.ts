import type { LocalClerk } from './clerk';

/** Origin that tokens are issued for. */
export const APP_URL = 'http://localhost:3000';

/** Variables that configure a gateway in front of a local Clerk, and of whatever stands in for Supabase. */
export function gatewayVariables(
  clerk: LocalClerk,
  supabase: { readonly url: string; readonly anonKey: string },
) {
  return {
    CLERK_SECRET_KEY: clerk.secretKey,
    NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: clerk.publishableKey,
    CLERK_JWT_KEY: clerk.jwtKey,
    CLERK_API_URL: clerk.url,
    SUPABASE_URL: supabase.url,
    SUPABASE_ANON_KEY: supabase.anonKey,
    GATEWAY_URL: APP_URL,
  };
}

/** JWTs; Clerk's secret keys, API keys, machine and OAuth tokens; Supabase's secret keys; webhook secrets. */
const SECRETS =
  /eyJ[\w-]+\.[\w-]*\.?[\w-]*|\b(?:sk|ak|mt|oat|whsec)_[\w+/=-]{8,}|\bsb_secret_[\w-]+|\b(bearer|basic) +[\w\-.~+/=]{8,}/gi;

/** A text in which everything that looks like a token or a key is replaced. */
export function scrub(text: string): string {
  return text.replace(SECRETS, '[redacted]');
}

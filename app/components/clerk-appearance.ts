/** Clerk's components in our colours. Custom properties follow the colour scheme by themselves. */
export const CLERK_APPEARANCE = {
  variables: {
    colorPrimary: 'var(--gate)',
    colorPrimaryForeground: 'var(--on-gate)',
    colorForeground: 'var(--text)',
    colorMutedForeground: 'var(--muted)',
    colorMuted: 'var(--sunken)',
    colorBackground: 'var(--surface)',
    colorInput: 'var(--surface)',
    colorInputForeground: 'var(--text)',
    colorNeutral: 'var(--text)',
    colorDanger: 'var(--danger)',
    colorWarning: 'var(--warning)',
    colorSuccess: 'var(--gate)',
    colorRing: 'var(--gate)',
    fontFamily: 'inherit',
    fontFamilyMono: 'var(--mono)',
    borderRadius: '4px',
  },
} as const;

/** Without names of its own the button is called what stands on it, the organization, as whoever speaks to it expects. */
export const CLERK_TEXTS = {
  organizationSwitcher: { action__openOrganizationSwitcher: '', action__closeOrganizationSwitcher: '' },
};

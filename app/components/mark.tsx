/** The gate with its portcullis half way up. Decoration: the name stands next to it. */
export function Mark({ className }: { readonly className?: string | undefined }) {
  return (
    <svg
      className={className}
      viewBox="0 0 32 32"
      width="26"
      height="26"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.75"
      strokeLinecap="square"
      aria-hidden="true"
    >
      <path d="M4.5 28V14.5a11.5 11.5 0 0 1 23 0V28" />
      <path d="M11 11v11.5M16 8.5V26M21 11v11.5M8.5 16.5h15" strokeWidth="2.25" />
    </svg>
  );
}

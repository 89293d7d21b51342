/** @param name whose tasks they are; undefined while that is not known. */
export function Heading({ name }: { readonly name?: string | null | undefined }) {
  return (
    <>
      <h1>{name ? `${name}'s tasks` : 'Your tasks'}</h1>
      <p className="lede">
        Rows of a table in Supabase. The gateway asks with your own token, and the table’s rules decide what
        you see.
      </p>
    </>
  );
}

/** The head of the page, the same while it loads. */
export function Heading() {
  return (
    <>
      <h1>Profile</h1>
      <p className="lede">
        Who the gateway takes you for. What is read from your session token costs no call; your names and your
        address together cost one.
      </p>
    </>
  );
}

/** Placeholder of the room; replaced by the room itself. */
export default function Room() {
  return <main id="main">lab</main>;
}

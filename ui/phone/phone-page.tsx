export default function PhonePage() {
  return <p>…</p>;
}

export default function CasePage() {
  return <p>…</p>;
}

export default function CasesPage() {
  return <p>…</p>;
}

// Whether the server on this machine is ready to serve (`/readyz`): exit code 0 or 1, as a container's health check wants it.
const port = process.env.PORT || '3000';
try {
  const { status } = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(4_000) });
  process.exitCode = status === 200 ? 0 : 1;
} catch {
  process.exitCode = 1;
}

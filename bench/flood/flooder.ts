/** Floods a server with log-ins while it is told to: so many a second, whatever becomes of them, each from another address. */
const [url = '', rate = '200'] = process.argv.slice(2);
const every = 10;
let timer: NodeJS.Timeout | null = null;
let sent = 0;

function logIn(): void {
  sent += 1;
  const address = `10.${(sent >> 16) & 255}.${(sent >> 8) & 255}.${sent & 255}`;
  void fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, 'x-forwarded-for': address },
    body: JSON.stringify({ account: `nobody-${sent}`, password: `guess-${sent}` }),
  })
    .then((answer) => answer.arrayBuffer())
    .catch(() => undefined);
}

process.on('message', (word) => {
  if (word === 'start')
    timer ??= setInterval(() => Array.from({ length: (Number(rate) * every) / 1000 }).forEach(logIn), every);
  if (word === 'stop' && timer) {
    clearInterval(timer);
    timer = null;
    process.send?.({ sent });
  }
});
process.on('disconnect', () => process.exit(0));

// An S3 server of others, in a process of its own: `node s3-server.mjs FOLDER PORT BUCKET…`. Says `ready` when it listens.
import S3rver from '@20minutes/s3rver';

const [directory, port, ...buckets] = process.argv.slice(2);
const server = new S3rver({
  address: '127.0.0.1',
  port: Number(port),
  directory,
  silent: true,
  resetOnClose: false,
  // Its access key is S3RVER, its secret S3RVER.
  configureBuckets: buckets.map((name) => ({ name })),
});
await server.run();
process.stdout.write('ready\n');

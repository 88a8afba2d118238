import { askServer } from '../admin/socket.ts';
import { ConfigError, readConfig } from '../config.ts';
import { moveFiles as moveAll } from '../files/move-files.ts';
import { openBucket } from '../files/s3/open.ts';
import { MovedAway } from '../store/moving.ts';
import { openOwn } from '../store/open.ts';

/** `certflow move --files`: uploaded files alone. @returns the exit code; what it cannot do is thrown */
export async function moveFiles(to: 's3' | 'store'): Promise<number> {
  const config = readConfig({ ...process.env, FILES: 's3' });
  if (config.objects === null) throw new ConfigError('S3_ENDPOINT and S3_BUCKET are needed');
  if (await askServer(config.dataDir, { kind: 'definition', name: '' }).catch(() => true))
    throw new MovedAway('服务正在运行，请先停止它');
  const bucket = await openBucket(config.objects);
  const own = await openOwn(config, {
    onFatal(message) {
      // Runs into nothing that could be lost: a move is begun again.
      console.error(`存储出错：${message}`);
      process.exit(74);
    },
  });
  try {
    const { files, bytes, kept } = await moveAll(own, bucket, to, (line) => console.log(line));
    const [from, there] = to === 's3' ? [own.files, bucket.files] : [bucket.files, own.files];
    console.log(`已把 ${files} 个上传的文件（${Math.ceil(bytes / 1_000_000)} MB）从 ${from.title} 搬到 ${there.title}`);
    if (kept > 0) console.log(`其中 ${kept} 个是上次已经搬好的`);
    console.log(to === 's3' ? '请用 FILES=s3 启动' : '请不带 FILES（或 FILES=store）启动');
    return 0;
  } finally {
    await own.store.close();
  }
}

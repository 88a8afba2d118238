/**
 * No word of a business or an institution may stand in the TypeScript of the engine, the server and the pages: whatever one
 * process needs is said in workflows/ and forms/. Connectors and their sandboxes know their own protocol and are left out.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const rooms = ['engine', 'server', 'ui'];
const leftOut = ['server/connectors/', 'server/sandbox/', '/dist/', '/generated/'];

/** Words of the processes in workflows/. `\b` counts letters only, so that `legalRepName` is found by `legalRep`. */
const words: readonly RegExp[] = [
  /certificate/i,
  /证书/,
  /法人/,
  /经办人/,
  /营业执照/,
  /执照副本/,
  /档案副本/,
  /申请表/,
  /随机码/,
  /金融认证/,
  /打款/,
  /退费/,
  /发票/,
  /邮寄/,
  /签收/,
  /legal-?rep/i,
  /\bagent(Verified|Id|Qr|Auth|Tries)\b/,
  /micro-?deposit/i,
  /licen[cs]e-?copy/i,
  /szmg|szca|深圳|inner-?mongolia|内蒙古|weigu|维谷|everbright|光大环境|shenzhen/i,
  /facts\.\w*(paid|signed|approved)/,
];

/** Lines that use such a word in another sense: `<file>:<the line, trimmed>`. */
const allowed: readonly { readonly file: RegExp; readonly line: RegExp }[] = [
  // The name of the product's own word for a transport certificate.
  { file: /^server\/(config|app|main)\.ts$/, line: /TLS certificate/i },
  // X.509's own word, on the page that reads any signature. What else a business knows may not stand there either.
  { file: /^ui\/hall\/signature\//, line: /^(?!.*(法人|经办人|申请表|随机码|发票)).*(certificate|证书)/i },
];

function* typescript(folder: string): Generator<string> {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (name === 'node_modules' || name === 'dist') continue;
    if (statSync(path).isDirectory()) yield* typescript(path);
    else if (/\.tsx?$/.test(name)) yield path;
  }
}

let seen = 0;
const found: string[] = [];
for (const room of rooms) {
  for (const path of typescript(join(root, room))) {
    const file = relative(root, path).replaceAll('\\', '/');
    if (leftOut.some((part) => file.includes(part) || file.startsWith(part))) continue;
    seen += 1;
    const lines = readFileSync(path, 'utf8').split('\n');
    for (const [index, line] of lines.entries()) {
      const word = words.find((pattern) => pattern.test(line));
      if (word === undefined || allowed.some((one) => one.file.test(file) && one.line.test(line))) continue;
      found.push(`${file}:${index + 1}: ${word.exec(line)?.[0]}: ${line.trim().slice(0, 120)}`);
    }
  }
}

// A gate that saw nothing has proved nothing.
if (seen < 3) found.push(`only ${seen} files were searched`);
for (const line of found) console.error(line);
console.log(`${seen} files searched, ${found.length} words of a business found`);
if (found.length > 0) console.error('Move what one business needs into workflows/ or forms/, or use a neutral word.');
process.exitCode = found.length === 0 ? 0 : 1;

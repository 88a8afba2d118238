import { type FormEvent, useState } from 'react';
import '../own-form.css';
import './signature.css';
import { isoDate, shortDateTime } from '../../app/format.ts';
import { Icon } from '../../app/icon.tsx';
import { now } from '../../app/now.ts';
import { PageTitle } from '../../app/parts/page-title.tsx';
import { dictionary } from '../../app/texts/dictionary.ts';
import { useTexts } from '../../app/texts/index.ts';
import { readSignature, type Signature, type Signer } from './verify.ts';

type Result =
  | { readonly kind: 'read'; readonly signature: Signature }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable' };

/** A signature and the file that it belongs to: who signed, until when the certificate holds, whether the file was changed. */
export default function SignaturePage() {
  useTexts();
  const [signature, setSignature] = useState<File | null>(null);
  const [content, setContent] = useState<File | null>(null);
  const [result, setResult] = useState<Result | null>(null);

  const verify = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!signature) return setResult({ kind: 'none' });
    const bytes = async (file: File) => new Uint8Array(await file.arrayBuffer());
    const read = await readSignature(await bytes(signature), content && (await bytes(content)), now()).catch(
      () => null,
    );
    setResult(read ? { kind: 'read', signature: read } : { kind: 'unreadable' });
  };
  const choose = (set: (file: File | null) => void) => (file: File | null) => {
    set(file);
    setResult(null);
  };
  return (
    <div className="page signature">
      <PageTitle title={say('title')}>{say('title')}</PageTitle>
      <p className="lead">{say('lead')}</p>
      <form className="panel" onSubmit={(event) => void verify(event)} noValidate>
        <Choice id="signature" label={say('signature')} hint={say('signatureHint')} onChoose={choose(setSignature)} />
        <Choice id="content" label={say('content')} hint={say('contentHint')} onChoose={choose(setContent)} />
        <button type="submit" className="btn primary">
          {say('verify')}
        </button>
      </form>
      <div aria-live="polite">
        {result?.kind === 'none' && <Problem text={say('needFile')} />}
        {result?.kind === 'unreadable' && <Problem text={say('unreadable')} />}
        {result?.kind === 'read' &&
          result.signature.signers.map((signer) => (
            <SignerPanel key={signer.serial} signer={signer} kind={result.signature.kind} />
          ))}
      </div>
      <p className="small muted limits">{say('limits')}</p>
    </div>
  );
}

function Choice(props: {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly onChoose: (file: File | null) => void;
}) {
  return (
    <div className="tf">
      <label htmlFor={props.id}>{props.label}</label>
      <p className="tf-hint" id={`${props.id}-hint`}>
        {props.hint}
      </p>
      <input
        id={props.id}
        type="file"
        aria-describedby={`${props.id}-hint`}
        onChange={(event) => props.onChoose(event.currentTarget.files?.[0] ?? null)}
      />
    </div>
  );
}

function Problem({ text }: { readonly text: string }) {
  return (
    <p className="note err" role="alert">
      <Icon name="alert" />
      <span>{text}</span>
    </p>
  );
}

function SignerPanel({ signer, kind }: { readonly signer: Signer; readonly kind: Signature['kind'] }) {
  const at = now();
  const good = signer.content === 'intact';
  return (
    <section className="panel" aria-label={say('result')}>
      <p className={good ? 'note ok' : signer.content === 'changed' ? 'note err' : 'note warn'}>
        <Icon name={good ? 'check' : signer.content === 'changed' ? 'alert' : 'warn'} />
        <span className="strong">{say(signer.content)}</span>
      </p>
      {signer.dates !== 'valid' && (
        <p className="note warn">
          <Icon name="warn" />
          <span>{say(signer.dates)}</span>
        </p>
      )}
      {signer.issuer === signer.subject && (
        <p className="note warn">
          <Icon name="warn" />
          <span>{say('selfSigned')}</span>
        </p>
      )}
      <dl className="kv">
        <dt>{say('subject')}</dt>
        <dd lang="zh-CN">{signer.subject}</dd>
        <dt>{say('issuer')}</dt>
        <dd lang="zh-CN">{signer.issuer}</dd>
        <dt>{say('serial')}</dt>
        <dd className="num">{signer.serial}</dd>
        <dt>{say('dates')}</dt>
        <dd className="num">{say('span', { from: isoDate(signer.validFrom), to: isoDate(signer.validTo) })}</dd>
        <dt>{say('signedAt')}</dt>
        <dd className="num">
          {signer.signedAt === null ? say('notSaid') : say('clock', { at: shortDateTime(signer.signedAt, at) })}
        </dd>
        <dt>{say('kind')}</dt>
        <dd>{say(kind)}</dd>
      </dl>
    </section>
  );
}

const say = dictionary(
  {
    title: '签名验证',
    lead: '选择 PKCS#7 签名文件（p7s、p7m、p7b 或 PEM），看是谁签的、证书有效期，以及内容签名后有没有被改过。文件只在您的浏览器里处理，不会上传。',
    signature: '签名文件',
    signatureHint: 'DER、PEM 或 Base64 都可以',
    content: '签名的原文（选填）',
    contentHint: '签名文件里不含原文时选择，例如标书文件',
    verify: '验证',
    needFile: '请先选择签名文件。',
    unreadable: '这不是能识别的 PKCS#7 签名，或者里面没有签名人的证书。请选择签名工具生成的文件。',
    result: '验证结果',
    intact: '签名有效，内容没有被改过',
    changed: '内容与签名不一致：内容在签名后改过，或者不是这份签名的原文',
    'no-content': '签名文件里没有原文，请选择签名的原文再验证',
    unsupported: '签名用的算法浏览器不支持（例如国密 SM2），请用证书工具验证',
    early: '证书还没有生效',
    expired: '证书已过有效期。签名时是否有效，请看签名时间',
    subject: '签名人',
    issuer: '颁发者',
    serial: '证书序列号',
    dates: '证书有效期',
    span: '{from} 至 {to}',
    signedAt: '签名时间',
    clock: '{at}（签名人电脑上的时间）',
    selfSigned: '证书是签名人自己签发的，不能证明签名人的身份',
    notSaid: '没有写明',
    kind: '签名方式',
    attached: '含原文',
    detached: '不含原文',
    limits: '这里不判断颁发者是否可信，也不查询证书是否已经吊销。需要有法律效力的结论，请向证书的颁发机构申请验证。',
  },
  {
    title: 'Verify a signature',
    lead: 'Choose a PKCS#7 signature (p7s, p7m, p7b or PEM) to see who signed, until when the certificate holds, and whether the content was changed since. The files are read in your browser only and are not sent anywhere.',
    signature: 'Signature file',
    signatureHint: 'DER, PEM or Base64',
    content: 'Signed file (optional)',
    contentHint: 'When the signature does not hold it, for example a bid',
    verify: 'Verify',
    needFile: 'Choose a signature file first.',
    unreadable:
      'This is no PKCS#7 signature that can be read, or the signer’s certificate is not in it. Choose the file that the signing tool made.',
    result: 'Result',
    intact: 'The signature is valid; the content was not changed',
    changed: 'The content does not fit the signature: it was changed since, or it is not what was signed',
    'no-content': 'The signature does not hold the content; choose the signed file as well',
    unsupported: 'Browsers do not know the algorithm of this signature (for example SM2); use the certificate tool',
    early: 'The certificate is not valid yet',
    expired: 'The certificate has expired. Whether it was valid then is told by the time of signing',
    subject: 'Signer',
    issuer: 'Issuer',
    serial: 'Serial number',
    dates: 'Certificate valid',
    span: '{from} to {to}',
    signedAt: 'Signed at',
    clock: '{at} (by the signer’s clock)',
    selfSigned: 'The signer issued the certificate; it proves nobody’s identity',
    notSaid: 'not said',
    kind: 'Kind',
    attached: 'holds the content',
    detached: 'without the content',
    limits:
      'Nothing here says whether the issuer can be trusted or has revoked the certificate. For a binding answer ask the issuing authority.',
  },
);

import { type Html, html } from './html.ts';

/** Pictures to upload while trying things out; what stands on them, the sandbox's recogniser can read. */
export function samples(files: readonly string[]): Html {
  const pictures = files.filter((file) => /\.(png|jpg)$/.test(file)).sort();
  return html`<div><h1>样张</h1><p class="lead">试用时上传这些图片。人名、单位和号码都是虚构的，沙盒能识别上面的内容。</p></div>
<ul class="samples">${pictures.map(
    (file) =>
      html`<li><a href="/sandbox/samples/files/${file}" download><img src="/sandbox/samples/files/${file}" alt="" loading="lazy"><span>${title(file)}</span></a></li>`,
  )}</ul>`;
}

function title(file: string): string {
  return file.replace(/\.\w+$/, '').replaceAll('-', ' ');
}

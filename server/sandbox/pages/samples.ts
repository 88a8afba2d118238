import pictures from '../samples/samples.json' with { type: 'json' };
import { type Html, html } from './html.ts';
import type { Speech } from './words.ts';

/** Pictures to upload while trying things out; what stands on them, the sandbox's recogniser can read. */
export function samples({ say }: Speech): Html {
  return html`<div><h1>${say('样张')}</h1><p class="lead">${say('试用时上传这些图片。人名、单位和号码都是虚构的，沙盒能识别上面的内容。')}</p></div>
<ul class="samples">${pictures.map(
    ({ file, title, fields }) =>
      html`<li><a href="/sandbox/samples/files/${file}" download><img src="/sandbox/samples/files/${file}" alt="" loading="lazy"><span>${title}</span></a><p class="small muted">${Object.values(fields).join(' ')}</p></li>`,
  )}</ul>`;
}

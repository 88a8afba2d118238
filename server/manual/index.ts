import { manualOf } from '../../engine/manual/index.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { objectIn } from '../json.ts';
import { walkAccidents } from './accident-walk.ts';
import { browserPath, launch } from './browser.ts';
import { startHall } from './hall.ts';
import { paperOf } from './paper.ts';
import { type Shot, walk } from './walk.ts';

export { ManualTrouble } from './trouble.ts';

export interface Pictured {
  readonly pdf: Buffer;
  readonly shots: readonly Shot[];
}

/**
 * The operation manual of a project as a PDF with pictures: a hall of its own is started on the folder's definitions, and walked in
 * a browser as an applicant would. @throws ManualTrouble when there is no browser, or the walk comes to a stop
 * @param definitionsDir the folder with `workflows/` and `forms/` @param date `YYYY-MM-DD`, for the cover
 */
export async function picturedManual(
  definition: Definition,
  definitionsDir: string,
  date: string,
  say: (line: string) => void,
): Promise<Pictured> {
  // Asked for before anything is started.
  const browser = await launch(browserPath());
  try {
    const hall = await startHall(definitionsDir);
    try {
      const usual = await walk(browser, hall.url, definition, say);
      const shots = [...usual, ...(await walkAccidents(browser, hall.url, definition, say))];
      const { brand, support } = objectIn(definition.content.hall);
      const imprint = {
        hall: String(objectIn(brand).name ?? ''),
        hotline: String(objectIn(support).hotline ?? ''),
        release: definition.hash,
        date,
      };
      return { pdf: await paperOf(manualOf(definition), shots, imprint), shots };
    } finally {
      await hall.stop();
    }
  } finally {
    await browser.close();
  }
}

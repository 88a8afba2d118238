import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openWindow, phone, useBrowser } from './support/browser.ts';
import { journeyToReview } from './support/journey.ts';
import { demoPassword } from './support/people.ts';
import { useServer } from './support/server.ts';
import { accessProblems } from './support/workbench.ts';

/** Desk, studio and lab on a narrow screen, or zoomed in: one column, nothing wider than the screen (WCAG 1.4.10). */
const browser = useBrowser();
const { server, world } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

describe.each([phone, { width: 720, height: 450 }])('rooms of $width px', (viewport) => {
  it('fit, and axe finds nothing', async () => {
    const journey = await journeyToReview(server.url, world);
    await journey.claim();
    const rooms = {
      reviewer: ['/desk?view=mine', `/desk/${journey.id}`],
      admin: ['/studio', '/studio/szmg'],
      tester: ['/lab', '/lab?project=szmg'],
    };
    for (const [account, paths] of Object.entries(rooms)) {
      const { page, context, troubles } = await openWindow(browser(), server.url, { viewport });
      const data = { account, password: demoPassword };
      await context.request.post(`${server.url}/api/session`, { data, headers: { origin: server.url } });
      for (const path of paths) {
        await page.goto(path);
        await page.locator('table, .desk, .studio, .lab, .plainlist').first().waitFor();
        const wider = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth - Math.min(clientWidth, screen.width);
        });
        expect(wider, `${path} is wider than the screen by`).toBeLessThanOrEqual(0);
        expect(await accessProblems(page, axe), path).toEqual([]);
      }
      expect(troubles).toEqual([]);
      await context.close();
    }
  });
});

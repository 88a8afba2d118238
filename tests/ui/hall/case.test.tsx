import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { OfferView, StepView, TimelineView, WaitingView } from '../../../engine/contract/view.ts';
import { CaseNumber } from '../../../ui/app/parts/case-number.tsx';
import { StatusTag } from '../../../ui/app/parts/status-tag.tsx';
import { readArticle } from '../../../ui/hall/article.tsx';
import { mainOffers, reasonOf, sideOffers } from '../../../ui/hall/case/offers.tsx';
import { splitNotices } from '../../../ui/hall/case/side-panels.tsx';
import { StepsBar } from '../../../ui/hall/case/steps-bar.tsx';
import { groupsOf } from '../../../ui/hall/case/timeline.tsx';
import { WaitingPanel } from '../../../ui/hall/case/waiting-panel.tsx';
import { bold, Prose } from '../../../ui/hall/prose.tsx';

const html = (element: ReactElement): string => renderToStaticMarkup(element);

describe('the steps bar', () => {
  const steps: StepView[] = [
    { id: 'a', title: 'First', state: 'done' },
    { id: 'b', title: 'Second', state: 'now' },
    { id: 'c', title: 'Third', state: 'later' },
  ];

  it('says where the person is and what comes next', () => {
    const drawn = html(<StepsBar steps={steps} />);
    expect(drawn).toContain('办理进度，第 2 步，共 3 步');
    expect(drawn).toContain('下一步：Third');
    expect(drawn.match(/aria-current="step"/g)).toHaveLength(1);
  });

  it('has a button for a done step to which a way leads back, and for no other', () => {
    const back: StepView[] = [{ id: 'z', title: 'Zeroth', state: 'done', back: ['BACK'] }, ...steps];
    const drawn = html(<StepsBar steps={back} onBack={() => undefined} />);
    expect(drawn.match(/<button/g)).toHaveLength(1);
    expect(drawn).toMatch(/<button[^>]*>Zeroth<span class="vh">，已完成，回到这一步/);
    expect(html(<StepsBar steps={back} />)).not.toContain('<button');
  });

  it('is not drawn outside of the stages', () => expect(html(<StepsBar steps={[]} />)).toBe(''));
});

describe('the waiting panel', () => {
  const waiting: WaitingView = {
    who: { id: 'r', title: 'Reviewer', tile: 'R' },
    mine: false,
    what: 'look',
    until: null,
    warn: null,
    otherwise: null,
    sentence: 'now **Reviewer** looks',
    state: 's',
  };

  it('fills the tile when it is my turn, and leaves out what there is not', () => {
    const mine = html(<WaitingPanel waiting={[{ ...waiting, mine: true, otherwise: 'over' }]} />);
    expect(mine).toContain('class="waiting mine"');
    expect(mine).toContain('zi me lg');
    expect(mine).toContain('>您</span>');
    expect(mine).toContain('否则');
    const others = html(<WaitingPanel waiting={[waiting]} />);
    expect(others).not.toContain('zi me');
    expect(others).not.toContain('否则');
    expect(others).toContain('没有期限');
    expect(others).toContain('now <b>Reviewer</b> looks');
  });

  it('lists what else is awaited', () => {
    expect(html(<WaitingPanel waiting={[waiting, { ...waiting, state: 't', sentence: 'and more' }]} />)).toContain(
      'and more',
    );
    expect(html(<WaitingPanel waiting={[]} />)).toBe('');
  });
});

describe('offers', () => {
  const offer = (event: string, look: OfferView['look'], blockers: OfferView['blockers'] = []): OfferView => ({
    event,
    title: event,
    look,
    saves: 'nothing',
    blockers,
  });

  it('lead on in the main row, the primary one first; the others stand apart', () => {
    const all = [offer('BACK', 'plain'), offer('STOP', 'danger'), offer('NEXT', 'primary'), offer('ASK', 'quiet')];
    expect(mainOffers(all).map((one) => one.event)).toEqual(['NEXT', 'BACK']);
    expect(sideOffers(all).map((one) => one.event)).toEqual(['STOP', 'ASK']);
  });

  it('of another device or person are not shown', () => {
    const blocked = (code: string) => [{ code, params: {}, message: code }];
    expect(
      mainOffers([offer('A', 'primary', blocked('by-link')), offer('B', 'primary', blocked('link-only'))]),
    ).toEqual([]);
    expect(sideOffers([offer('C', 'quiet', blocked('role-missing'))])).toEqual([]);
  });

  it('stay pressable when the person can mend what is wrong on the page, and give the reason otherwise', () => {
    expect(reasonOf(offer('A', 'primary', [{ code: 'form-invalid', params: {}, message: 'x' }]))).toBeNull();
    expect(reasonOf(offer('A', 'primary', [{ code: 'refused-here', params: {}, message: 'paid' }]))).toBe('paid');
  });
});

describe('the timeline', () => {
  const entry = (at: number, title: string, look: TimelineView['look'] = 'plain'): TimelineView => ({
    at,
    part: { id: 'bank', title: 'Bank', tile: 'B' },
    title,
    details: [],
    look,
  });

  it('folds repeated entries into the newest, never a rejection', () => {
    const groups = groupsOf([entry(3, 'asked'), entry(2, 'asked'), entry(1, 'no', 'err'), entry(0, 'no', 'err')]);
    expect(groups.map(({ head, folded }) => [head.at, folded.length])).toEqual([
      [3, 1],
      [1, 0],
      [0, 0],
    ]);
  });
});

describe('notices', () => {
  it('that came with the latest step are of now, the others are history', () => {
    const timeline = [
      { at: 20, part: { id: 'a', title: 'A', tile: 'A' }, title: 't', details: [], look: 'plain' as const },
    ];
    const notices = [
      { at: 25, text: 'slow' },
      { at: 20, text: 'wrong' },
      { at: 10, text: 'old' },
    ];
    const { fresh, older } = splitNotices({ notices, timeline });
    expect(fresh.map((one) => one.text)).toEqual(['slow', 'wrong']);
    expect(older.map((one) => one.text)).toEqual(['old']);
    expect(splitNotices({ notices, timeline: [] }).older).toEqual([]);
  });
});

describe('content', () => {
  it('is text: nothing in it becomes markup', () => {
    const drawn = html(<Prose text={'<script>alert(1)</script>\n\n- one\n- **two**\n\n1. first\n2. second'} />);
    expect(drawn).not.toContain('<script>');
    expect(drawn).toContain('<ul><li>one</li><li><b>two</b></li></ul>');
    expect(drawn).toContain('<ol><li>first</li><li>second</li></ol>');
    expect(html(<p>{bold('a **b** c')}</p>)).toBe('<p>a <b>b</b> c</p>');
  });

  it('of an article is read tolerantly', () => {
    expect(readArticle({})).toMatchObject({ steps: [], facts: [], sections: [], notes: [], prepare: { items: [] } });
    const article = readArticle({
      title: 'T',
      steps: [{ title: 'one', text: 'x' }, { text: 'no title' }],
      prepare: ['a', 'b'],
      facts: [{ label: 'fee', value: 5 }],
    });
    expect(article.steps.map((step) => step.title)).toEqual(['one']);
    expect(article.prepare.items).toEqual(['a', 'b']);
    expect(article.facts).toEqual([{ label: 'fee', value: '5' }]);
  });
});

describe('small parts', () => {
  it('group a case number without spaces in its text', () => {
    const drawn = html(<CaseNumber number="01626111809301245" />);
    expect(drawn.replace(/<[^>]+>/g, '')).toBe('01626111809301245');
    expect(drawn.match(/<i>/g)).toHaveLength(3);
  });

  it('underline a tag that opens something', () => {
    expect(html(<StatusTag status={{ label: 'open', look: 'err' }} to="/cases/1" />)).toContain('href="/cases/1"');
    expect(html(<StatusTag status={{ label: 'open', look: 'err' }} />)).not.toContain('<a');
  });
});

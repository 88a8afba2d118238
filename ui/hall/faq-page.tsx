import './home.css';
import { api } from '../api/index.ts';
import { asText, entriesOf, useHall } from '../app/hall-info.tsx';
import { useLoad } from '../app/load.ts';
import { PageTitle } from '../app/parts/page-title.tsx';
import { Failed, Loading } from '../app/parts/states.tsx';
import { useTexts } from '../app/texts/index.ts';
import { say } from './faq-texts.ts';
import { Prose } from './prose.tsx';

/** 常见问题, from the content of the releases: every question once, in the order of the projects. */
export default function FaqPage() {
  useTexts();
  const hall = useHall();
  const releases =
    hall.state.kind === 'ready' ? [...new Set(hall.state.data.projects.map((project) => project.release))] : null;
  const { state, reload } = useLoad(releases && `faq ${releases.join()}`, () =>
    Promise.all((releases ?? []).map(api.release)),
  );

  if (hall.state.kind === 'failed') return <Failed fault={hall.state.fault} onRetry={hall.reload} />;
  if (state.kind === 'failed') return <Failed fault={state.fault} onRetry={reload} />;
  if (state.kind === 'loading') return <Loading />;

  const found = new Map<string, string>();
  for (const release of state.data) {
    const faq = release.content.faq;
    for (const entry of entriesOf(faq?.items ?? faq)) {
      const question = asText(entry.question) ?? asText(entry.title);
      const answer = asText(entry.answer) ?? asText(entry.text);
      if (question && answer && !found.has(question)) found.set(question, answer);
    }
  }
  return (
    <div className="page">
      <PageTitle title={say('faq.title')}>{say('faq.title')}</PageTitle>
      {found.size === 0 && <p className="lead">{say('faq.none')}</p>}
      <div className="faq">
        {[...found].map(([question, answer]) => (
          <details key={question}>
            <summary>{question}</summary>
            <Prose text={answer} />
          </details>
        ))}
      </div>
    </div>
  );
}

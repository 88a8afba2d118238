import './article.css';
import type { ReleaseView } from '../../engine/contract/routes.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { asText, entriesOf, textsOf } from '../app/hall-info.tsx';
import { Icon } from '../app/icon.tsx';
import { useTexts } from '../app/texts/index.ts';
import { Prose } from './prose.tsx';

/** A content file as an article: numbered steps, figures at the side, what to have ready, sections, notes, what folds. */
export interface ArticleView {
  readonly title: string | undefined;
  readonly lead: string | undefined;
  readonly stepsTitle: string | undefined;
  readonly steps: readonly {
    readonly title: string;
    readonly text: string | undefined;
    readonly time: string | undefined;
  }[];
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly prepare: { readonly title: string | undefined; readonly items: readonly string[] };
  readonly sections: readonly { readonly title: string | undefined; readonly text: string }[];
  /** Short ones of which a reader needs one: folded. */
  readonly folds: readonly { readonly title: string; readonly text: string }[];
  readonly notes: readonly string[];
}

/** The article of that id, or null when the release has none. */
export function articleOf(release: ReleaseView, id: string | undefined): ArticleView | null {
  const content = id === undefined ? undefined : release.content[id];
  return content ? readArticle(content) : null;
}

export function readArticle(content: JsonObject): ArticleView {
  const prepare = content.prepare;
  const isList = Array.isArray(prepare);
  return {
    title: asText(content.title),
    lead: asText(content.lead),
    stepsTitle: asText(content.stepsTitle),
    steps: entriesOf(content.steps).flatMap((entry) => {
      const title = asText(entry.title);
      return title ? [{ title, text: asText(entry.text), time: asText(entry.time) }] : [];
    }),
    facts: entriesOf(content.facts).flatMap((entry) => {
      const label = asText(entry.label) ?? asText(entry.title);
      const value = asText(entry.value) ?? asText(entry.text);
      return label && value ? [{ label, value }] : [];
    }),
    prepare: {
      title: isList ? undefined : asText(entriesOf([prepare ?? null])[0]?.title),
      items: textsOf(isList ? prepare : entriesOf([prepare ?? null])[0]?.items),
    },
    sections: entriesOf(content.sections).flatMap((entry) => {
      const text = asText(entry.text);
      return text ? [{ title: asText(entry.title), text }] : [];
    }),
    folds: entriesOf(content.folds).flatMap((entry) => {
      const [title, text] = [asText(entry.title), asText(entry.text)];
      return title && text ? [{ title, text }] : [];
    }),
    notes: textsOf(content.notes),
  };
}

/** `whole`: with its title and lead, which otherwise head the page. */
export function Article({ article, whole }: { readonly article: ArticleView; readonly whole?: boolean }) {
  const t = useTexts();
  const side = article.facts.length > 0 || article.prepare.items.length > 0;
  return (
    <div className={side ? 'article aside' : 'article'}>
      <div>
        {whole && article.title && <h2>{article.title}</h2>}
        {whole && article.lead && <p className="artlead">{article.lead}</p>}
        {article.steps.length > 0 && (
          <section>
            {article.stepsTitle && <h2>{article.stepsTitle}</h2>}
            <ol className="prep">
              {article.steps.map((step, index) => (
                <li key={step.title}>
                  <b aria-hidden="true">{index + 1}</b>
                  <div>
                    <h3>{step.title}</h3>
                    {step.text && <p>{step.text}</p>}
                  </div>
                  {step.time && <span className="muted small">{step.time}</span>}
                </li>
              ))}
            </ol>
          </section>
        )}
        {article.sections.map((section) => (
          <section key={section.text}>
            {section.title && <h2>{section.title}</h2>}
            <Prose text={section.text} />
          </section>
        ))}
        {article.folds.length > 0 && (
          <div className="folds">
            {article.folds.map(({ title, text }) => (
              <details key={title}>
                <summary>{title}</summary>
                <Prose text={text} />
              </details>
            ))}
          </div>
        )}
        {article.notes.length > 0 && (
          <ul className="artnotes">
            {article.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
      </div>
      {side && (
        <aside className="facts">
          {article.facts.length > 0 && (
            <dl className="kv">
              {article.facts.map((fact) => (
                <div key={fact.label} className="fact">
                  <dt>{fact.label}</dt>
                  <dd>{fact.value}</dd>
                </div>
              ))}
            </dl>
          )}
          {article.prepare.items.length > 0 && (
            <>
              {article.prepare.title && <h3>{article.prepare.title}</h3>}
              <ul>
                {article.prepare.items.map((item) => (
                  <li key={item}>
                    <Icon name="check" />
                    <span>{item}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          <p className="noprint">
            <button type="button" className="linkbtn" onClick={() => window.print()}>
              <Icon name="print" /> {t('app.print')}
            </button>
          </p>
        </aside>
      )}
    </div>
  );
}

import { useState } from 'react';
import { isAccepted } from '../../../engine/forms/live.ts';
import { Dialog, Paragraphs } from '../dialog.tsx';
import { FieldTexts, fieldClass } from '../field-frame.tsx';
import type { Article, FormServices } from '../services.ts';
import { useSay } from '../texts.ts';
import { type ControlProps, controlProps, type KindOfField } from './field-kind.ts';

/** A box to agree; the names of the agreements in its words open them. Reading one never unticks anything. */
function Control(props: ControlProps) {
  const { store, state, ids, services } = props;
  const { field } = state;
  const say = useSay();
  const [open, setOpen] = useState<Article | null>(null);
  const articles = field.agreements.flatMap((id) => articleOf(services, id));
  const unnamed = articles.filter((article) => !field.title.includes(bare(article.title)));
  return (
    <div className={fieldClass(state)}>
      <FieldTexts state={state} ids={ids} />
      <div className="fv-choice">
        <input
          {...controlProps(props)}
          type="checkbox"
          name={field.name}
          aria-labelledby={ids.label}
          checked={isAccepted(state.value)}
          onChange={(event) => {
            store.set(field.name, event.target.checked);
            store.leave(field.name);
          }}
        />
        <span>
          <label htmlFor={ids.control} id={ids.label}>
            {linked(field.title, articles).map((part) =>
              part.article ? (
                <button type="button" className="fv-link" key={part.text} onClick={() => setOpen(part.article)}>
                  {part.text}
                </button>
              ) : (
                part.text
              ),
            )}
          </label>
          {unnamed.map((article) => (
            <button type="button" className="fv-link fv-article" key={article.title} onClick={() => setOpen(article)}>
              《{bare(article.title)}》
            </button>
          ))}
        </span>
      </div>
      {open && (
        <Dialog title={open.title} onClose={() => setOpen(null)} reading>
          {open.version && <p className="fv-version">{say('version', { version: open.version })}</p>}
          <Paragraphs text={open.text} />
        </Dialog>
      )}
    </div>
  );
}

function articleOf(services: FormServices, id: string): Article[] {
  const article = services.article?.(id);
  return article ? [article] : [];
}

const bare = (title: string) => title.replace(/[《》]/g, '');

/** Splits `…《甲》和《乙》` at the names of articles that are known. */
function linked(title: string, articles: readonly Article[]): { text: string; article: Article | null }[] {
  return title.split(/(《[^》]+》)/).flatMap((text) => {
    if (text === '') return [];
    const article = articles.find((one) => text === `《${bare(one.title)}》`) ?? null;
    return [{ text, article }];
  });
}

export const agreement: KindOfField = { kind: 'agreement', frame: 'own', Control };

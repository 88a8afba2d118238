import type { TaskView } from '../../../engine/contract/view.ts';
import { api } from '../../api/index.ts';
import { Icon } from '../../app/icon.tsx';
import { useTexts } from '../../app/texts/index.ts';
import { mark } from '../../app/texts/punctuation.ts';

/** What can be printed here. It opens as a PDF in a window of its own, so that the page keeps what was typed. */
export function Documents(props: {
  readonly caseId: string;
  readonly documents: TaskView['documents'];
  /** Printing is the task itself here, not a side matter. */
  readonly prominent?: boolean;
}) {
  const t = useTexts();
  if (props.documents.length === 0) return null;
  return (
    <section className="panel documents" aria-labelledby="h-documents">
      <h2 id="h-documents">{t('case.documents')}</h2>
      <ul>
        {props.documents.map((document) => (
          <li key={document.id}>
            <Icon name="file" />
            <span className="grow">{document.title}</span>
            <a
              className={props.prominent ? 'btn' : 'btn sm'}
              href={api.documentUrl(props.caseId, document.id)}
              target="_blank"
              rel="noreferrer"
              aria-label={`${t('case.openDocument')}${mark('colon')}${document.title}${t('app.newTab')}`}
            >
              <Icon name="print" />
              {t('case.openDocument')}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

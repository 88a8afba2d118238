import { PageTitle } from '../app/parts/page-title.tsx';
import { Link } from '../app/route/index.ts';
import { useTexts } from '../app/texts/index.ts';

export function NotFoundPage({ text }: { readonly text?: string }) {
  const t = useTexts();
  return (
    <div className="page">
      <PageTitle title={t('app.notFound')}>{t('app.notFound')}</PageTitle>
      <p className="lead">{text ?? t('app.notFoundText')}</p>
      <p className="actions">
        <Link className="btn primary" to="/">
          {t('app.toHome')}
        </Link>
        <Link className="btn" to="/cases">
          {t('app.myCases')}
        </Link>
      </p>
    </div>
  );
}

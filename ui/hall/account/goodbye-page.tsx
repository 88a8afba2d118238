import { PageTitle } from '../../app/parts/page-title.tsx';
import { Link } from '../../app/route/index.ts';
import { useLanguage } from '../../app/texts/dictionary.ts';
import { say } from './own-data-texts.ts';
import '../own-form.css';

/** Where somebody ends who had their account deleted. */
export default function GoodbyePage() {
  useLanguage();
  return (
    <div className="page own">
      <PageTitle title={say('done')}>{say('done')}</PageTitle>
      <section className="panel" aria-label={say('done')}>
        <p role="status">{say('doneLead')}</p>
        <p>
          <Link to="/">{say('home')}</Link>
        </p>
      </section>
    </div>
  );
}

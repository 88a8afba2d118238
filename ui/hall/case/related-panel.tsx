import type { CaseView } from '../../../engine/contract/view.ts';
import { useHall } from '../../app/hall-info.tsx';
import { Link } from '../../app/route/index.ts';
import { dictionary } from '../../app/texts/dictionary.ts';
import { useTexts } from '../../app/texts/index.ts';

/** What somebody may go on with whose case has reached its goal: the projects that theirs names, as far as they are open. */
export default function RelatedPanel({ view }: { readonly view: CaseView }) {
  useTexts();
  const { state } = useHall();
  const projects = state.kind === 'ready' ? state.data.projects : [];
  const related = projects.find(({ id }) => id === view.project.id)?.related ?? [];
  const open = related.flatMap(
    (id) => projects.find((project) => project.id === id && project.closed === undefined) ?? [],
  );
  if (open.length === 0) return null;
  return (
    <section className="panel related" aria-labelledby="h-related">
      <h2 id="h-related">{say('title')}</h2>
      <p className="small muted">{say('hint')}</p>
      <ul>
        {open.map((project) => (
          <li key={project.id}>
            <Link to={`/p/${project.id}?from=${encodeURIComponent(view.id)}`}>{project.workflow.title}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

const say = dictionary(
  { title: '接着办理', hint: '带上这一笔填过的资料，每一项都可以修改。' },
  { title: 'Go on with', hint: 'It starts with what you filled in here; you can change all of it.' },
);

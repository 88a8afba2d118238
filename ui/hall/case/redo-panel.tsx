import { Icon } from '../../app/icon.tsx';
import { dictionary } from '../../app/texts/dictionary.ts';
import { useTexts } from '../../app/texts/index.ts';
import { mark } from '../../app/texts/punctuation.ts';
import type { Voided } from '../../app/voided.ts';

/** Before anything is changed: which proofs a change of what is open voids, so that they have to be given again. */
export default function RedoPanel(props: {
  readonly voided: readonly Voided[];
  readonly titleOf: (path: string) => string;
}) {
  useTexts();
  const { voided, titleOf } = props;
  return (
    <section className="panel redo" aria-labelledby="h-redo">
      <h2 id="h-redo">{say('title')}</h2>
      {voided.length === 0 ? (
        <p>
          <Icon name="check" className="okay" /> {say('none')}
        </p>
      ) : (
        <>
          <ul>
            {voided.map(({ title, by }) => (
              <li key={title}>
                <b>{title}</b>
                {mark('comma')}
                {say('by', { fields: by.map(titleOf).join(mark('list')) })}
              </li>
            ))}
          </ul>
          <p className="small muted">{say('others')}</p>
        </>
      )}
    </section>
  );
}

const say = dictionary(
  {
    title: '改动后要重新证明的',
    by: '改动 {fields} 后要重新办理',
    others: '没有列出的，已经证明的继续有效。',
    none: '改动标出的内容，已经证明的各项继续有效，不用重做。',
  },
  {
    title: 'What has to be proven again',
    by: 'once {fields} is changed',
    others: 'All other proofs stay as they are.',
    none: 'Changing what is marked leaves all proofs as they are; nothing has to be done again.',
  },
);
